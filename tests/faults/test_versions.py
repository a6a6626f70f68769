"""F15, F20: edits are revisions, a page's clockwork is flapping; a page without an article leaves the feed's own words."""

from __future__ import annotations

from itertools import count as counting
from pathlib import Path

import pytest
import yaml
from conftest import describe_feed, render_page
from pytest_httpserver import HTTPServer
from stored_home import HOUR, NOW, MakeHome, make_job, make_quick_home
from werkzeug import Response

from volteface.articles.versions import MAX_VERSIONS
from volteface.stages.collect import poll_feeds
from volteface.stages.cycle import run_cycle
from volteface.stages.read import read_articles

SUMMARY = "The prime minister said on Wednesday that he opposes any operation in Rafah before the talks are over."
ITEM = "<item><title>Rafah</title><link>{url}</link><guid>{url}</guid><description>{summary}</description></item>"


@pytest.fixture
def home(make_home: MakeHome, httpserver: HTTPServer) -> Path:
    items = ITEM.format(url=httpserver.url_for("/page"), summary=SUMMARY)
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'
    httpserver.expect_request("/feed").respond_with_data(feed, content_type="application/rss+xml")
    feeds = [describe_feed("paper", httpserver.url_for("/feed"), in_scope=True)]
    home = make_quick_home(make_home, feeds, file={"kind": "file", "path": "told.jsonl"})
    path = home / "config" / "settings.yml"
    settings = yaml.safe_load(path.read_text())
    settings["collection"]["recheck_hours"] = list(range(1, 40))
    path.write_text(yaml.safe_dump(settings))
    return home


def serve_changing(httpserver: HTTPServer, line: str) -> None:
    numbers = counting()
    words = ["The prime minister said that he opposes an operation in Rafah.", "Nobody else was asked on that day."] * 2

    def answer(_request: object) -> Response:
        page = render_page("Rafah", [*words, line.format(n=next(numbers))])
        return Response(page, content_type="text/html")

    httpserver.expect_request("/page").respond_with_handler(answer)


def read_for_hours(home: Path, hours: int) -> tuple[list[object], list[object]]:
    job = make_job(home)
    with job.hold_workers():
        poll_feeds(job, "poll")
        for hour in range(hours):
            now = NOW + hour * HOUR
            job.clock = lambda: now  # noqa: B023 -- used within this turn
            read_articles(job, f"run{hour}")
    with make_job(home).open_warehouse() as warehouse:
        versions = warehouse.query("SELECT version_number AS n FROM article_version ORDER BY ALL")
        outcomes = warehouse.query("SELECT extract_outcome AS o FROM page_fetch ORDER BY fetched_at")
    return [row["n"] for row in versions], [row["o"] for row in outcomes]


def test_text_that_changes_at_every_look_is_flapping_after_24_revisions(home: Path, httpserver: HTTPServer) -> None:
    serve_changing(httpserver, "The count of those who signed the letter has reached {n} people by now, it was said.")
    versions, outcomes = read_for_hours(home, 27)
    assert versions == list(range(1, MAX_VERSIONS + 1))
    assert outcomes == ["ok"] * MAX_VERSIONS + ["flapping"] * (27 - MAX_VERSIONS)


def test_clock_in_a_page_makes_no_revision(home: Path, httpserver: HTTPServer) -> None:
    serve_changing(httpserver, "Updated 10:{n:02} GMT")
    versions, outcomes = read_for_hours(home, 5)
    assert (versions, outcomes) == ([1], ["ok"] * 5)


def test_edit_that_changes_no_position_alerts_nobody(home: Path, httpserver: HTTPServer) -> None:
    serve_changing(httpserver, "The letter has {n} pages.")
    for hour in (0, 1):
        report = run_cycle(make_job(home, NOW + hour * HOUR), with_publish=False)
    assert (report.run.counts["versions_new"], report.run.counts["alerts_queued"]) == (1, 0)


def test_page_without_an_article_leaves_the_feeds_summary_until_the_page_is_read(
    home: Path, httpserver: HTTPServer
) -> None:
    pages = iter(["<html><body><p>Accept cookies</p></body></html>"] * 2)
    article = render_page("Rafah", ["He said that he opposes an operation in Rafah before the talks."] * 3)
    httpserver.expect_request("/page").respond_with_handler(
        lambda _request: Response(next(pages, article), content_type="text/html")
    )
    poll_feeds(make_job(home), "poll")
    for hour in range(3):
        read_articles(make_job(home, NOW + hour * HOUR), f"run{hour}")
    with make_job(home).open_warehouse() as warehouse:
        versions = warehouse.query("SELECT text_basis, text, raw_sha256 FROM article_version ORDER BY version_number")
        outcomes = warehouse.query("SELECT extract_outcome AS o FROM page_fetch ORDER BY fetched_at")
    assert [(row["text_basis"], row["raw_sha256"] is None) for row in versions] == [
        ("feed_summary", True),
        ("page", False),
    ]
    assert versions[0]["text"] == SUMMARY
    assert [row["o"] for row in outcomes] == ["empty", "empty", "ok"]  # what the page held is not glossed over
