"""Bring a warehouse back that DuckDB does not open. Files are moved aside and kept, never deleted or written over."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from volteface.adapters.warehouse.connection import describe_damage, find_log
from volteface.adapters.warehouse.journal import JournalLine, read_journal
from volteface.adapters.warehouse.lock import hold_writer_lock
from volteface.adapters.warehouse.transaction import describe_error
from volteface.errors import WarehouseDamagedError, WarehouseError

_PROBE = {"memory_limit": "1GB", "threads": "1", "autoinstall_known_extensions": "false"}


@dataclass(frozen=True, slots=True)
class Recovery:
    """What is wrong with a warehouse, what was moved where, and which saved cycles it no longer holds.

    ``damage`` is None where it opens. ``moved`` is (from, to); in a dry run, what would be moved. ``missing`` is None
    where it cannot be told: before the log is out of the way.
    """

    damage: str | None
    moved: tuple[tuple[Path, Path], ...] = ()
    restored_from: Path | None = None
    run_count: int | None = None
    missing: tuple[JournalLine, ...] | None = None


def recover_warehouse(
    path: Path, *, snapshot: Path | None, now: datetime, is_dry: bool, wait_seconds: float
) -> Recovery:
    """Open the warehouse; where that fails, move the log aside, or with ``snapshot`` all of it and copy that in its place.

    A warehouse that opens is left as it is. Holds the writer's lock. Raises WarehouseLockedError, WarehouseDamagedError
    where moving the log is not enough (the log is then back in its place), and WarehouseError.
    """
    with hold_writer_lock(path, wait_seconds=wait_seconds):
        if not path.exists():
            raise WarehouseError(path, "there is no warehouse to recover: the first run makes one")
        damage = probe(path)
        if damage is None:
            return _compare(path, Recovery(None))
        files = [path, find_log(path)] if snapshot else [find_log(path)]
        moves = tuple((file, _name_aside(file, now)) for file in files if file.exists())
        if snapshot is not None and probe(snapshot) is not None:
            raise WarehouseDamagedError(snapshot, "the snapshot cannot be read either")
        if is_dry:
            return Recovery(damage, moves, restored_from=snapshot)
        _move(moves)
        if snapshot is not None:
            _restore(snapshot, path)
        left = probe(path)
        if left is not None:
            _move((there, here) for here, there in moves)
            more = "the log is in its place again; `volteface recover --from-snapshot` puts the last snapshot in place"
            raise WarehouseDamagedError(path, f"moving the log aside is not enough: {left}; {more}")
        return _compare(path, Recovery(damage, moves, restored_from=snapshot))


def probe(path: Path) -> str | None:
    """Read every table and return what is wrong, or None. Writes nothing: the log is replayed in memory alone."""
    try:
        with closing(duckdb.connect(str(path), read_only=True, config=dict(_PROBE))) as con:
            for (table,) in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY ALL").fetchall():
                con.execute(f'SELECT count(COLUMNS(*)) FROM "{table}"').fetchall()  # noqa: S608 -- a catalogue name
    except duckdb.Error as error:
        described = describe_damage(path, error)
        return described.reason if not isinstance(described, WarehouseDamagedError) else describe_error(error)
    return None


def find_missing_runs(path: Path) -> tuple[int, tuple[JournalLine, ...]]:
    """Return how many cycles a warehouse that opens holds, and which of the journal it does not. Raises WarehouseError."""
    try:
        with closing(duckdb.connect(str(path), read_only=True, config=dict(_PROBE))) as con:
            known = {row[0] for row in con.execute("SELECT run_id FROM run WHERE state = 'completed'").fetchall()}
    except duckdb.Error as error:
        raise describe_damage(path, error) from error
    return len(known), tuple(line for line in read_journal(path) if line.run_id not in known)


def _compare(path: Path, recovery: Recovery) -> Recovery:
    count, missing = find_missing_runs(path)
    return Recovery(recovery.damage, recovery.moved, recovery.restored_from, count, missing)


def _name_aside(file: Path, now: datetime) -> Path:
    """Return a name beside the file that is free."""
    stem = f"{file.name}.aside-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    names = (file.with_name(stem if number == 0 else f"{stem}-{number}") for number in range(1000))
    return next(name for name in names if not name.exists())


def _move(moves: Iterator[tuple[Path, Path]] | tuple[tuple[Path, Path], ...]) -> None:
    for here, there in moves:
        try:
            here.rename(there)
        except OSError as error:
            raise WarehouseError(here, f"cannot be moved to {there}: {error.strerror}") from error
        _sync(here.parent)


def _restore(snapshot: Path, path: Path) -> None:
    """Copy a snapshot, which nobody ever writes to, to where the live file is to be: whole or not at all."""
    making = path.with_name(f"{path.name}.restoring")
    try:
        shutil.copyfile(snapshot, making)
        _sync(making)
        making.rename(path)
        _sync(path.parent)
        with closing(duckdb.connect(str(path), config=dict(_PROBE))) as con:
            con.execute("DROP TABLE IF EXISTS meta")  # it says of what a snapshot is one
    except OSError as error:
        raise WarehouseError(path, f"the snapshot cannot be copied: {error.strerror}") from error
    finally:
        making.unlink(missing_ok=True)


def _sync(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
