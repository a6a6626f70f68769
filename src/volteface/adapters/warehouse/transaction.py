"""One transaction on one connection: all of a block, or nothing of it; and what went wrong, in a line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

MAX_CHARACTERS = 500  # an error about a value may quote all of it


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
