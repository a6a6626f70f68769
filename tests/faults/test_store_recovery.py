"""F27: a log that cannot be replayed is refused with instructions, moved aside, never deleted, and what it held is named."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT
from pytest_httpserver import HTTPServer
from stored_home import HOUR, NOW, MakeHome, count, find_warehouse, make_job, make_quick_home, serve_stories

from volteface.adapters.warehouse.journal import find_journal, note_run, read_journal
from volteface.adapters.warehouse.recovery import probe
from volteface.cli import main
from volteface.errors import WarehouseDamagedError
from volteface.models import Run
from volteface.stages.cycle import run_cycle

# Saves a run in the log alone, notes it, and dies: closing would have written the log into the database.
_RUN_AND_DIE = """
import os, sys
from datetime import datetime, UTC
from pathlib import Path
from volteface.config import load_config
from volteface.adapters.warehouse.journal import note_run
from volteface.models import Run
from volteface.stages.job import Job, open_warehouse
config = load_config(Path(sys.argv[1]))
with open_warehouse(config) as warehouse:
    run = Run(run_id="lost", flow="run", started_at=datetime(2024, 4, 2, 7, tzinfo=UTC), state="completed")
    warehouse.save_run(run)
    note_run(warehouse.path, run)
    os._exit(1)
"""


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make, once, a home with a database, a log beside it, a journal and a snapshot."""
    home = tmp_path_factory.mktemp("crashed") / "home"
    shutil.copytree(ROOT / "config", home / "config")
    job = make_job(home)
    with job.open_warehouse() as warehouse:
        run = Run(run_id="kept", flow="run", started_at=NOW, state="completed")
        warehouse.save_run(run)
        note_run(warehouse.path, run)
        warehouse.publish_snapshot(home / "warehouse" / "snapshot.duckdb", run_id="kept", published_at=NOW)
    subprocess.run([sys.executable, "-c", _RUN_AND_DIE, str(home)], check=False)
    assert find_log(home).stat().st_size > 0
    return home


@pytest.fixture
def home(crashed: Path, tmp_path: Path) -> Path:
    shutil.copytree(crashed, tmp_path / "home")
    return tmp_path / "home"


def find_log(home: Path) -> Path:
    return home / "warehouse" / "news.duckdb.wal"


def flip(path: Path, at: int) -> None:
    body = bytearray(path.read_bytes())
    body[at] ^= 0xFF
    path.write_bytes(body)


def recover(home: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, object]:
    capsys.readouterr()
    main(["--home", str(home), "recover", "--json", *more])
    return dict(json.loads(capsys.readouterr().out))


def test_start_refuses_at_once_with_what_to_do_and_changes_nothing(home: Path) -> None:
    flip(find_log(home), find_log(home).stat().st_size // 2)
    before = {
        path.name: path.read_bytes()
        for path in (home / "warehouse").iterdir()
        if path.suffix not in {".lock", ".holder"}
    }
    started = time.monotonic()

    with pytest.raises(WarehouseDamagedError, match=r"cannot be replayed.*volteface recover --dry-run"):
        run_cycle(make_job(home))

    assert time.monotonic() - started < 5
    assert before == {
        path.name: path.read_bytes()
        for path in (home / "warehouse").iterdir()
        if path.suffix not in {".lock", ".holder"}
    }


def test_recover_moves_the_log_aside_and_names_what_is_missing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flip(find_log(home), find_log(home).stat().st_size // 2)
    log = find_log(home).read_bytes()

    planned = recover(home, capsys, "--dry-run")
    assert find_log(home).read_bytes() == log
    done = recover(home, capsys)

    assert [row["from"] for row in planned["moved"]] == [str(find_log(home))]  # type: ignore[attr-defined, index]
    assert "WAL" in str(done["damage"])
    aside = Path(done["moved"][0]["to"])  # type: ignore[index]
    assert aside.read_bytes() == log
    assert not find_log(home).exists()
    assert (done["run_count"], [run["run_id"] for run in done["missing_runs"]]) == (1, ["lost"])  # type: ignore[attr-defined]
    with make_job(home).open_warehouse() as warehouse:
        assert warehouse.load_run_state("kept") == "completed"


def test_every_flipped_byte_of_a_log_is_refused_or_harmless_and_always_recovered(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    size, whole = find_log(home).stat().st_size, find_log(home).read_bytes()
    database = find_warehouse(home).read_bytes()
    for at in range(11, size, size // 6):
        find_log(home).write_bytes(whole)
        find_warehouse(home).write_bytes(database)
        flip(find_log(home), at)
        found = recover(home, capsys)
        with make_job(home).open_warehouse() as warehouse:
            is_kept = warehouse.load_run_state("lost") == "completed"
        assert is_kept or [run["run_id"] for run in found["missing_runs"]] == ["lost"], at  # type: ignore[attr-defined]


def test_tail_that_is_dropped_in_silence_is_told_by_the_journal(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    find_log(home).write_bytes(find_log(home).read_bytes()[: find_log(home).stat().st_size // 3])

    found = recover(home, capsys)

    assert (found["damage"], found["moved"]) == (None, [])
    assert [run["run_id"] for run in found["missing_runs"]] == ["lost"]  # type: ignore[attr-defined]


def test_damaged_database_is_replaced_by_the_last_snapshot_and_kept(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    live = find_warehouse(home)
    broken = live.read_bytes()[: 4096 * 2] + b"\xff" * (live.stat().st_size - 4096 * 2)
    live.write_bytes(broken)
    with pytest.raises(SystemExit):
        main(["--home", str(home), "recover"])
    assert live.read_bytes() == broken
    assert "--from-snapshot" in capsys.readouterr().err

    done = recover(home, capsys, "--from-snapshot")

    kept = {Path(row["to"]).name.partition(".aside")[0]: Path(row["to"]) for row in done["moved"]}  # type: ignore[attr-defined]
    assert set(kept) == {"news.duckdb", "news.duckdb.wal"}
    assert kept["news.duckdb"].read_bytes() == broken
    with make_job(home).open_warehouse() as warehouse:
        assert warehouse.load_run_state("kept") == "completed"
        assert "meta" not in warehouse.load_ids("SELECT table_name FROM duckdb_tables()")
    assert probe(live) is None


def test_what_feeds_still_list_comes_back_with_the_next_cycle(make_home: MakeHome, httpserver: HTTPServer) -> None:
    home = make_quick_home(make_home, serve_stories(httpserver, 3))
    run_cycle(make_job(home))
    with make_job(home).open_warehouse() as warehouse:
        before = warehouse.load_ids("SELECT version_id FROM article_version")
    find_warehouse(home).unlink()  # all of it in a log that was moved aside

    run_cycle(make_job(home, NOW + HOUR))

    with make_job(home).open_warehouse() as warehouse:
        assert warehouse.load_ids("SELECT version_id FROM article_version") == before != set()
        assert count(warehouse, "run") == 1


def test_journal_survives_a_line_that_was_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    run = Run(run_id="a", flow="run", started_at=NOW)
    note_run(path, run)
    with find_journal(path).open("ab") as file:
        file.write(b'{"run_id": "b", "fl')
    assert [line.run_id for line in read_journal(path)] == ["a"]
    assert read_journal(tmp_path / "none") == []


def test_sound_warehouse_is_left_alone(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = find_log(home).read_bytes()
    found = recover(home, capsys)
    assert (found["damage"], found["missing_runs"]) == (None, [])
    assert find_log(home).read_bytes() == log
    with duckdb.connect(str(find_warehouse(home)), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM run").fetchall() == [(2,)]
