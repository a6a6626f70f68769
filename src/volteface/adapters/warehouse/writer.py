"""The writer: one process at a time holds the DuckDB file, with every table's load and save."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from volteface.adapters.clock import utc_now
from volteface.adapters.warehouse.collection import CollectionTables
from volteface.adapters.warehouse.detection import DetectionTables
from volteface.adapters.warehouse.edits import EditTables
from volteface.adapters.warehouse.language import LanguageTables
from volteface.adapters.warehouse.lock import hold_writer_lock
from volteface.adapters.warehouse.migrations import apply_migrations, create_views
from volteface.adapters.warehouse.origins import OriginTables
from volteface.adapters.warehouse.outbox import OutboxTables
from volteface.adapters.warehouse.positions import PositionTables
from volteface.adapters.warehouse.runs import RunTables
from volteface.adapters.warehouse.snapshot import publish_copy
from volteface.adapters.warehouse.transaction import describe_error
from volteface.adapters.warehouse.weeks import WeekTables
from volteface.errors import WarehouseError, WarehouseLockedError

_WRITER_CONFIG = {
    "memory_limit": "1GB",
    "threads": str(min(4, os.cpu_count() or 1)),
    "autoinstall_known_extensions": "false",  # nothing is fetched from anywhere
    "allow_community_extensions": "false",
}
_RETRY_SECONDS = 0.1


class Warehouse(
    RunTables,
    CollectionTables,
    OriginTables,
    LanguageTables,
    EditTables,
    PositionTables,
    DetectionTables,
    OutboxTables,
    WeekTables,
):
    """The one writer. Open it late and close it early: nobody else can open the file meanwhile.

    Not for several threads at once. What it saves is saved when the method returns.
    """

    @classmethod
    @contextmanager
    def open(cls, path: Path, *, migrations: Path, views: Path, wait_seconds: float = 120) -> Iterator[Warehouse]:
        """Hold the writer's lock, open the file, bring its schema up to date and mark runs that died.

        Raises WarehouseLockedError where another process holds the lock or the file for longer than ``wait_seconds``,
        MigrationError, and WarehouseError for a file that is no DuckDB database.
        """
        deadline = time.monotonic() + wait_seconds
        with hold_writer_lock(path, wait_seconds=wait_seconds), closing(_connect(path, deadline)) as con:
            con.execute("SET TimeZone = 'UTC'")
            apply_migrations(con, path, migrations, now=utc_now())
            create_views(con, path, views)
            warehouse = cls(con, path)
            warehouse.mark_crashed_runs()
            yield warehouse

    def publish_snapshot(self, target: Path, *, run_id: str, published_at: datetime) -> None:
        """Put a complete copy at ``target`` for readers, or raise WarehouseError and leave the old one there."""
        publish_copy(self._con, self.path, target, run_id=run_id, published_at=published_at)


def _connect(path: Path, deadline: float) -> duckdb.DuckDBPyConnection:
    """Open the file to write; wait while a reader outside volteface keeps it."""
    while True:
        try:
            return duckdb.connect(str(path), config=dict(_WRITER_CONFIG))
        except duckdb.IOException as error:
            if "lock" not in str(error).lower():
                raise WarehouseError(path, describe_error(error)) from error
            if time.monotonic() >= deadline:
                reason = (
                    f"another program has the database open; let it read the snapshot instead ({describe_error(error)})"
                )
                raise WarehouseLockedError(path, reason) from error
        except duckdb.Error as error:
            raise WarehouseError(path, describe_error(error)) from error
        time.sleep(_RETRY_SECONDS)
