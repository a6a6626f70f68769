"""Publish a copy of the warehouse that readers may open while the next run writes.

All by SQL, on the writer's own connection: opening the live file here, if only to copy it, would drop DuckDB's lock on
it when the descriptor closes (POSIX locks belong to the process).
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import duckdb

from volteface import __version__
from volteface.adapters.warehouse.room import measure
from volteface.adapters.warehouse.transaction import describe_error
from volteface.errors import WarehouseError

_ALIAS = "snapshot_in_the_making"


def publish_copy(
    con: duckdb.DuckDBPyConnection, live: Path, target: Path, *, run_id: str, published_at: datetime
) -> None:
    """Put a complete copy of the connected database in place of ``target``, in one rename.

    The copy has the views too, and a table ``meta`` saying which run it is of. Raises WarehouseError; then ``target`` is
    as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep_copies(target)
    making = target.with_name(f"{target.name}.tmp-{os.getpid()}")
    try:
        _check_space(live, target)
        _copy(con, making, run_id, published_at)
        _sync(making)
        making.replace(target)
        _sync(target.parent)
    except (duckdb.Error, OSError) as error:
        reason = describe_error(error) if isinstance(error, duckdb.Error) else str(error)
        raise WarehouseError(target, f"the snapshot was not published: {reason}") from error
    finally:
        _detach(con)
        sweep_copies(target)


def _copy(con: duckdb.DuckDBPyConnection, making: Path, run_id: str, published_at: datetime) -> None:
    live_name = con.execute("SELECT current_database()").fetchall()[0][0]
    file_name = str(making).replace("'", "''")
    con.execute(f"ATTACH '{file_name}' AS {_ALIAS}")
    con.execute(f'COPY FROM DATABASE "{live_name}" TO {_ALIAS}')
    con.execute(f"CREATE TABLE {_ALIAS}.meta (run_id TEXT, published_at TIMESTAMPTZ, volteface_version TEXT)")
    con.execute(f"INSERT INTO {_ALIAS}.meta VALUES (?, ?, ?)", [run_id, published_at, __version__])  # noqa: S608 -- a constant
    con.execute(f"CHECKPOINT {_ALIAS}")
    _check_counts(con, str(live_name), making)
    con.execute(f"DETACH {_ALIAS}")


def _check_counts(con: duckdb.DuckDBPyConnection, live_name: str, making: Path) -> None:
    tables = con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = ?", [live_name]).fetchall()
    for (table,) in tables:
        counts = [
            con.execute(f'SELECT count(*) FROM {database}.main."{table}"').fetchall()[0][0]  # noqa: S608 -- catalogue names
            for database in (f'"{live_name}"', _ALIAS)
        ]
        if counts[0] != counts[1]:
            raise WarehouseError(making, f"table {table} has {counts[0]} rows, its copy {counts[1]}")


def _check_space(live: Path, target: Path) -> None:
    needed = measure(live)
    free = shutil.disk_usage(target.parent).free
    if free < needed:
        raise WarehouseError(target, f"the snapshot was not published: {free} bytes free, about {needed} needed")


def _detach(con: duckdb.DuckDBPyConnection) -> None:
    with suppress(duckdb.Error):  # it was never attached, or is detached already
        con.execute(f"DETACH {_ALIAS}")


def sweep_copies(target: Path) -> None:
    """Remove unfinished copies, of this run or of one that died: they take the room that the live file needs.

    Call it with the writer's lock: nobody else makes copies then.
    """
    for leftover in target.parent.glob(f"{target.name}.tmp-*"):
        leftover.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Make the bytes of a file, or the names of a folder, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
