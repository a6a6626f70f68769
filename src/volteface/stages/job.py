"""What a cycle needs to know: the configuration, the clock, the warehouse's door, the way to the web."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from volteface.adapters.clock import utc_now
from volteface.adapters.warehouse import Warehouse
from volteface.config import Config
from volteface.config.channels import ChannelKind

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter
    from spacy.language import Language

Clock = Callable[[], datetime]
Progress = Callable[[str, int, int], None]  # stage, done, of


def show_no_progress(_stage: str, _done: int, _total: int) -> None:
    """Show nothing: the progress of a job that nobody watches."""


@dataclass(slots=True)
class Job:
    """One pipeline over one home. ``transport`` answers instead of the web in a replay; ``capture`` keeps pages."""

    config: Config
    clock: Clock = utc_now
    transport: BaseAdapter | None = None
    capture: bool = True
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    stream: TextIO = field(default_factory=lambda: sys.stdout)
    progress: Progress = show_no_progress
    wait_seconds: float = 120.0  # for another run that is writing
    _held: Warehouse | None = None
    _nlp: Language | None = None

    @contextmanager
    def open_warehouse(self) -> Iterator[Warehouse]:
        """Open the warehouse for writing, or lend the one that ``hold_warehouse`` holds. Raises WarehouseError."""
        if self._held is not None:
            yield self._held
            return
        with open_warehouse(self.config, wait_seconds=self.wait_seconds) as warehouse:
            yield warehouse

    @contextmanager
    def hold_warehouse(self) -> Iterator[None]:
        """Keep one connection through many cycles: for replays, which wait for no network."""
        with open_warehouse(self.config, wait_seconds=self.wait_seconds) as warehouse:
            self._held = warehouse
            try:
                yield
            finally:
                self._held = None

    def nlp(self) -> Language:
        """Return the spaCy pipeline, built when it is first asked for (a second or more)."""
        if self._nlp is None:
            from volteface.language.pipeline import build_nlp  # noqa: PLC0415 -- spaCy dominates start-up

            self._nlp = build_nlp(self.config)
        return self._nlp


def open_warehouse(config: Config, *, wait_seconds: float = 120.0) -> AbstractContextManager[Warehouse]:
    """Return the configured warehouse, opened for writing on entry; WarehouseLockedError where it stays taken."""
    return Warehouse.open(
        config.path(config.settings.paths.warehouse),
        migrations=warehouse_folder(config) / "migrations",
        views=warehouse_folder(config) / "views",
        wait_seconds=wait_seconds,
    )


def warehouse_folder(config: Config) -> Path:
    """Return the folder with the migrations and views: the home's own, else the source tree's."""
    own = config.home / "warehouse"
    return own if (own / "migrations").is_dir() else Path(__file__).resolve().parents[3] / "warehouse"


def place_under(config: Config, folder: Path) -> Config:
    """Return the configuration of a trial: everything is written under ``folder``, and no alert leaves the machine."""
    paths = config.settings.paths
    moved = paths.model_copy(
        update={
            "warehouse": folder / paths.warehouse.name,
            "snapshot": folder / paths.snapshot.name,
            "captures": folder / "captures",
            "report": folder / paths.report.name,
        }
    )
    channels = tuple(
        channel.model_copy(update={"path": str(folder / Path(channel.path).name)}) if channel.path else channel
        for channel in config.channels
        if channel.kind is not ChannelKind.APPRISE
    )
    settings = config.settings.model_copy(update={"paths": moved})
    return replace(config, settings=settings, channels=channels)
