"""F23, F24, F25, F31, F32: one writer, one cycle; analysts never in the way; a dead cycle is known as one."""

from __future__ import annotations

import ast
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT
from pytest_httpserver import HTTPServer
from stored_home import HOUR, NOW, MakeHome, count, find_warehouse, make_job, make_quick_home, serve_stories
from werkzeug import Response

from volteface.adapters.warehouse.reader import export_tables, open_snapshot
from volteface.errors import RunActiveError, WarehouseError, WarehouseLockedError
from volteface.stages.cycle import begin_run, run_cycle

SOURCE = ROOT / "src" / "volteface"

_CYCLE = """
import sys
from pathlib import Path
from volteface.config import load_config
from volteface.errors import RunActiveError
from volteface.stages.cycle import run_cycle
from volteface.stages.job import Job
job = Job(load_config(Path(sys.argv[1])))
try:
    run_cycle(job)
    print("ran")
except RunActiveError:
    print("skipped")
"""
_HOLD = """
import sys
from pathlib import Path
from volteface.config import load_config
from volteface.stages.cycle import begin_run
from volteface.stages.job import Job
job = Job(load_config(Path(sys.argv[1])))
with job.hold_run():
    print(begin_run(job, "run").run_id, flush=True)
    sys.stdin.read()
"""
_READ = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
print("open", flush=True)
sys.stdin.readline()
print(con.execute("SELECT count(*) FROM article_version").fetchall()[0][0], flush=True)
"""


@pytest.fixture
def home(make_home: MakeHome, httpserver: HTTPServer) -> Path:
    return make_quick_home(make_home, serve_stories(httpserver, 1))


def test_of_two_processes_one_runs_and_the_other_skips(home: Path, httpserver: HTTPServer) -> None:
    """F23, F31: the second does not wait, does not fail, and asks nobody anything."""
    httpserver.expect_ordered_request("/nothing")  # keeps the log's order

    def answer_late(_request: object) -> Response:
        time.sleep(4)
        return Response("", status=304)

    httpserver.clear()
    httpserver.expect_request("/feed").respond_with_handler(answer_late)
    command = [sys.executable, "-c", _CYCLE, str(home)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as one,
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other,
    ):
        said = sorted([one.communicate(timeout=60)[0].strip(), other.communicate(timeout=60)[0].strip()])

    assert said == ["ran", "skipped"]
    assert sum(request.path == "/feed" for request, _ in httpserver.log) == 1


def test_backlog_of_five_collapses_to_one(home: Path, httpserver: HTTPServer) -> None:
    """F31: five that start at once are one cycle; those that come after it find nothing due."""
    barrier, ran, skipped = threading.Barrier(5), [], []

    def start() -> None:
        job = make_job(home)
        barrier.wait()
        try:
            ran.append(run_cycle(job, with_publish=False))
        except RunActiveError as error:
            skipped.append(error)

    threads = [threading.Thread(target=start) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert len(ran) + len(skipped) == 5
    assert len(ran) == 1
    assert sum(request.path == "/feed" for request, _ in httpserver.log) == 1
    assert run_cycle(make_job(home), with_publish=False).run.counts["feeds_polled"] == 0


def test_lock_that_is_held_too_long_is_told_with_who_holds_it(home: Path) -> None:
    """F23: a writer that stays is waited for, for as long as configured, then named."""
    with make_job(home).open_warehouse():
        started = time.monotonic()
        with (
            pytest.raises(WarehouseLockedError, match=r"by process \d+ on .*waited 1 s"),
            make_job(home).open_warehouse(),
        ):
            pass
        assert 0.9 < time.monotonic() - started < 5


def test_cycle_of_a_killed_process_is_crashed_at_the_next_start_and_blocks_nothing(home: Path) -> None:
    """F32: both locks die with the process; its row says so."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        zombie = process.stdout.readline().strip()
        with pytest.raises(RunActiveError, match=f"by process {process.pid} on"):
            run_cycle(make_job(home))
        process.kill()

    started = time.monotonic()
    run_cycle(make_job(home, NOW + HOUR))

    with make_job(home).open_warehouse() as warehouse:
        states = {run.run_id: run.state for run in warehouse.load_runs()}
    assert states.pop(zombie) == "crashed"
    assert set(states.values()) == {"completed"}
    assert time.monotonic() - started < 20


def test_cycle_that_died_in_a_process_that_lives_on_is_crashed_too(home: Path) -> None:
    """F32: a thread of a scheduler may die alone; with the cycles' lock ours, whatever stands as running is dead."""
    job = make_job(home)
    with job.hold_run():
        died = begin_run(job, "run").run_id
    run_cycle(make_job(home, NOW + HOUR), with_publish=False)
    with job.open_warehouse() as warehouse:
        assert warehouse.load_run_state(died) == "crashed"


def test_analyst_who_keeps_a_snapshot_open_stops_no_cycle(home: Path) -> None:
    """F25: the writer never waits for readers, and a reader keeps what it had."""
    run_cycle(make_job(home))
    published = home / "warehouse" / "snapshot.duckdb"
    with subprocess.Popen(
        [sys.executable, "-c", _READ, str(published)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as analyst:
        assert analyst.stdout is not None
        assert analyst.stdout.readline() == "open\n"
        run_cycle(make_job(home, NOW + HOUR))
        assert analyst.communicate("\n", timeout=20)[0] == "1\n"

    with open_snapshot(published) as snapshot:
        assert len(snapshot.load_ids("SELECT run_id FROM run WHERE state = 'completed'")) == 2
        assert snapshot.query("SELECT published_at FROM meta") == [{"published_at": NOW + HOUR}]


def test_nothing_but_duckdb_opens_the_live_file(home: Path, tmp_path: Path) -> None:
    """F24: reading, exporting from and publishing over the live file are refused: each would cost its lock."""
    run_cycle(make_job(home))
    live = find_warehouse(home)
    with pytest.raises(WarehouseError, match="shuts the writer out"), open_snapshot(live):
        pass
    with pytest.raises(WarehouseError, match="shuts the writer out"):
        export_tables(live, ["run"], tmp_path, "csv")
    with make_job(home).open_warehouse() as warehouse:
        with pytest.raises(WarehouseError, match="must have a file of its own"):
            warehouse.publish_snapshot(live, run_id="r", published_at=NOW)
        warehouse.publish_snapshot(home / "copy.duckdb", run_id="r", published_at=NOW)
        other = subprocess.run(
            [sys.executable, "-c", f"import duckdb; duckdb.connect({str(live)!r})"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Could not set lock" in other.stderr  # the copy has cost nothing
        assert count(warehouse, "run") == 1


def test_only_three_modules_connect_to_duckdb_and_none_copies_the_live_file() -> None:
    """F24: one opens the live file to write, one snapshots to read, one looks at what is damaged."""
    connecting, copying = set(), set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
                if (owner, node.func.attr) == ("duckdb", "connect"):
                    connecting.add(path.name)
                if owner == "shutil" and node.func.attr.startswith(("copy", "move")):
                    copying.add(path.name)
    assert connecting == {"connection.py", "reader.py", "recovery.py"}
    assert copying <= {"recovery.py"}  # a snapshot, to where there is no live file


def test_why_it_matters_a_descriptor_closed_here_drops_duckdbs_lock(tmp_path: Path) -> None:
    """F24: the reason for the rule, so that a DuckDB without this trap is noticed."""
    path = tmp_path / "x.duckdb"
    script = f"import duckdb; duckdb.connect({str(path)!r})"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE t (i INTEGER)")
        assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode != 0
        path.open("rb").close()
        assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0
