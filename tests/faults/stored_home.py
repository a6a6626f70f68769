"""A home whose one feed lists own-worded articles on loopback, read by the rules alone: cycles that take a second."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import yaml
from conftest import ROOT, describe_feed, render_page, render_rss
from pytest_httpserver import HTTPServer

from volteface.adapters.warehouse import Warehouse
from volteface.config import Config, load_config
from volteface.models import Alert
from volteface.stages.job import Job

MakeHome = Callable[..., Path]
NOW = datetime(2024, 4, 2, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
QUICK = {"model": "blank", "stances": "rules", "events": False, "isolated": False}
STORIES = sorted((ROOT / "tests" / "golden" / "scenario").glob("*.json"))


def serve_stories(httpserver: HTTPServer, count: int = 14) -> list[dict[str, object]]:
    """Serve so many of the scenario's articles and a feed that lists them; return the feed's row of feeds.yml."""
    items = []
    for path in STORIES[:count]:
        article = json.loads(path.read_text(encoding="utf-8"))
        page = render_page(article["title"], article["paragraphs"], article["published_at"])
        httpserver.expect_request(f"/{path.stem}").respond_with_data(page, content_type="text/html; charset=utf-8")
        items.append((article["title"], httpserver.url_for(f"/{path.stem}"), article["published_at"]))
    rss = render_rss(httpserver.url_for("/"), items)
    httpserver.expect_request("/feed").respond_with_data(rss, content_type="application/rss+xml")
    return [describe_feed("scenario", httpserver.url_for("/feed"), in_scope=True)]


def make_quick_home(make_home: MakeHome, feeds: list[dict[str, object]], **channels: dict[str, object]) -> Path:
    """Make a home that is read by the rules alone; ``channels`` are rows of channels.yml by id."""
    home = make_home(feeds)
    path = home / "config" / "settings.yml"
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text()) | {"language": QUICK}))
    rows = [{"id": name, **row} for name, row in channels.items()]
    (home / "config" / "channels.yml").write_text(yaml.safe_dump({"channels": rows}))
    return home


@cache
def _load(home: Path) -> Config:
    return load_config(home)


def make_job(home: Path, now: datetime = NOW, **more: object) -> Job:
    """Return a job whose clock stands."""
    return Job(_load(home), clock=lambda: now, wait_seconds=1, **more)  # type: ignore[arg-type]


def make_alert(number: int, channel: str) -> Alert:
    """Return an alert of no change."""
    return Alert(
        alert_key=f"{number:020x}",
        change_id="",
        channel_id=channel,
        created_at=NOW,
        subject=f"Alert {number}",
        body=f"words\n\nalert {number:020x}",
        payload_json=json.dumps({"alert_key": f"{number:020x}"}),
    )


def find_warehouse(home: Path) -> Path:
    """Return the live file."""
    return home / "warehouse" / "news.duckdb"


def count(warehouse: Warehouse, table: str) -> int:
    """Return how many rows a table has."""
    return int(str(warehouse.query(f"SELECT count(*) AS n FROM {table}")[0]["n"]))
