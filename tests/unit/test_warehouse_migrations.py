"""Migrations go forward, whole or not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from warehouse_samples import ROOT

from volteface.adapters.warehouse.migrations import apply_migrations, create_views, read_migrations
from volteface.errors import MigrationError, WarehouseError

NOW = datetime(2024, 3, 27, tzinfo=UTC)


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def migrate(con: duckdb.DuckDBPyConnection, folder: Path) -> int:
    return apply_migrations(con, Path("news.duckdb"), folder, now=NOW)


def write(folder: Path, name: str, sql: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(sql, encoding="utf-8")


def list_tables(con: duckdb.DuckDBPyConnection) -> set[str]:
    return {row[0] for row in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}


def test_projects_migrations_apply_once_and_are_recorded(con: duckdb.DuckDBPyConnection) -> None:
    count = len(read_migrations(ROOT / "migrations"))

    assert migrate(con, ROOT / "migrations") == count
    assert migrate(con, ROOT / "migrations") == 0
    assert con.execute("SELECT count(*), bool_and(length(sha256) = 64) FROM schema_migration").fetchall() == [
        (count, True)
    ]


def test_projects_schema_has_no_secondary_index_and_no_enum(con: duckdb.DuckDBPyConnection) -> None:
    migrate(con, ROOT / "migrations")

    assert con.execute("SELECT count(*) FROM duckdb_indexes()").fetchall() == [(0,)]
    assert con.execute("SELECT count(*) FROM duckdb_columns() WHERE data_type LIKE 'ENUM%'").fetchall() == [(0,)]
    naive = "SELECT table_name, column_name FROM duckdb_columns() WHERE data_type = 'TIMESTAMP' AND NOT internal"
    assert con.execute(naive).fetchall() == []


def test_failing_migration_is_undone_whole_and_earlier_ones_stay(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    write(tmp_path, "0001_one.sql", "CREATE TABLE one (a TEXT);")
    write(tmp_path, "0002_two.sql", "CREATE TABLE two (a TEXT); INSERT INTO one VALUES ('x'); SELECT * FROM nowhere;")

    with pytest.raises(MigrationError, match="0002_two failed and was undone"):
        migrate(con, tmp_path)

    assert list_tables(con) == {"one", "schema_migration"}
    assert con.execute("SELECT count(*) FROM one").fetchall() == [(0,)]
    assert con.execute("SELECT number FROM schema_migration").fetchall() == [(1,)]


def test_corrected_migration_applies_after_a_failure(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write(tmp_path, "0001_one.sql", "CREATE TABLE one (a NOTHING);")
    with pytest.raises(MigrationError):
        migrate(con, tmp_path)
    write(tmp_path, "0001_one.sql", "CREATE TABLE one (a TEXT);")

    assert migrate(con, tmp_path) == 1


def test_edited_applied_migration_is_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write(tmp_path, "0001_one.sql", "CREATE TABLE one (a TEXT);")
    migrate(con, tmp_path)
    write(tmp_path, "0001_one.sql", "CREATE TABLE one (a TEXT, b TEXT);")

    with pytest.raises(MigrationError, match="0001_one was changed after it was applied"):
        migrate(con, tmp_path)


def test_line_ends_of_a_checkout_do_not_count_as_an_edit(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    (tmp_path / "0001_one.sql").write_bytes(b"CREATE TABLE one (\n  a TEXT);\n")
    migrate(con, tmp_path)
    (tmp_path / "0001_one.sql").write_bytes(b"CREATE TABLE one (\r\n  a TEXT);\r\n")

    assert migrate(con, tmp_path) == 0


def test_database_of_a_newer_version_is_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write(tmp_path, "0001_one.sql", "CREATE TABLE one (a TEXT);")
    write(tmp_path, "0002_two.sql", "CREATE TABLE two (a TEXT);")
    migrate(con, tmp_path)
    (tmp_path / "0002_two.sql").unlink()

    with pytest.raises(MigrationError, match="newer volteface: migration 0002_two"):
        migrate(con, tmp_path)


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["0001_one.sql", "0003_three.sql"], "migration 0002 is missing"),
        (["0001_one.sql", "0001_uno.sql"], "migration 0002 is missing or there twice"),
        (["1_one.sql"], "called NNNN_name.sql"),
        ([], "holds no migrations"),
    ],
)
def test_numbers_run_on_from_one(tmp_path: Path, names: list[str], reason: str) -> None:
    for name in names:
        write(tmp_path, name, "SELECT 1;")

    with pytest.raises(MigrationError, match=reason):
        read_migrations(tmp_path)


def test_migration_may_not_commit_by_itself(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write(tmp_path, "0001_one.sql", "CREATE TABLE one (a TEXT); COMMIT; SELECT * FROM nowhere;")

    with pytest.raises(MigrationError, match="must not begin or end transactions"):
        migrate(con, tmp_path)
    assert list_tables(con) == {"schema_migration"}


def test_views_follow_their_files(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write(tmp_path, "1_old.sql", "CREATE OR REPLACE MACRO twice(x) AS 2 * x; CREATE VIEW old AS SELECT twice(1) AS n;")
    assert create_views(con, Path("news.duckdb"), tmp_path)
    assert not create_views(con, Path("news.duckdb"), tmp_path)
    (tmp_path / "1_old.sql").unlink()
    write(tmp_path, "1_new.sql", "CREATE VIEW new AS SELECT 2 AS n;")

    assert create_views(con, Path("news.duckdb"), tmp_path)
    assert con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall() == [("new",)]
    assert con.execute("SELECT count(*) FROM duckdb_functions() WHERE NOT internal").fetchall() == [(0,)]


def test_wrong_view_leaves_the_old_ones(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write(tmp_path, "1_good.sql", "CREATE VIEW good AS SELECT 1 AS n;")
    create_views(con, Path("news.duckdb"), tmp_path)
    write(tmp_path, "2_bad.sql", "CREATE VIEW bad AS SELECT * FROM nowhere;")

    with pytest.raises(WarehouseError, match="nowhere"):
        create_views(con, Path("news.duckdb"), tmp_path)
    assert con.execute("FROM good").fetchall() == [(1,)]
