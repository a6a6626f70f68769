"""What every command is given: where the project's home is, and its configuration on demand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import click

from volteface.config import Config, load_config

WAIT_SECONDS = 10.0  # somebody is sitting there: say soon who holds the warehouse; a scheduled run waits longer


@dataclass(slots=True)
class Session:
    """One call of the program. The configuration is read when a command first asks for it."""

    home: Path
    _config: Config | None = field(default=None, repr=False)

    def config(self) -> Config:
        """Return the validated configuration of this home. Raises ConfigError."""
        if self._config is None:
            self._config = load_config(self.home)
        return self._config


pass_session = click.make_pass_decorator(Session)


def find_home(start: Path) -> Path:
    """Return the nearest folder at or above ``start`` that holds config/settings.yml, else the source tree's own."""
    for folder in (start, *start.parents):
        if (folder / "config" / "settings.yml").is_file():
            return folder
    return Path(__file__).resolve().parents[3]
