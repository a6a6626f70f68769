"""F28: a full disk costs a run and no row; what failed is not blindly done again; nothing half made stays."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pytest
from pytest_httpserver import HTTPServer
from stored_home import HOUR, NOW, MakeHome, count, find_warehouse, make_job, make_quick_home, serve_stories

from volteface.adapters.warehouse import room, snapshot
from volteface.errors import WarehouseError, WarehouseFullError
from volteface.stages import cycle
from volteface.stages.cycle import run_cycle

MIB = 2**20

# Saves polls until the disk (a limit on file sizes) is full; says after each batch that it is saved.
_FILL = """
import resource, signal, sys
from pathlib import Path
from volteface.config import load_config
from volteface.models import FeedFetch, FetchOutcome
from volteface.stages.job import open_warehouse
from datetime import datetime, UTC
from volteface.errors import WarehouseFullError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
config = load_config(Path(sys.argv[1]))
def fetch(number, batch):
    return FeedFetch(fetch_id=f"{batch}-{number}", feed_id="f", run_id="r", fetched_at=datetime(2024, 4, 2, tzinfo=UTC),
        outcome=FetchOutcome.OK, http_status=200, parse_status=None, entry_count=0, new_entry_count=0, in_scope_count=0,
        body_sha256=None, duration_ms=1, error=f"{batch}-{number}-" * 40)
with open_warehouse(config):
    pass
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    with open_warehouse(config) as warehouse:
        for batch in range(10_000):
            warehouse.save_feed_fetches([fetch(n, batch) for n in range(500)])
            print(batch, flush=True)
except WarehouseFullError as error:
    print("full", error, flush=True)
"""


@contextmanager
def small_disk(limit: int) -> Iterator[None]:
    """Let no file of this process grow beyond a size: to DuckDB the same as a disk without room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("limit", [3 * MIB + 100, 6 * MIB + 4000])
def test_what_was_said_to_be_saved_is_there_once_there_is_room(make_home: MakeHome, limit: int) -> None:
    home = make_quick_home(make_home, [])
    done = subprocess.run(
        [sys.executable, "-c", _FILL, str(home), str(limit)], capture_output=True, text=True, check=False, timeout=60
    )
    lines = done.stdout.splitlines()
    said = [int(line) for line in lines if line.isdigit()]

    assert lines[-1].startswith("full"), done.stderr
    assert "the disk is full" in lines[-1]
    with make_job(home).open_warehouse() as warehouse:
        rows = warehouse.query(
            "SELECT split_part(fetch_id, '-', 1)::INTEGER AS batch, count(*) AS n FROM feed_fetch GROUP BY ALL"
        )
    assert {row["n"] for row in rows} <= {500}
    assert set(said) <= {row["batch"] for row in rows}
    assert len(rows) <= len(said) + 1  # the last one may be durable though it was said to have failed


def test_cycle_over_a_full_disk_fails_and_the_next_one_catches_up(make_home: MakeHome, httpserver: HTTPServer) -> None:
    home = make_quick_home(make_home, serve_stories(httpserver, 3))
    with make_job(home).open_warehouse():
        pass
    job = make_job(home)

    def fill(stage: object, _job: object, run_id: str) -> object:
        if getattr(stage, "__name__", "") == "read_articles":
            with small_disk(4096):
                return stage(job, run_id)  # type: ignore[operator]
        return stage(job, run_id)  # type: ignore[operator]

    with pytest.raises((WarehouseError, Exception)):
        run_cycle(job, step=fill)
    with make_job(home).open_warehouse() as warehouse:
        assert [run.state for run in warehouse.load_runs()] == ["failed"]
        assert count(warehouse, "article_version") == 0

    run_cycle(make_job(home, NOW + HOUR))
    with make_job(home).open_warehouse() as warehouse:
        assert count(warehouse, "article_version") == 3


def test_commit_that_was_durable_though_it_failed_is_not_done_again(
    make_home: MakeHome, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_quick_home(make_home, serve_stories(httpserver, 2))
    end = cycle.end_run

    def end_and_fail(*arguments: object) -> object:
        end(*arguments)  # type: ignore[arg-type]
        path = find_warehouse(home)
        raise WarehouseFullError(path, "COMMIT succeeded and is durable, but the autocheckpoint failed")

    monkeypatch.setattr(cycle, "end_run", end_and_fail)
    with pytest.raises(WarehouseFullError, match="autocheckpoint"):
        run_cycle(make_job(home))

    with make_job(home).open_warehouse() as warehouse:
        (run,) = warehouse.load_runs()
    assert (run.state, run.error, run.counts["versions_new"]) == ("completed", None, 2)


def test_dead_connection_does_not_hide_why_it_died(make_home: MakeHome, monkeypatch: pytest.MonkeyPatch) -> None:
    job = make_job(make_quick_home(make_home, []))

    def die(*_: object, **__: object) -> None:
        message = "FATAL Error: Failed to create checkpoint: No space left on device"
        raise duckdb.FatalException(message)

    with job.open_warehouse() as warehouse:
        monkeypatch.setattr(type(warehouse), "_insert_sql", die)
        with pytest.raises(WarehouseFullError, match="the disk is full"):
            warehouse.save_dimensions(job.config)
    monkeypatch.undo()
    with job.open_warehouse() as warehouse:
        assert count(warehouse, "actor") == 0


def test_no_cycle_begins_without_room(
    make_home: MakeHome, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_quick_home(make_home, serve_stories(httpserver, 1))
    with make_job(home).open_warehouse():
        pass
    size = find_warehouse(home).stat().st_size
    usage = shutil.disk_usage(home)
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _path: usage._replace(free=3 * size - 1))
    httpserver.clear_log()

    with pytest.raises(WarehouseFullError, match="nothing was begun"):
        run_cycle(make_job(home))

    assert httpserver.log == []
    with make_job(home).open_warehouse() as warehouse:
        assert count(warehouse, "run") == 0


def test_shipped_settings_ask_for_a_gibibyte() -> None:
    from volteface.config.settings import Settings  # noqa: PLC0415

    assert Settings.model_fields["min_free_megabytes"].default == 1024


def test_snapshot_that_finds_no_room_leaves_the_old_one_and_nothing_half_made(
    make_home: MakeHome, httpserver: HTTPServer
) -> None:
    home = make_quick_home(make_home, serve_stories(httpserver, 2))
    run_cycle(make_job(home))
    published = home / "warehouse" / "snapshot.duckdb"
    before = published.read_bytes()

    with make_job(home).open_warehouse() as warehouse:
        with small_disk(8192), pytest.raises(WarehouseError, match="not published"):
            warehouse.publish_snapshot(published, run_id="next", published_at=NOW)
        assert count(warehouse, "article_version") == 2

    assert published.read_bytes() == before
    assert [path.name for path in published.parent.glob("*.tmp*")] == []


def test_what_killed_processes_left_half_made_is_swept_before_a_cycle(
    make_home: MakeHome, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_quick_home(make_home, serve_stories(httpserver, 1))
    folder = home / "warehouse"
    (folder / "news.duckdb.tmp").mkdir(parents=True)
    litter = [folder / "news.duckdb.tmp" / "spill.block", folder / "snapshot.duckdb.tmp-1"]
    for path in litter:
        path.write_bytes(b"half")
    swept = []
    monkeypatch.setattr(cycle, "poll_feeds", lambda *_: swept.append([path.exists() for path in litter]) or 1 / 0)

    with pytest.raises(ZeroDivisionError):
        run_cycle(make_job(home))

    assert swept == [[False, False]]
    assert snapshot.sweep_copies
