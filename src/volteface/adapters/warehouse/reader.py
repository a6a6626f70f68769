"""Read a published snapshot. Whatever the query says, it reaches no file, no network and no setting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from volteface.adapters.warehouse.store import TableStore
from volteface.adapters.warehouse.transaction import describe_error
from volteface.errors import InputError, WarehouseError

_CONFIG = {"memory_limit": "1GB", "threads": "2", "autoinstall_known_extensions": "false"}
_SEALED = {**_CONFIG, "enable_external_access": "false"}

# A spreadsheet takes a text that begins so for a formula, and runs it: text from the web must not begin so.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_FORMULA_PATTERN = r"'^[=+\-@\t\r]'"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: the names of its columns and its rows."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]


class Snapshot(TableStore):
    """A published snapshot, open for reading. ``query`` and ``load`` read; nothing can be saved."""

    def answer(self, sql: str, *, source: str = "query") -> Answer:
        """Return what somebody's own SQL gives. Raises InputError, naming ``source``, where it is wrong or not allowed."""
        try:
            cursor = self._con.execute(sql)
            columns = tuple(column[0] for column in cursor.description or ())
            return Answer(columns, cursor.fetchall() if columns else [])
        except duckdb.Error as error:
            line = re.search(r"\n\nLINE (\d+):", str(error))
            raise InputError(source, describe_error(error), line=int(line[1]) if line else None) from error

    def list_tables(self) -> dict[str, str]:
        """Return the tables and views by name, each with its kind."""
        sql = """SELECT table_name AS name, 'table' AS kind FROM duckdb_tables() UNION ALL
                 SELECT view_name, 'view' FROM duckdb_views() WHERE NOT internal ORDER BY kind DESC, name"""
        return {str(row["name"]): str(row["kind"]) for row in self.query(sql)}


@contextmanager
def open_snapshot(path: Path) -> Iterator[Snapshot]:
    """Open a published snapshot, sealed. Raises WarehouseError where there is none yet, or no readable one.

    The live warehouse is refused: whoever reads it shuts the writer out.
    """
    _refuse_live(path)
    with open_readonly(path) as snapshot:
        yield snapshot


@contextmanager
def open_readonly(path: Path) -> Iterator[Snapshot]:
    """Open a database sealed, whether live or not: with the writer's lock, or where nobody writes."""
    with closing(_connect(path, _SEALED)) as con:
        con.execute("SET lock_configuration = true")
        yield Snapshot(con, path)


def export_tables(snapshot: Path, names: Sequence[str], folder: Path, file_format: str) -> list[tuple[Path, int]]:
    """Write tables or views of a snapshot to ``folder/NAME.parquet`` or ``.csv``; return the files and their row counts.

    In CSV, a text that a spreadsheet would run as a formula gets an apostrophe before it. A file takes its name only
    once it is whole. Raises InputError for an unknown name, WarehouseError where the folder or a file cannot be.
    """
    _refuse_live(snapshot)
    with closing(_connect(snapshot, _CONFIG)) as con:
        source = Snapshot(con, snapshot)
        known = source.list_tables()
        for name in names:
            if name not in known:
                raise InputError(name, f"no table or view of the snapshot; it has {', '.join(known)}")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WarehouseError(folder, f"cannot be made: {error.strerror}") from error
        return [_export_table(source, name, folder, file_format) for name in names]


def _export_table(source: Snapshot, name: str, folder: Path, file_format: str) -> tuple[Path, int]:
    target = folder / f"{name}.{file_format}"
    making = folder / f"{name}.{file_format}.tmp"
    columns = source.query(f'DESCRIBE "{name}"')
    chosen = [(str(column["column_name"]), str(column["column_type"])) for column in columns]
    selected = ", ".join(_safe_column(*column) if file_format == "csv" else f'"{column[0]}"' for column in chosen)
    options = "FORMAT csv, HEADER" if file_format == "csv" else "FORMAT parquet, COMPRESSION zstd"
    file_name = str(making).replace("'", "''")
    try:
        source.execute(f"""COPY (SELECT {selected} FROM "{name}") TO '{file_name}' ({options})""")  # noqa: S608 -- catalogue names
        making.replace(target)
    finally:
        making.unlink(missing_ok=True)
    count = source.query(f'SELECT count(*) AS row_count FROM "{name}"')[0]["row_count"]  # noqa: S608 -- a catalogue name
    assert isinstance(count, int)
    return target, count


def _safe_column(name: str, kind: str) -> str:
    if not (kind.startswith(("VARCHAR", "JSON")) or kind.endswith("[]")):
        return f'"{name}"'
    text = f'"{name}"::VARCHAR'
    return f"""CASE WHEN regexp_matches({text}, {_FORMULA_PATTERN}) THEN '''' || {text} ELSE {text} END AS "{name}" """


def _refuse_live(path: Path) -> None:
    if Path(f"{path.resolve()}.lock").exists():
        reason = "is the live warehouse, and whoever reads it shuts the writer out: read the published snapshot"
        raise WarehouseError(path, reason)


def _connect(path: Path, config: dict[str, str]) -> duckdb.DuckDBPyConnection:
    if not path.exists():
        raise WarehouseError(path, "there is no snapshot yet; the first run publishes one")
    try:
        con = duckdb.connect(str(path), read_only=True, config=dict(config))
        con.execute("SET TimeZone = 'UTC'")
    except duckdb.Error as error:
        raise WarehouseError(path, f"the snapshot cannot be opened: {describe_error(error)}") from error
    return con
