"""The main job from the command line: run, run again, replay what was kept, and what stands in the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, describe_feed, render_page, render_rss
from pytest_httpserver import HTTPServer

from volteface.adapters.warehouse import Warehouse
from volteface.cli import main
from volteface.config import load_config
from volteface.stages.job import open_warehouse, place_under

ARTICLES = sorted((ROOT / "tests" / "golden" / "scenario").glob("*.json"))


@pytest.fixture
def home(make_home: Callable[..., Path], httpserver: HTTPServer) -> Path:
    """Make a home whose one feed lists the scenario's articles, served on loopback."""
    items = []
    for path in ARTICLES:
        article = json.loads(path.read_text(encoding="utf-8"))
        page = render_page(article["title"], article["paragraphs"], article["published_at"])
        httpserver.expect_request(f"/{path.stem}").respond_with_data(page, content_type="text/html; charset=utf-8")
        items.append((article["title"], httpserver.url_for(f"/{path.stem}"), article["published_at"]))
    rss = render_rss(httpserver.url_for("/"), items)
    httpserver.expect_request("/feed").respond_with_data(rss, content_type="application/rss+xml")
    return make_home([describe_feed("scenario", httpserver.url_for("/feed"))])


def run(home: Path, *arguments: str) -> None:
    """Call the program as a user does."""
    main(["--home", str(home), *arguments])


def read_sums(capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    """Return what --json printed last."""
    return dict(json.loads(capsys.readouterr().out.splitlines()[-1]))


def load_statement_ids(warehouse: Warehouse) -> set[object]:
    """Return the ids of all statements."""
    return {row["statement_id"] for row in warehouse.query("SELECT statement_id FROM statement")}


def test_run_once_needs_no_server_and_converges(home: Path, capsys: pytest.CaptureFixture[str]):
    """The first run reads, tags and alerts; the second, within the feed's interval, does nothing."""
    run(home, "run", "--once", "--json")
    first = read_sums(capsys)
    run(home, "run", "--once", "--json")
    second = read_sums(capsys)

    assert first["articles_tagged"] == first["versions_new"] > 8
    assert first["statements"] > 10
    assert first["alerts_sent"] > 0
    assert {second[name] for name in ("feeds_polled", "articles_tagged", "statements", "alerts_sent")} == {0}
    assert (home / "warehouse" / "snapshot.duckdb").is_file()


def test_a_runs_own_capture_replays_to_the_same_statements(home: Path, capsys: pytest.CaptureFixture[str]):
    """What a run kept as WARC drives the same code offline, to the same statements."""
    run(home, "run", "--once", "--no-alerts", "--json")
    run(home, "replay", str(home / "warehouse" / "captures"), "--into", str(home / "again"), "--no-alerts", "--json")

    assert read_sums(capsys)["articles_tagged"] > 8
    config = load_config(home)
    with open_warehouse(config) as live, open_warehouse(place_under(config, home / "again")) as replayed:
        assert load_statement_ids(live) == load_statement_ids(replayed) != set()


def test_dry_run_names_the_due_feeds_and_asks_nobody(
    home: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
):
    """--dry-run prints the feeds that a run would poll, and sends no request."""
    run(home, "run", "--once", "--dry-run")

    assert capsys.readouterr().out == f"scenario\t{httpserver.url_for('/feed')}\n"
    assert httpserver.log == []


def test_a_locked_warehouse_is_one_clear_line(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """Somebody else is writing: the program says who and stops with code 2; nothing is lost."""
    monkeypatch.setattr("volteface.commands.run.WAIT_SECONDS", 0.2)

    with open_warehouse(load_config(home)), pytest.raises(SystemExit) as stopped:
        run(home, "run", "--once")

    assert stopped.value.code == 2
    error = capsys.readouterr().err
    assert "another run is writing" in error
    assert len(error.splitlines()) == 1
