"""Open the live file to write: the one place that does, with what stands in the way told in words.

Nothing else in the program may open it, not even to copy it: closing any descriptor of it in the writer's process drops
DuckDB's POSIX lock, a second writer then gets in, and what is committed is lost without an error.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

import duckdb

from volteface.adapters.warehouse.transaction import describe_error
from volteface.errors import WarehouseDamagedError, WarehouseError, WarehouseLockedError

_WRITER_CONFIG = {
    "memory_limit": "1GB",
    "threads": str(min(4, os.cpu_count() or 1)),
    "autoinstall_known_extensions": "false",  # nothing is fetched from anywhere
    "allow_community_extensions": "false",
}
_RETRY_SECONDS = 0.1
_LOCK_WORDS = "could not set lock"
_DAMAGE_WORDS = ("replaying wal", "corrupt", "checksum", "deserializ", "serialization error")


def connect_writer(path: Path, deadline: float) -> duckdb.DuckDBPyConnection:
    """Open the file to write, waiting up to ``deadline`` (of time.monotonic) while a reader outside volteface keeps it.

    Call it with the writer's lock. Raises WarehouseLockedError, WarehouseDamagedError where file or log cannot be read,
    and WarehouseError for a file that is no DuckDB database.
    """
    _sweep_spill(path)
    while True:
        try:
            return duckdb.connect(str(path), config=dict(_WRITER_CONFIG))
        except duckdb.Error as error:
            if _LOCK_WORDS not in str(error).lower():
                raise describe_damage(path, error) from error
            if time.monotonic() >= deadline:
                reason = (
                    f"another program has the database open; let it read the snapshot instead ({describe_error(error)})"
                )
                raise WarehouseLockedError(path, reason) from error
        time.sleep(_RETRY_SECONDS)


def describe_damage(path: Path, error: duckdb.Error) -> WarehouseError:
    """Return what to raise for a file that DuckDB does not open: with what to do, where it is damaged."""
    text = str(error).lower()
    if not any(word in text for word in _DAMAGE_WORDS):
        return WarehouseError(path, describe_error(error))
    if "wal" in text:
        reason = "its write-ahead log cannot be replayed, so that the last runs may be missing from it"
    else:
        reason = "the database is damaged"
    todo = "nothing was changed; `volteface recover --dry-run` tells what can be done, `volteface recover` does it"
    return WarehouseDamagedError(path, f"{reason}: {todo} ({describe_error(error)})")


def find_log(path: Path) -> Path:
    """Return where DuckDB keeps the write-ahead log of a database."""
    return Path(f"{path}.wal")


def _sweep_spill(path: Path) -> None:
    """Remove what a killed process spilled to disk: with the writer's lock, nobody else uses it."""
    with suppress(OSError):
        shutil.rmtree(f"{path}.tmp")
