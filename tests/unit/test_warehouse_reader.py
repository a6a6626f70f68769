"""`volteface sql`, `volteface export` and the sealed reader under them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result
from warehouse_samples import NOW, fill, open_warehouse

from volteface.adapters.warehouse.reader import open_snapshot
from volteface.commands.context import Session
from volteface.commands.export import export
from volteface.commands.sql import sql
from volteface.errors import InputError, WarehouseError


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sql")
    with open_warehouse(folder / "news.duckdb") as warehouse:
        fill(warehouse)
        warehouse.execute("UPDATE article SET title = '=1+1' WHERE article_id = 'a1'")
        warehouse.execute("UPDATE position_change SET against = ['-2+3']")
        warehouse.publish_snapshot(folder / "snapshot.duckdb", run_id="run1", published_at=NOW)
    return folder / "snapshot.duckdb"


def call(command: object, *arguments: str) -> Result:
    return CliRunner().invoke(command, arguments, obj=Session(home=Path("nowhere")))


def ask(snapshot: Path, *arguments: str) -> str:
    result = call(sql, *arguments, "--snapshot", str(snapshot))
    assert result.exception is None, result.exception
    return result.stdout


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY run TO 'run.csv'",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '9GB'",
        "DELETE FROM run",
        "CREATE TABLE mine (a TEXT)",
        "SELEC 1",
        "FROM nowhere",
    ],
)
def test_query_reaches_nothing_but_the_data(snapshot: Path, statement: str) -> None:
    with open_snapshot(snapshot) as reader, pytest.raises(InputError, match=r"^query(:1)?: "):
        reader.answer(statement)


def test_wrong_query_is_told_in_one_line_with_its_place(snapshot: Path, tmp_path: Path) -> None:
    path = tmp_path / "q.sql"
    path.write_text("SELECT run_id\nFROM run\nWHERE nothing = 1", encoding="utf-8")
    error = call(sql, "--file", str(path), "--snapshot", str(snapshot)).exception

    assert str(error).startswith(f"{path}:3: Binder Error")
    assert "\n" not in str(error)


def test_no_snapshot_yet_is_said_so(tmp_path: Path) -> None:
    result = call(sql, "FROM run", "--snapshot", str(tmp_path / "snapshot.duckdb"))

    assert isinstance(result.exception, WarehouseError)
    assert "there is no snapshot yet; the first run publishes one" in str(result.exception)


def test_file_that_is_no_snapshot_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.duckdb"
    path.write_text("nothing of the kind", encoding="utf-8")

    with pytest.raises(WarehouseError, match="cannot be opened"), open_snapshot(path):
        pass


def test_answer_as_json(snapshot: Path) -> None:
    rows = json.loads(ask(snapshot, "SELECT run_id, started_at, counts FROM run", "--format", "json"))

    assert rows == [{"run_id": "run1", "started_at": "2024-03-30T12:00:00.123456+00:00", "counts": "{}"}]


def test_answer_as_csv_holds_no_formula(snapshot: Path) -> None:
    text = ask(snapshot, "SELECT title, -1 AS number, NULL AS gap FROM article ORDER BY article_id", "--format", "csv")

    assert list(csv.reader(io.StringIO(text))) == [
        ["title", "number", "gap"],
        ["'=1+1", "-1", ""],
        ["Title 2", "-1", ""],
    ]


def test_answer_as_table_shows_markup_and_control_characters_as_text(snapshot: Path) -> None:
    text = ask(snapshot, "SELECT '[red]a[/]' || chr(27) || '[31m' AS words, NULL AS gap")

    assert "[red]a[/]\ufffd[31m" in text
    assert "(1 rows)" in text


def test_query_from_a_file(snapshot: Path, tmp_path: Path) -> None:
    path = tmp_path / "q.sql"
    path.write_text("-- How many?\nSELECT count(*) AS n FROM article;\n", encoding="utf-8")

    assert json.loads(ask(snapshot, "--file", str(path), "--format", "json")) == [{"n": 2}]
    missing = call(sql, "--file", str(tmp_path / "none.sql"), "--snapshot", str(snapshot))
    assert isinstance(missing.exception, InputError)


def test_without_a_query_tables_and_views_are_listed(snapshot: Path) -> None:
    rows = json.loads(ask(snapshot, "--format", "json"))

    assert {"name": "positions_now", "kind": "view"} in rows
    assert {"name": "statement", "kind": "table"} in rows


def test_query_and_file_together_are_refused(snapshot: Path) -> None:
    assert call(sql, "FROM run", "--file", "q.sql", "--snapshot", str(snapshot)).exit_code == 2


def test_export_to_parquet_keeps_rows_and_types(snapshot: Path, tmp_path: Path) -> None:
    folder = tmp_path / "it's here"
    result = call(export, "article", "changes_latest", "-o", str(folder), "--snapshot", str(snapshot))

    assert result.exception is None
    assert "article.parquet\t2 rows" in result.stderr
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    file_name = str(folder / "article.parquet").replace("'", "''")
    rows = con.execute(f"SELECT title, first_seen_at FROM '{file_name}' ORDER BY article_id").fetchall()
    assert rows[0] == ("=1+1", NOW)
    assert sorted(path.name for path in folder.iterdir()) == ["article.parquet", "changes_latest.parquet"]


def test_export_to_csv_holds_no_formula(snapshot: Path, tmp_path: Path) -> None:
    arguments = ("article", "position_change", "--format", "csv", "-o", str(tmp_path), "--snapshot", str(snapshot))
    assert call(export, *arguments).exception is None

    with (tmp_path / "article.csv").open(encoding="utf-8", newline="") as file:
        assert [row["title"] for row in csv.DictReader(file)] == ["'=1+1", "Title 2"]
    with (tmp_path / "position_change.csv").open(encoding="utf-8", newline="") as file:
        assert [row["confidence"] for row in csv.DictReader(file)] == ["0.8"]


def test_export_of_an_unknown_table_writes_nothing(snapshot: Path, tmp_path: Path) -> None:
    name = 'article"; DROP TABLE run; --'
    result = call(export, "article", name, "-o", str(tmp_path / "out"), "--snapshot", str(snapshot))

    assert isinstance(result.exception, InputError)
    assert not (tmp_path / "out").exists()


def test_export_where_nothing_can_be_written_is_an_error_of_its_own(snapshot: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    result = call(export, "article", "-o", str(tmp_path / "taken" / "below"), "--snapshot", str(snapshot))

    assert isinstance(result.exception, WarehouseError)
