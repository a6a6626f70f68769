"""Read config/ whole. A wrong file is an error that names the file, the key and the reason; nothing is repaired."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from volteface.config.actors import Actor, expand_offices
from volteface.config.channels import Channel
from volteface.config.cues import Cue
from volteface.config.feeds import FeedConfig
from volteface.config.files import Files, read_document, show_file
from volteface.config.issues import Issue
from volteface.config.references import find_reference_errors
from volteface.config.rules import StanceRules
from volteface.config.scope import Scope
from volteface.config.settings import Settings
from volteface.errors import ConfigError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


@dataclass(frozen=True, slots=True)
class Config:
    """Everything under config/, validated, with the home folder that its paths are relative to.

    ``actors`` come with the offices that every government has. ``sha256`` is the digest of the files' bytes.
    """

    home: Path
    settings: Settings
    feeds: tuple[FeedConfig, ...]
    scope: Scope
    actors: tuple[Actor, ...]
    issues: tuple[Issue, ...]
    rules: StanceRules
    channels: tuple[Channel, ...]
    cues: tuple[Cue, ...]
    sha256: str

    def path(self, relative: Path) -> Path:
        """Return a configured path, taken from the home folder unless it is absolute."""
        return relative if relative.is_absolute() else self.home / relative

    def actor(self, actor_id: str) -> Actor | None:
        """Return the actor with this id, or None."""
        return next((actor for actor in self.actors if actor.id == actor_id), None)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one pass over the files gave: everything, or everything wrong with them."""

    files: Files | None
    errors: tuple[ConfigError, ...]
    sha256: str


def load_config(home: Path) -> Config:
    """Read and validate HOME/config whole.

    Raises ConfigError for the first thing wrong. Use ``find_config_errors`` for all of them.
    """
    reading = _read_files(home)
    if reading.files is None:
        raise reading.errors[0]
    files = reading.files
    return Config(
        home=home,
        settings=files.settings,
        feeds=files.feeds.feeds,
        scope=files.scope,
        actors=expand_offices(files.actors),
        issues=files.issues.issues,
        rules=files.stance_rules,
        channels=files.channels.channels,
        cues=files.cues.cues,
        sha256=reading.sha256,
    )


def find_config_errors(home: Path) -> Iterator[ConfigError]:
    """Yield everything wrong with HOME/config: each file by itself, then what the files say of one another.

    What they say of one another is judged only when each of them is right by itself.
    """
    yield from _read_files(home).errors


def _read_files(home: Path) -> _Reading:
    raw: dict[str, dict[str, Any]] = {}
    errors: list[ConfigError] = []
    digest = hashlib.sha256()
    for name in Files.model_fields:
        try:
            body = _read_bytes(home / show_file(name), name)
            digest.update(f"{name} {len(body)}\n".encode() + body)
            raw[name] = read_document(name, body)
        except ConfigError as error:
            errors.append(error)
    files = _validate(raw, errors)
    if files and not errors:
        errors.extend(find_reference_errors(files))
    return _Reading(None if errors else files, tuple(errors), digest.hexdigest())


def _read_bytes(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(show_file(name), "", f"the file is missing ({path.parent})") from None
    except OSError as error:
        raise ConfigError(show_file(name), "", f"cannot be read: {error.strerror}") from error


def _validate(raw: Mapping[str, dict[str, Any]], errors: list[ConfigError]) -> Files | None:
    """Return the files as models; add what is wrong in those that could be read."""
    try:
        return Files.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            name, *rest = detail["loc"]
            if name in raw:
                errors.append(ConfigError(show_file(str(name)), _show_key(raw[str(name)], rest), _show_reason(detail)))
        return None


def _show_key(document: object, keys: list[int | str]) -> str:
    """Return a key's path, with the id of each list item that has one: ``feeds.3 (bbc_news).url``."""
    shown = []
    for key in keys:
        document = _step(document, key)
        item_id = document.get("id") if isinstance(document, dict) and isinstance(key, int) else None
        shown.append(f"{key} ({item_id})" if isinstance(item_id, str) else str(key))
    return ".".join(shown)


def _step(document: object, key: int | str) -> object:
    if isinstance(document, dict):
        return document.get(key)
    if isinstance(document, list) and isinstance(key, int) and key < len(document):
        return document[key]
    return None


def _show_reason(detail: ErrorDetails) -> str:
    """Say what is wrong in one line. The value is not repeated: it may be a secret at the wrong place."""
    if detail["type"] == "extra_forbidden":
        return "unknown key"
    if detail["type"] == "missing":
        return "the key is missing"
    if detail["type"] == "string_type" and isinstance(detail["input"], bool):
        return (
            "Input should be a valid string: YAML takes a bare NO, OFF, YES or ON for a truth value; put it in quotes"
        )
    return detail["msg"].removeprefix("Value error, ")
