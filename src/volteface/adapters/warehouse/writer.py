"""The writer: one process at a time holds the DuckDB file, with every table's load and save."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from volteface.adapters.clock import utc_now
from volteface.adapters.warehouse.collection import CollectionTables
from volteface.adapters.warehouse.connection import connect_writer
from volteface.adapters.warehouse.detection import DetectionTables
from volteface.adapters.warehouse.edits import EditTables
from volteface.adapters.warehouse.group_states import GroupStateTables
from volteface.adapters.warehouse.health import HealthTables
from volteface.adapters.warehouse.language import LanguageTables
from volteface.adapters.warehouse.lock import hold_writer_lock
from volteface.adapters.warehouse.migrations import apply_migrations, create_views
from volteface.adapters.warehouse.origins import OriginTables
from volteface.adapters.warehouse.outbox import OutboxTables
from volteface.adapters.warehouse.positions import PositionTables
from volteface.adapters.warehouse.runs import RunTables
from volteface.adapters.warehouse.snapshot import publish_copy, sweep_copies
from volteface.adapters.warehouse.weeks import WeekTables
from volteface.errors import WarehouseError


class Warehouse(
    RunTables,
    CollectionTables,
    OriginTables,
    LanguageTables,
    EditTables,
    PositionTables,
    DetectionTables,
    GroupStateTables,
    OutboxTables,
    WeekTables,
    HealthTables,
):
    """The one writer. Open it late and close it early: nobody else can open the file meanwhile.

    Not for several threads at once. What it saves is saved when the method returns.
    """

    @classmethod
    @contextmanager
    def open(cls, path: Path, *, migrations: Path, views: Path, wait_seconds: float = 120) -> Iterator[Warehouse]:
        """Hold the writer's lock, open the file, bring its schema up to date and mark runs that died.

        Raises WarehouseLockedError where another process holds the lock or the file for longer than ``wait_seconds``,
        WarehouseDamagedError, MigrationError, and WarehouseError for a file that is no DuckDB database.
        """
        deadline = time.monotonic() + wait_seconds
        with hold_writer_lock(path, wait_seconds=wait_seconds), closing(connect_writer(path, deadline)) as con:
            con.execute("SET TimeZone = 'UTC'")
            apply_migrations(con, path, migrations, now=utc_now())
            create_views(con, path, views)
            warehouse = cls(con, path)
            warehouse.mark_crashed_runs()
            yield warehouse

    def publish_snapshot(self, target: Path, *, run_id: str, published_at: datetime) -> None:
        """Put a complete copy at ``target`` for readers, or raise WarehouseError and leave the old one there."""
        if target.resolve() == self.path.resolve():
            raise WarehouseError(target, "is the live warehouse: the snapshot must have a file of its own")
        publish_copy(self._con, self.path, target, run_id=run_id, published_at=published_at)

    def sweep_snapshot(self, target: Path) -> None:
        """Remove copies for ``target`` that a killed run left half made: they take the room that the live file needs."""
        sweep_copies(target)
