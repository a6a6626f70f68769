"""Opening the warehouse: one writer, known schema, runs that died."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from warehouse_samples import NOW, ROOT, open_warehouse

from volteface.errors import WarehouseError, WarehouseLockedError
from volteface.models import Run

HOLD_WAREHOUSE = """
import sys
from pathlib import Path
from volteface.adapters.warehouse import Warehouse
with Warehouse.open(Path(sys.argv[1]), migrations=Path(sys.argv[2]) / "migrations", views=Path(sys.argv[2]) / "views"):
    print("open", flush=True)
    sys.stdin.read()
"""
SAVE_FOR_EVER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from warehouse_samples import make_feed_fetch, open_warehouse
with open_warehouse(Path(sys.argv[1])) as warehouse:
    print("open", flush=True)
    for batch in range(10_000):
        warehouse.save_feed_fetches([make_feed_fetch(1, fetch_id=f"{batch}-{n}") for n in range(500)])
        print(batch, flush=True)
"""
HOLD_DUCKDB = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
print("open", flush=True)
sys.stdin.read()
"""


@contextmanager
def run_beside(script: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a script that holds the database until its standard input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path), str(ROOT), str(Path(__file__).parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process


def test_open_makes_the_folder_and_the_whole_schema(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "new" / "news.duckdb") as warehouse:
        tables = warehouse.load_ids("SELECT table_name FROM duckdb_tables()")

    assert {"run", "feed", "article_version", "statement", "position_change", "delivery"} <= tables


def test_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with run_beside(HOLD_WAREHOUSE, path) as process:
        started = time.monotonic()
        with pytest.raises(WarehouseLockedError, match=rf"by process {process.pid} on .*waited 0.2 s"):
            open_warehouse(path, wait_seconds=0.2).__enter__()
        assert time.monotonic() - started < 5
        process.communicate("")

    with open_warehouse(path, wait_seconds=1) as warehouse:
        assert warehouse.load_runs() == []
    assert not Path(f"{path}.holder").exists()


def test_lock_of_a_killed_writer_does_not_stay(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with run_beside(HOLD_WAREHOUSE, path) as process:
        process.kill()

    with open_warehouse(path, wait_seconds=1) as warehouse:
        assert warehouse.load_runs() == []


def test_killed_writer_loses_nothing_it_said_was_saved_and_leaves_no_half_batch(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with run_beside(SAVE_FOR_EVER, path) as process:
        assert process.stdout is not None
        said = [int(process.stdout.readline()) for _ in range(3)]
        process.kill()
        said += [int(line) for line in process.stdout.read().splitlines()]

    with open_warehouse(path, wait_seconds=1) as warehouse:
        batches = warehouse.query(
            "SELECT split_part(fetch_id, '-', 1)::INTEGER AS batch, count(*) AS n FROM feed_fetch GROUP BY ALL"
        )

    assert {row["n"] for row in batches} == {500}
    assert set(said) <= {row["batch"] for row in batches}


def test_writer_waits_for_the_one_before_it(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with run_beside(HOLD_WAREHOUSE, path) as process:
        assert process.stdin is not None
        threading.Timer(0.3, process.stdin.close).start()
        with open_warehouse(path, wait_seconds=20) as warehouse:
            assert warehouse.load_runs() == []


def test_writer_shut_out_by_a_reader_of_the_live_file_points_at_the_snapshot(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with open_warehouse(path):
        pass
    with run_beside(HOLD_DUCKDB, path) as process:
        with pytest.raises(WarehouseLockedError, match="let it read the snapshot instead"):
            open_warehouse(path, wait_seconds=0.2).__enter__()
        process.communicate("")


def test_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    path.write_text("not a database", encoding="utf-8")

    with pytest.raises(WarehouseError, match=r"news\.duckdb"):
        open_warehouse(path).__enter__()


def test_run_of_a_dead_process_is_marked_crashed_and_a_live_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with open_warehouse(path) as warehouse:
        warehouse.save_run(Run(run_id="dead", flow="monitor", started_at=NOW))
        warehouse.execute("UPDATE run SET process = regexp_replace(process, ':[0-9]+:', ':999999999:')")
        warehouse.save_run(Run(run_id="live", flow="monitor", started_at=NOW))
        warehouse.save_run(Run(run_id="done", flow="monitor", started_at=NOW, ended_at=NOW, state="completed"))

    with open_warehouse(path) as warehouse:
        states = {run.run_id: run.state for run in warehouse.load_runs()}

    assert states == {"dead": "crashed", "live": "running", "done": "completed"}


def test_opening_again_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with open_warehouse(path):
        pass
    before = path.stat().st_size, path.read_bytes()
    with open_warehouse(path):
        pass

    assert (path.stat().st_size, path.read_bytes()) == before
