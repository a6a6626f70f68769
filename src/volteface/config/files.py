"""The files under config/ and how one of them is read: YAML, where nothing is guessed or overwritten in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from volteface.config.actors import Actors
from volteface.config.channels import Channels
from volteface.config.cues import Cues
from volteface.config.feeds import Feeds
from volteface.config.issues import Issues
from volteface.config.model import ConfigModel
from volteface.config.rules import StanceRules
from volteface.config.scope import Scope
from volteface.config.settings import Settings
from volteface.errors import ConfigError

_MERGE = "tag:yaml.org,2002:merge"


class Files(ConfigModel):
    """All of them, each by its name without ``.yml``. A new file is a field here and one in ``load.Config``."""

    settings: Settings
    feeds: Feeds
    scope: Scope
    actors: Actors
    issues: Issues
    stance_rules: StanceRules
    channels: Channels
    cues: Cues


def show_file(name: str) -> Path:
    """Return a file's path as an error shows it: relative to the home, whichever that is."""
    return Path("config") / f"{name}.yml"


def read_document(name: str, body: bytes) -> dict[str, Any]:
    """Read one file's YAML as a mapping. Raises ConfigError: not UTF-8, not YAML, a key twice, no mapping."""
    shown = show_file(name)
    try:
        raw = yaml.load(body.decode("utf-8"), Loader=_Loader)  # noqa: S506 -- a SafeLoader
    except UnicodeDecodeError as error:
        raise ConfigError(shown, "", f"not UTF-8: byte {error.start} cannot be read") from error
    except _RepeatedKeyError as error:
        raise ConfigError(shown, error.key, f"the key stands twice (line {error.line})") from None
    except yaml.MarkedYAMLError as error:
        where = f"line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ConfigError(shown, where, f"not YAML: {error.problem}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split()) or "nested too deep"
        raise ConfigError(shown, "", f"not YAML: {reason}") from error
    if not isinstance(raw, dict):
        raise ConfigError(shown, "", "the file must hold a mapping of keys")
    return raw


class _RepeatedKeyError(Exception):
    def __init__(self, key: str, line: int) -> None:
        self.key = key
        self.line = line
        super().__init__(key)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # libyaml's where there is one: 8 times as fast
    """Refuses a mapping that names a key twice, where YAML would silently let the last one win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 -- PyYAML's signature
        seen: set[str] = set()
        for key_node, _ in node.value:
            if isinstance(key_node, yaml.ScalarNode) and key_node.tag != _MERGE:
                if key_node.value in seen:
                    raise _RepeatedKeyError(key_node.value, key_node.start_mark.line + 1)
                seen.add(key_node.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping

    def construct_date(self, node: yaml.ScalarNode) -> object:
        """Leave a date that there is not (2023-02-30) to the model, which knows the key that it stands at."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_date)
