"""One transaction on one connection: all of a block, or nothing of it; and what went wrong, in a line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from volteface.errors import WarehouseError, WarehouseFullError

MAX_CHARACTERS = 500  # an error about a value may quote all of it
_FULL_WORDS = ("No space left on device", "File too large", "Disk quota exceeded")


@contextmanager
def hold_transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what the block did, or undo it where the block or the commit raised. DuckDB's errors pass through."""
    con.execute("BEGIN")
    try:
        yield
        con.execute("COMMIT")
    except BaseException:
        with suppress(duckdb.Error):  # a COMMIT that failed has undone everything; the first error says more
            con.execute("ROLLBACK")
        raise


def describe_error(error: duckdb.Error) -> str:
    """Say in one line what DuckDB says in many: without the query's echo, and of a bounded length."""
    text = " ".join(str(error).partition("\n\nLINE ")[0].split())
    return text if len(text) <= MAX_CHARACTERS else text[:MAX_CHARACTERS] + " …"


def describe_failure(path: Path, error: duckdb.Error) -> WarehouseError:
    """Return what to raise for an error on an open database.

    After a FatalException the connection is dead, and what it was committing may be durable or not: whoever holds it
    closes it, and goes on by looking up keys in a new one, never by doing the same again blindly.
    """
    if any(word in str(error) for word in _FULL_WORDS):
        reason = "the disk is full: what was saved before is kept; make room, then the next run goes on from there"
        return WarehouseFullError(path, f"{reason} ({describe_error(error)})")
    return WarehouseError(path, describe_error(error))
