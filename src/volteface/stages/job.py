"""What a cycle needs to know: the configuration, the clock, the warehouse's door, the way to the web."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from volteface.adapters.clock import utc_now
from volteface.adapters.warehouse import Warehouse
from volteface.adapters.warehouse.journal import note_run
from volteface.adapters.warehouse.lock import hold_run_lock
from volteface.adapters.warehouse.room import MEBIBYTE, check_room
from volteface.adapters.workers import WorkerPool
from volteface.config import Config
from volteface.config.channels import ChannelKind
from volteface.config.settings import Collection
from volteface.models import ExtractedPage, ParsedFeed, Run
from volteface.stages.parsing import open_feed_pool, open_page_pool
from volteface.stages.reading import ReadingPool, open_reading_pool

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
    _feed_pool: WorkerPool[..., ParsedFeed] | None = None
    _page_pool: WorkerPool[..., ExtractedPage] | None = None
    _reading_pool: ReadingPool | None = None

    @contextmanager
    def open_warehouse(self) -> Iterator[Warehouse]:
        """Open the warehouse for writing, or lend the one that ``hold_warehouse`` holds. Raises WarehouseError."""
        if self._held is not None:
            yield self._held
            return
        with open_warehouse(self.config, wait_seconds=self.wait_seconds) as warehouse:
            yield warehouse

    @contextmanager
    def hold_run(self) -> Iterator[None]:
        """Hold the lock of cycles over this home's warehouse. Raises RunActiveError where another cycle is under way."""
        with hold_run_lock(self._warehouse_path):
            yield

    def check_room(self) -> None:
        """Raise WarehouseFullError where the disk has too little room for a cycle."""
        check_room(self._warehouse_path, min_free_bytes=self.config.settings.min_free_megabytes * MEBIBYTE)

    def note_run(self, run: Run) -> None:
        """Note in the journal that a cycle was saved; a replay needs none, its capture is there to be replayed again."""
        if self.capture:
            note_run(self._warehouse_path, run)

    @contextmanager
    def hold_warehouse(self) -> Iterator[None]:
        """Keep one connection through many cycles: for replays, which wait for no network."""
        with open_warehouse(self.config, wait_seconds=self.wait_seconds) as warehouse:
            self._held = warehouse
            try:
                yield
            finally:
                self._held = None

    @contextmanager
    def open_feed_pool(self) -> Iterator[WorkerPool[..., ParsedFeed]]:
        """Open the workers that read feeds, or lend those that ``hold_workers`` holds."""
        with nullcontext(self._feed_pool) if self._feed_pool else open_feed_pool(self._collection) as pool:
            yield pool

    @contextmanager
    def open_page_pool(self) -> Iterator[WorkerPool[..., ExtractedPage]]:
        """Open the workers that read pages, or lend those that ``hold_workers`` holds."""
        with nullcontext(self._page_pool) if self._page_pool else open_page_pool(self._collection) as pool:
            yield pool

    @contextmanager
    def open_reading_pool(self) -> Iterator[ReadingPool]:
        """Open the worker that reads articles, or lend the one that ``hold_workers`` holds."""
        with nullcontext(self._reading_pool) if self._reading_pool else open_reading_pool(self.config) as pool:
            yield pool

    @contextmanager
    def hold_workers(self) -> Iterator[None]:
        """Keep the workers through many cycles: for replays, which would start them anew every moment."""
        with (
            open_feed_pool(self._collection) as feeds,
            open_page_pool(self._collection) as pages,
            open_reading_pool(self.config) as readers,
        ):
            self._feed_pool, self._page_pool, self._reading_pool = feeds, pages, readers
            try:
                yield
            finally:
                self._feed_pool = self._page_pool = self._reading_pool = None

    @property
    def _warehouse_path(self) -> Path:
        return self.config.path(self.config.settings.paths.warehouse)

    @property
    def _collection(self) -> Collection:
        return self.config.settings.collection

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
