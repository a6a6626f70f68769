"""The ground under the warehouse's tables: one connection, transactions, bulk save and load by natural key."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from volteface.adapters.warehouse.rows import (
    Model,
    column_names,
    decode_row,
    dump_rows,
    encode_model,
    json_structure,
)
from volteface.adapters.warehouse.transaction import describe_failure, hold_transaction
from volteface.errors import WarehouseError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

BATCH_ROWS = 5_000


def dump_ids(ids: Collection[str]) -> str:
    """Write ids as one parameter: ``WHERE x IN (SELECT unnest(from_json_strict(?, '["VARCHAR"]')))``."""
    return json.dumps(sorted(ids))


class TableStore:
    """Saves and loads rows. Every save is idempotent by the table's primary key; nothing here knows a table's name."""

    def __init__(self, con: duckdb.DuckDBPyConnection, path: Path) -> None:
        """Work on an open connection; ``path`` is what errors name."""
        self._con = con
        self.path = path
        self._types: dict[str, dict[str, str]] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._is_in_transaction = False

    # ------------------------------------------------------------------------------------------------------------ read
    def query(self, sql: str, params: Sequence[object] | Mapping[str, object] = ()) -> list[dict[str, object]]:
        """Return the rows of a SELECT, by column name. Raises WarehouseError."""
        with self._naming_file():
            cursor = self._con.execute(sql, params)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def load(self, cls: type[Model], tail: str, params: Sequence[object] = ()) -> list[Model]:
        """Load models: ``tail`` is the query from FROM on, in which the model's table bears the alias ``t``."""
        sql = f"SELECT {column_names(cls, 't')} {tail}"
        return [decode_row(cls, row) for row in self.query(sql, params)]

    def load_ids(self, sql: str, params: Sequence[object] = ()) -> set[str]:
        """Return the first column of a query as a set of texts."""
        with self._naming_file():
            return {row[0] for row in self._con.execute(sql, params).fetchall()}

    # ------------------------------------------------------------------------------------------------------------ save
    def save_models(
        self,
        table: str,
        models: Collection[DataclassInstance],
        *,
        extra: Mapping[str, object] | None = None,
        is_updating: bool = False,
    ) -> None:
        """Save models in the table whose columns bear their fields' names; ``extra`` columns are the same for all."""
        self.save_rows(table, [{**encode_model(model), **(extra or {})} for model in models], is_updating=is_updating)

    def save_rows(self, table: str, rows: Collection[Mapping[str, object]], *, is_updating: bool = False) -> None:
        """Insert rows in one transaction. A row whose key is there stays, or takes the new values if ``is_updating``.

        Two rows of one call with the same key: the first wins, or the last if ``is_updating``.
        """
        chosen = self._one_per_key(table, rows, is_last_kept=is_updating)
        if not chosen:
            return
        sql = self._insert_sql(table, list(chosen[0]), is_updating=is_updating)
        with self.transaction():
            for start in range(0, len(chosen), BATCH_ROWS):
                try:
                    document = dump_rows(chosen[start : start + BATCH_ROWS])
                except ValueError as error:
                    raise WarehouseError(self.path, f"table {table}: {error}") from error
                self.execute(sql, [document])

    def execute(self, sql: str, params: Sequence[object] | Mapping[str, object] = ()) -> None:
        """Run one statement. Raises WarehouseError."""
        with self._naming_file():
            self._con.execute(sql, params)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all of the block one transaction; inside another one, join it."""
        if self._is_in_transaction:
            yield
            return
        self._is_in_transaction = True
        try:
            with self._naming_file(), hold_transaction(self._con):
                yield
        finally:
            self._is_in_transaction = False

    # ------------------------------------------------------------------------------------------------------------- SQL
    def _one_per_key(
        self, table: str, rows: Collection[Mapping[str, object]], *, is_last_kept: bool
    ) -> list[Mapping[str, object]]:
        """Leave one row per key: DuckDB refuses to update one row twice in one statement."""
        key = self._key(table)
        if not key:
            return list(rows)
        chosen: dict[tuple[object, ...], Mapping[str, object]] = {}
        for row in rows:
            natural = tuple(row[column] for column in key)
            if is_last_kept or natural not in chosen:
                chosen[natural] = row
        return list(chosen.values())

    def _insert_sql(self, table: str, columns: Sequence[str], *, is_updating: bool) -> str:
        types = self._column_types(table)
        structure = json_structure({column: types[column] for column in columns}).replace("'", "''")
        names = ", ".join(f'"{column}"' for column in columns)
        key = self._key(table)
        selected = ", ".join(f'r."{column}"' for column in columns)
        values = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column not in key)
        action = ""
        if key:
            action = f"ON CONFLICT ({', '.join(key)}) DO " + (f"UPDATE SET {values}" if is_updating else "NOTHING")
        return (
            f'INSERT INTO "{table}" ({names}) SELECT {selected} '  # noqa: S608 -- names from the catalogue and the models
            f"FROM (SELECT unnest(from_json_strict(?, '{structure}')) AS r) {action}"
        )

    def _column_types(self, table: str) -> dict[str, str]:
        if table not in self._types:
            sql = "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? AND database_name = current_database()"
            self._types[table] = {str(row["column_name"]): str(row["data_type"]) for row in self.query(sql, [table])}
        return self._types[table]

    def _key(self, table: str) -> tuple[str, ...]:
        if table not in self._keys:
            sql = """SELECT constraint_column_names AS key FROM duckdb_constraints()
                     WHERE table_name = ? AND constraint_type = 'PRIMARY KEY' AND database_name = current_database()"""
            rows = self.query(sql, [table])
            key = rows[0]["key"] if rows else []
            assert isinstance(key, list)
            self._keys[table] = tuple(key)
        return self._keys[table]

    @contextmanager
    def _naming_file(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            raise describe_failure(self.path, error) from error
