"""F40, F20: collecting that is dead, a feed that is silent and a feed without articles are told; nothing else is."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import describe_feed, render_rss
from pytest_httpserver import HTTPServer
from stored_home import HOUR, NOW, MakeHome, make_job, make_quick_home

from volteface.cli import main
from volteface.feeds.health import find_notices
from volteface.models import Article, FeedFetch, FeedRecord, FeedState, FetchOutcome, NoticeKind, PageFetch
from volteface.models import ExtractOutcome as Extract
from volteface.stages.deliver import deliver_alerts
from volteface.stages.watch import queue_notices

INTERVAL = HOUR / 2
DAY = 24 * HOUR


def make_record(**more: object) -> FeedRecord:
    values: dict[str, object] = {
        "feed_id": "a",
        "first_polled_at": NOW - 60 * DAY,
        "succeeded_at": NOW,
        "yielded_at": NOW,
        "gap_count": 50,
        "median_gap": 3600.0,
        "longest_gap": 3600.0,
        "page_count": 20,
        "empty_count": 0,
        **more,
    }
    return FeedRecord(**values)  # type: ignore[arg-type]


def find_kinds(*records: FeedRecord) -> list[tuple[NoticeKind, str | None]]:
    return [(notice.kind, notice.feed_id) for notice in find_notices(records, NOW, INTERVAL)]


def test_healthy_feeds_are_no_news() -> None:
    assert find_kinds(make_record(), make_record(feed_id="b")) == []
    assert find_kinds() == []


@pytest.mark.parametrize(("age", "expected"), [(INTERVAL * 3, False), (INTERVAL * 3 + timedelta(seconds=1), True)])
def test_collecting_is_dead_after_three_intervals_without_a_successful_poll(age: timedelta, expected: bool) -> None:
    found = find_kinds(make_record(succeeded_at=NOW - age), make_record(feed_id="b", succeeded_at=None))
    assert found == ([(NoticeKind.NO_POLL_SUCCEEDS, None)] if expected else [])


def test_feeds_that_never_could_be_polled_are_dead_too() -> None:
    assert find_kinds(make_record(first_polled_at=NOW - HOUR, succeeded_at=None)) == []
    assert find_kinds(make_record(first_polled_at=NOW - 2 * HOUR, succeeded_at=None)) != []


@pytest.mark.parametrize(
    ("hours", "more", "expected"),
    [
        (7, {}, False),
        (7.1, {}, True),
        (7.1, {"longest_gap": 9 * 3600.0}, False),  # every night is as long
        (9.1, {"longest_gap": 9 * 3600.0}, True),
        (100, {"gap_count": 7}, False),  # too little is known of it
        (100, {"median_gap": None, "gap_count": 0}, False),
        (1.5, {"median_gap": 60.0, "longest_gap": 60.0}, False),  # three intervals at least
    ],
)
def test_feed_is_silent_after_seven_of_its_median_gaps(hours: float, more: dict[str, object], expected: bool) -> None:
    found = find_kinds(make_record(yielded_at=NOW - timedelta(hours=hours), **more), make_record(feed_id="b"))
    assert found == ([(NoticeKind.SOURCE_SILENT, "a")] if expected else [])


@pytest.mark.parametrize(("pages", "empty", "expected"), [(20, 10, False), (20, 11, True), (19, 19, False)])
def test_feed_is_empty_when_most_of_twenty_pages_hold_no_article(pages: int, empty: int, expected: bool) -> None:
    found = find_kinds(make_record(page_count=pages, empty_count=empty))
    assert found == ([(NoticeKind.SOURCE_EMPTY, "a")] if expected else [])


@pytest.fixture
def home(make_home: MakeHome, httpserver: HTTPServer) -> Path:
    feed = render_rss(httpserver.url_for("/"), [])
    httpserver.expect_request("/feed").respond_with_data(feed, content_type="application/rss+xml")
    feeds = [describe_feed("scenario", httpserver.url_for("/feed"))]
    return make_quick_home(make_home, feeds, file={"kind": "file", "path": "told.jsonl"})


def fill(home: Path, *, succeeded_at: object = NOW, empty: int = 0) -> None:
    """Store ten polls, an hour apart, that each brought something, the last one nine hours ago; and twenty pages."""
    job = make_job(home)
    with job.open_warehouse() as warehouse:
        warehouse.save_dimensions(job.config)
        warehouse.save_feed_fetches(
            [
                FeedFetch(
                    fetch_id=str(hour),
                    feed_id="scenario",
                    run_id="r",
                    fetched_at=NOW - hour * HOUR,
                    outcome=FetchOutcome.OK,
                    http_status=200,
                    parse_status=None,
                    entry_count=3,
                    new_entry_count=1 if hour >= 9 else 0,
                    in_scope_count=0,
                    body_sha256=None,
                    duration_ms=1,
                    error=None,
                )
                for hour in range(20)
            ]
        )
        warehouse.save_feed_states([FeedState(feed_id="scenario", polled_at=NOW, succeeded_at=succeeded_at)])  # type: ignore[arg-type]
        pages = range(20) if empty else ()
        urls = [f"https://a.example/{n}" for n in pages]
        warehouse.save_articles(
            [
                Article(
                    article_id=url,
                    feed_id="scenario",
                    outlet="Scenario",
                    url=url,
                    canonical_url=url,
                    title="",
                    first_seen_at=NOW,
                    published_at=None,
                    published_at_basis="none",
                )
                for url in urls
            ]
        )
        warehouse.save_page_fetches(
            [
                PageFetch(
                    fetch_id=url,
                    article_id=url,
                    run_id="r",
                    url=url,
                    fetched_at=NOW,
                    outcome=FetchOutcome.OK,
                    http_status=200,
                    extract_outcome=Extract.EMPTY if number < empty else Extract.OK,
                    error=None,
                )
                for number, url in enumerate(urls)
            ]
        )


def read_told(home: Path) -> list[dict[str, object]]:
    return [json.loads(line)["notice"] for line in (home / "told.jsonl").read_text().splitlines()]


def test_silent_feed_is_told_once_and_again_when_it_falls_silent_again(home: Path) -> None:
    fill(home)
    deliver_alerts(make_job(home), "")
    deliver_alerts(make_job(home, NOW + INTERVAL), "")
    (told,) = read_told(home)
    assert (told["kind"], told["feed_id"]) == ("source_silent", "scenario")
    assert "every 1.0 hours" in str(told["text"])


def test_dead_collecting_is_told_through_the_channels_and_by_doctors_exit_code(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(home, succeeded_at=NOW - 2 * HOUR)
    deliver_alerts(make_job(home), "")
    assert [told["kind"] for told in read_told(home)] == ["no_poll_succeeds"]
    with pytest.raises(SystemExit) as stopped:
        main(["--home", str(home), "doctor", "--json"])
    assert stopped.value.code == 2
    wrong = [c for c in json.loads(capsys.readouterr().out) if c["name"] == "collecting"]
    assert [c["status"] for c in wrong] == ["wrong"]


def test_feed_without_articles_is_told_once_a_week(home: Path) -> None:
    fill(home, succeeded_at=NOW + DAY, empty=11)
    for hours in (0, 1, 6):
        queue_notices(make_job(home, NOW + hours * HOUR))
    with make_job(home).open_warehouse() as warehouse:
        assert warehouse.load_ids("SELECT subject FROM alert") == {
            "Collecting: source empty: scenario",
            "Collecting: source silent: scenario",
        }
        assert warehouse.load_ids("SELECT change_state FROM alert") == {"notice"}


def test_channel_that_wants_no_notices_gets_none_and_a_replay_gives_none(make_home: MakeHome) -> None:
    home = make_quick_home(
        make_home,
        [describe_feed("scenario", "http://127.0.0.1:1/")],
        file={"kind": "file", "path": "told.jsonl", "notices": False},
    )
    fill(home)
    assert queue_notices(make_job(home)) == 0
    assert queue_notices(make_job(home, capture=False)) == 0
