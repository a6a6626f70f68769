"""Readers get a whole copy, or keep the old one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from warehouse_samples import DAY, NOW, fill, open_warehouse

from volteface.adapters.warehouse import snapshot as warehouse_snapshot
from volteface.adapters.warehouse.reader import open_snapshot
from volteface.errors import WarehouseError
from volteface.models import Run

READ_TWICE = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
print(con.execute("SELECT count(*) FROM run").fetchall()[0][0], flush=True)
sys.stdin.readline()
print(con.execute("SELECT count(*) FROM run").fetchall()[0][0], flush=True)
print(con.execute("SELECT count(*) FROM positions_now").fetchall()[0][0], flush=True)
"""


def count_runs(snapshot: Path) -> object:
    """Count by a process of its own: DuckDB would hand this one its cached instance of the old file."""
    code = "import sys, duckdb; print(duckdb.connect(sys.argv[1], read_only=True).sql('FROM run').shape[0])"
    done = subprocess.run([sys.executable, "-c", code, str(snapshot)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_snapshot_has_everything_and_says_what_it_is_of(tmp_path: Path) -> None:
    target = tmp_path / "out" / "snapshot.duckdb"
    with open_warehouse(tmp_path / "news.duckdb") as warehouse:
        fill(warehouse)
        warehouse.publish_snapshot(target, run_id="run1", published_at=NOW)
        sql = (
            "SELECT table_name, estimated_size FROM duckdb_tables() WHERE database_name = current_database() ORDER BY 1"
        )
        live = warehouse.query(sql)
    with open_snapshot(target) as snapshot:
        copied = [row for row in snapshot.query(sql) if row["table_name"] != "meta"]
        meta = snapshot.query("SELECT run_id, published_at FROM meta")
        keys = snapshot.query("SELECT count(*) AS n FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'")

    assert copied == live
    assert meta == [{"run_id": "run1", "published_at": NOW}]
    assert keys[0]["n"] != 0
    assert [path.name for path in target.parent.iterdir()] == ["snapshot.duckdb"]


def test_reader_of_the_old_snapshot_is_not_disturbed(tmp_path: Path) -> None:
    target = tmp_path / "snapshot.duckdb"
    with open_warehouse(tmp_path / "news.duckdb") as warehouse:
        fill(warehouse)
        warehouse.publish_snapshot(target, run_id="run1", published_at=NOW)
        command = [sys.executable, "-c", READ_TWICE, str(target)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "1\n"
            warehouse.save_run(Run(run_id="run2", flow="monitor", started_at=NOW + 9 * DAY))
            warehouse.publish_snapshot(target, run_id="run2", published_at=NOW)
            assert reader.communicate("\n")[0] == "1\n1\n"

    assert count_runs(target) == 2


def test_live_warehouse_can_be_written_and_is_locked_after_publishing(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with open_warehouse(path) as warehouse:
        warehouse.publish_snapshot(tmp_path / "snapshot.duckdb", run_id="r", published_at=NOW)
        code = "import sys, duckdb; duckdb.connect(sys.argv[1])"
        other = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)
        fill(warehouse)

    assert "Could not set lock" in other.stderr
    with open_warehouse(path) as warehouse:
        assert len(warehouse.load_changes()) == 1


@pytest.mark.parametrize("failing", ["_check_counts", "_sync", "_check_space"])
def test_failure_leaves_the_old_snapshot_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    target = tmp_path / "out" / "snapshot.duckdb"

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with open_warehouse(tmp_path / "news.duckdb") as warehouse:
        warehouse.publish_snapshot(target, run_id="old", published_at=NOW)
        before = target.read_bytes()
        fill(warehouse)
        with monkeypatch.context() as patch:
            patch.setattr(warehouse_snapshot, failing, fail)
            with pytest.raises(WarehouseError, match=r"not published.*No space left"):
                warehouse.publish_snapshot(target, run_id="new", published_at=NOW)
        assert target.read_bytes() == before
        assert [path.name for path in target.parent.iterdir()] == ["snapshot.duckdb"]
        warehouse.publish_snapshot(target, run_id="new", published_at=NOW)

    assert target.read_bytes() != before


def test_copy_with_other_counts_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "snapshot.duckdb"
    check = warehouse_snapshot._check_counts

    def lose_a_row(con: duckdb.DuckDBPyConnection, live_name: str, making: Path) -> None:
        con.execute("DELETE FROM snapshot_in_the_making.main.statement WHERE statement_id = 's1'")
        check(con, live_name, making)

    monkeypatch.setattr(warehouse_snapshot, "_check_counts", lose_a_row)
    with open_warehouse(tmp_path / "news.duckdb") as warehouse:
        fill(warehouse)
        with pytest.raises(WarehouseError, match="table statement has 2 rows, its copy 1"):
            warehouse.publish_snapshot(target, run_id="r", published_at=NOW)

    assert not target.exists()


def test_litter_of_a_run_that_died_is_swept(tmp_path: Path) -> None:
    litter = [tmp_path / "snapshot.duckdb.tmp-1", tmp_path / "snapshot.duckdb.tmp-1.wal"]
    for path in litter:
        path.write_bytes(b"half")
    with open_warehouse(tmp_path / "live" / "news.duckdb") as warehouse:
        warehouse.publish_snapshot(tmp_path / "snapshot.duckdb", run_id="r", published_at=NOW)

    assert not any(path.exists() for path in litter)


def test_same_process_reads_the_new_snapshot_once_it_has_closed_the_old(tmp_path: Path) -> None:
    target = tmp_path / "snapshot.duckdb"
    seen = []
    with open_warehouse(tmp_path / "news.duckdb") as warehouse:
        for number in range(3):
            warehouse.save_run(Run(run_id=f"r{number}", flow="monitor", started_at=NOW + number * DAY))
            warehouse.publish_snapshot(target, run_id=f"r{number}", published_at=NOW)
            with open_snapshot(target) as snapshot:
                seen.append(len(snapshot.load_ids("SELECT run_id FROM run")))

    assert seen == [1, 2, 3]
