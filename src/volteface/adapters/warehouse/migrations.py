"""Bring a database to the schema of warehouse/migrations and warehouse/views. Forward only; nothing is undone."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from volteface.adapters.warehouse.transaction import describe_error, hold_transaction
from volteface.errors import MigrationError, WarehouseError

_FILE_NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
_CREATE_VIEW_LEDGER = "CREATE TABLE IF NOT EXISTS schema_view (sha256 TEXT NOT NULL)"
_CREATE_LEDGER = """CREATE TABLE IF NOT EXISTS schema_migration (
  number INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at TIMESTAMPTZ NOT NULL)"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file. Its digest does not depend on how a checkout ends lines."""

    number: int
    name: str
    sql: str
    sha256: str


def read_migrations(folder: Path) -> tuple[Migration, ...]:
    """Read NNNN_name.sql files in order. Raises MigrationError for a wrong name, a repeated or a skipped number."""
    found = []
    for path in sorted(folder.glob("*.sql")):
        match = _FILE_NAME.fullmatch(path.name)
        if not match:
            raise MigrationError(path, "a migration is called NNNN_name.sql, in lower case")
        sql = path.read_text(encoding="utf-8").replace("\r\n", "\n")
        found.append(Migration(int(match[1]), match[2], sql, hashlib.sha256(sql.encode()).hexdigest()))
        if len(found) != found[-1].number:
            raise MigrationError(path, f"migration {len(found):04} is missing or there twice")
    if not found:
        raise MigrationError(folder, "holds no migrations")
    return tuple(found)


def apply_migrations(con: duckdb.DuckDBPyConnection, path: Path, folder: Path, *, now: datetime) -> int:
    """Apply what is new, each file in a transaction of its own, and return how many were.

    Raises MigrationError, and changes nothing, where an applied file was edited or is gone; where a new file fails, it
    leaves no trace.
    """
    migrations = read_migrations(folder)
    con.execute(_CREATE_LEDGER)
    applied = con.execute("SELECT number, name, sha256 FROM schema_migration ORDER BY number").fetchall()
    for number, name, sha256 in applied:
        if number > len(migrations):
            reason = f"was written by a newer volteface: migration {number:04}_{name} is not in {folder}"
            raise MigrationError(path, reason)
        if migrations[number - 1].sha256 != sha256:
            raise MigrationError(path, f"migration {number:04}_{name} was changed after it was applied; add a new one")
    for migration in migrations[len(applied) :]:
        _apply(con, path, migration, now)
    return len(migrations) - len(applied)


def create_views(con: duckdb.DuckDBPyConnection, path: Path, folder: Path) -> bool:
    """Make the views and macros of the folder, in the order of the file names, and no others; tell if that was needed.

    They are left alone while the files are what they were, so that opening the warehouse writes nothing.
    """
    texts = [file.read_text(encoding="utf-8").replace("\r\n", "\n") for file in sorted(folder.glob("*.sql"))]
    sha256 = hashlib.sha256("\x1f".join(texts).encode()).hexdigest()
    con.execute(_CREATE_VIEW_LEDGER)
    if con.execute("SELECT sha256 FROM schema_view").fetchall() == [(sha256,)]:
        return False
    try:
        with hold_transaction(con):
            _drop_views(con)
            for text in texts:
                con.execute(text)
            con.execute("DELETE FROM schema_view")
            con.execute("INSERT INTO schema_view VALUES (?)", [sha256])
    except duckdb.Error as error:
        raise WarehouseError(path, f"the views of {folder} cannot be made: {describe_error(error)}") from error
    return True


def _drop_views(con: duckdb.DuckDBPyConnection) -> None:
    for (name,) in con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall():
        con.execute(f'DROP VIEW IF EXISTS "{name}"')
    sql = "SELECT DISTINCT function_name, function_type FROM duckdb_functions() WHERE NOT internal"
    for name, kind in con.execute(sql).fetchall():
        con.execute(f'DROP MACRO {"TABLE " if kind == "table_macro" else ""}IF EXISTS "{name}"')


def _apply(con: duckdb.DuckDBPyConnection, path: Path, migration: Migration, now: datetime) -> None:
    label = f"{migration.number:04}_{migration.name}"
    try:
        statements = duckdb.extract_statements(migration.sql)
    except duckdb.Error as error:
        raise MigrationError(path, f"migration {label} is not SQL: {describe_error(error)}") from error
    if any(statement.type == duckdb.StatementType.TRANSACTION for statement in statements):
        raise MigrationError(path, f"migration {label} must not begin or end transactions itself")
    try:
        with hold_transaction(con):
            for statement in statements:
                con.execute(statement)
            row = [migration.number, migration.name, migration.sha256, now]
            con.execute("INSERT INTO schema_migration VALUES (?, ?, ?, ?)", row)
    except duckdb.Error as error:
        raise MigrationError(path, f"migration {label} failed and was undone: {describe_error(error)}") from error
