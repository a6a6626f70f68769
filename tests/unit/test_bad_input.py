"""Bad input through the real stages: each failure is one row with its reason, and costs nothing else."""

from __future__ import annotations

import io
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from conftest import describe_feed, render_page, render_rss
from pytest_httpserver import HTTPServer
from warehouse_samples import save_changes

from volteface.config import load_config
from volteface.models import (
    Article,
    ArticleVersion,
    Basis,
    ChangeKind,
    ChangeState,
    ExtractOutcome,
    FeedFetch,
    FetchOutcome,
    PageFetch,
    ParseStatus,
    Passage,
    PositionChange,
    QuoteType,
    Stance,
    Statement,
    identify,
)
from volteface.stages.collect import PollReport, poll_feeds
from volteface.stages.deliver import deliver_alerts
from volteface.stages.job import Job
from volteface.stages.read import ReadReport, read_articles

NOW = datetime(2024, 3, 27, 20, tzinfo=UTC)
MakeHome = Callable[..., Path]
PARAGRAPHS = [
    "Benjamin Netanyahu said on Wednesday that a delegation to Washington had not been approved, his office reported.",
    "The talks on Rafah were to be held this week, and no other date has been found for them so far, officials said.",
    "More than a million people have taken shelter in the city, which lies on the border of the Gaza Strip with Egypt.",
]


class Clock:
    """A clock that a test sets."""

    def __init__(self, instant: datetime = NOW) -> None:
        self.instant = instant

    def __call__(self) -> datetime:
        return self.instant


@pytest.fixture
def clock() -> Clock:
    return Clock()


def make_job(home: Path, clock: Clock) -> Job:
    return Job(load_config(home), clock=clock, environ={}, stream=io.StringIO())


def serve_feed(server: HTTPServer, path: str, pages: list[str]) -> str:
    """Serve an RSS feed that lists these pages, each in scope by its title; return its address."""
    items = [
        (f"Netanyahu and Rafah, part {page}", server.url_for(page), "Wed, 27 Mar 2024 12:00:00 GMT") for page in pages
    ]
    server.expect_request(path).respond_with_data(
        render_rss(server.url_for("/"), items), content_type="application/rss+xml"
    )
    return server.url_for(path)


def serve_page(server: HTTPServer, path: str) -> None:
    page = render_page(f"Netanyahu and Rafah, part {path}", PARAGRAPHS)
    server.expect_request(path).respond_with_data(page, content_type="text/html; charset=utf-8")


def by_feed(report: PollReport) -> dict[str, FeedFetch]:
    return {row.feed_id: row for row in report.fetches}


def by_path(report: ReadReport) -> dict[str, PageFetch]:
    return {"/" + row.url.split("/", 3)[3]: row for row in report.fetches}


def find_closed_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def listen(answer: bytes) -> Iterator[str]:
    """Serve raw bytes, whatever is asked, then hang up; yield the address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(65536)
                    connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/feed"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


# ----------------------------------------------------------------------------------------------------------------- feeds
def test_bad_feeds_are_rows_with_reasons_and_cost_the_good_one_nothing(
    make_home: MakeHome, httpserver: HTTPServer, clock: Clock
) -> None:
    httpserver.expect_request("/html").respond_with_data("<!doctype html><html><body>Sign in</body></html>")
    httpserver.expect_request("/empty").respond_with_data(b"")
    httpserver.expect_request("/broken").respond_with_data(b"", status=500)
    feeds = {
        "dead-host": f"http://127.0.0.1:{find_closed_port()}/rss",
        "missing": httpserver.url_for("/nothing-here"),
        "html": httpserver.url_for("/html"),
        "empty": httpserver.url_for("/empty"),
        "broken": httpserver.url_for("/broken"),
        "good": serve_feed(httpserver, "/rss", ["/one", "/two"]),
    }
    httpserver.expect_request("/nothing-here").respond_with_data("gone", status=404)
    home = make_home([describe_feed(feed_id, url) for feed_id, url in feeds.items()])
    job = make_job(home, clock)

    report = poll_feeds(job, "run-1")

    rows = by_feed(report)
    assert (rows["dead-host"].outcome, rows["dead-host"].http_status) == (FetchOutcome.NETWORK_ERROR, None)
    assert (rows["missing"].outcome, rows["missing"].http_status) == (FetchOutcome.HTTP_ERROR, 404)
    assert (rows["broken"].outcome, rows["broken"].http_status) == (FetchOutcome.HTTP_ERROR, 500)
    assert (rows["html"].outcome, rows["html"].parse_status) == (FetchOutcome.OK, ParseStatus.FAILED)
    assert (rows["empty"].outcome, rows["empty"].parse_status) == (FetchOutcome.OK, ParseStatus.FAILED)
    for feed_id in ("dead-host", "missing", "broken", "html", "empty"):
        assert rows[feed_id].error, feed_id
        assert "\n" not in rows[feed_id].error, "a reason is one line"
        assert rows[feed_id].entry_count == 0
    assert "HTML" in rows["html"].error
    assert (rows["good"].parse_status, rows["good"].error, rows["good"].new_entry_count) == (ParseStatus.OK, None, 2)
    assert report.counts["feeds_failed"] == 5
    with job.open_warehouse() as warehouse:
        assert len(warehouse.load_unfetched_articles(10)) == 2
        states = warehouse.load_feed_states()
    assert {feed_id for feed_id, state in states.items() if state.failure_count == 0} == {"good"}


def test_bad_feed_that_recovers_is_read_in_full(make_home: MakeHome, httpserver: HTTPServer, clock: Clock) -> None:
    httpserver.expect_ordered_request("/rss").respond_with_data("<html><body>Maintenance</body></html>")
    url = httpserver.url_for("/rss")
    job = make_job(make_home([describe_feed("moody", url)]), clock)
    assert by_feed(poll_feeds(job, "run-1"))["moody"].parse_status is ParseStatus.FAILED

    httpserver.clear()
    serve_feed(httpserver, "/rss", ["/one", "/two", "/three"])
    clock.instant += timedelta(hours=1)
    report = poll_feeds(job, "run-2")

    assert by_feed(report)["moody"].new_entry_count == 3


def test_bad_feed_waits_longer_after_each_failure(make_home: MakeHome, clock: Clock) -> None:
    url = f"http://127.0.0.1:{find_closed_port()}/rss"
    job = make_job(make_home([describe_feed("dead", url)]), clock)
    polled = 0
    for _ in range(16):  # every half hour for eight hours
        polled += len(poll_feeds(job, f"run-{clock.instant:%H%M}").fetches)
        clock.instant += timedelta(minutes=30)
    assert polled == 5, "after 0, 30, 90, 210 and 450 minutes"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x00\xff\xfe this is no HTTP \r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<rss>",
        b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n",
    ],
    ids=["hangs-up", "no-http", "cut-off", "redirect-to-a-file"],
)
def test_bad_server_is_an_outcome(make_home: MakeHome, httpserver: HTTPServer, clock: Clock, answer: bytes) -> None:
    good = serve_feed(httpserver, "/rss", ["/one"])
    with listen(answer) as bad:
        job = make_job(make_home([describe_feed("bad", bad), describe_feed("good", good)]), clock)
        rows = by_feed(poll_feeds(job, "run-1"))
    assert rows["bad"].outcome in {FetchOutcome.NETWORK_ERROR, FetchOutcome.REFUSED}
    assert rows["bad"].error
    assert rows["good"].new_entry_count == 1


# ----------------------------------------------------------------------------------------------------------------- pages
def test_bad_pages_are_rows_with_reasons_and_cost_the_good_one_nothing(
    make_home: MakeHome, httpserver: HTTPServer, clock: Clock
) -> None:
    feed = serve_feed(httpserver, "/rss", ["/good", "/missing", "/empty", "/picture"])
    serve_page(httpserver, "/good")
    httpserver.expect_request("/missing").respond_with_data("gone", status=404)
    httpserver.expect_request("/empty").respond_with_data("<html><body></body></html>", content_type="text/html")
    httpserver.expect_request("/picture").respond_with_data(b"\x89PNG\r\n\x1a\n" + bytes(64), content_type="image/png")
    job = make_job(make_home([describe_feed("good", feed)]), clock)
    poll_feeds(job, "run-1")

    report = read_articles(job, "run-1")

    rows = by_path(report)
    assert (rows["/missing"].outcome, rows["/missing"].extract_outcome) == (FetchOutcome.HTTP_ERROR, None)
    assert rows["/empty"].extract_outcome is ExtractOutcome.EMPTY
    assert rows["/picture"].extract_outcome is ExtractOutcome.NOT_HTML
    assert (rows["/good"].extract_outcome, rows["/good"].error) == (ExtractOutcome.OK, None)
    for path in ("/missing", "/empty", "/picture"):
        assert rows[path].error, path
    assert (report.version_count, report.counts["pages_failed"]) == (1, 3)


def test_bad_page_is_tried_three_times_in_all(make_home: MakeHome, httpserver: HTTPServer, clock: Clock) -> None:
    feed = serve_feed(httpserver, "/rss", ["/flaky"])
    httpserver.expect_request("/flaky").respond_with_data("try later", status=503)
    job = make_job(make_home([describe_feed("good", feed)]), clock)
    poll_feeds(job, "run-0")
    tries = []
    for run in range(5):
        tries.append(len(read_articles(job, f"run-{run}").fetches))
        clock.instant += timedelta(minutes=30)
    assert tries == [1, 1, 1, 0, 0]


def test_bad_page_that_recovers_is_read(make_home: MakeHome, httpserver: HTTPServer, clock: Clock) -> None:
    feed = serve_feed(httpserver, "/rss", ["/flaky"])
    httpserver.expect_oneshot_request("/flaky").respond_with_data("try later", status=503)
    serve_page(httpserver, "/flaky")
    job = make_job(make_home([describe_feed("good", feed)]), clock)
    poll_feeds(job, "run-1")
    assert read_articles(job, "run-1").version_count == 0
    clock.instant += timedelta(minutes=30)
    assert read_articles(job, "run-2").version_count == 1


# ---------------------------------------------------------------------------------------------------------------- alerts
def store_changes(job: Job, count: int) -> None:
    """Store so many confirmed changes with the statements and articles that they stand on."""
    text = "The delegation will go, the office said. The delegation will not go, the office said."
    halves = [(0, 40), (41, len(text))]
    articles, versions, passages, statements, changes = [], [], [], [], []
    for number in range(count):
        article_id, version_id = identify("article", number), identify("version", number)
        articles.append(
            Article(
                article_id=article_id, feed_id="good", outlet="Good", url=f"https://good.example/{number}",
                canonical_url=f"https://good.example/{number}", title="A trip", first_seen_at=NOW, published_at=NOW,
                published_at_basis="feed",
            )
        )  # fmt: skip
        versions.append(
            ArticleVersion(
                version_id=version_id, article_id=article_id, version_number=1, seen_at=NOW, title="A trip", text=text,
                text_sha256=identify(text), text_basis="page", extractor="test", language="en", raw_sha256=None,
            )
        )  # fmt: skip
        passages.append(
            Passage(
                article_id=article_id, version_id=version_id, origin_id=version_id, outlet="Good", title="A trip",
                text=text, published_at=NOW, known_from=NOW,
            )
        )  # fmt: skip
        pair = [
            Statement(
                statement_id=identify("statement", number, start), article_id=article_id, version_id=version_id,
                origin_id=version_id, actor_id="israel-government", speaker_text="the office",
                issue_id="delegation-to-washington", stance=stance, strength=2, basis=Basis.ON_RECORD,
                quote_type=QuoteType.INDIRECT, evidence=text[start:end], evidence_start=start, evidence_end=end,
                stated_at=NOW, known_from=NOW, confidence=0.9, rule_id="test", model_version="test",
            )
            for (start, end), stance in zip(halves, (Stance.SUPPORT, Stance.OPPOSE), strict=True)
        ]  # fmt: skip
        statements += pair
        changes.append(
            PositionChange(
                change_id=identify("change", number), kind=ChangeKind.FLIP, state=ChangeState.CONFIRMED,
                actor_id="israel-government", issue_id="delegation-to-washington", basis=Basis.ON_RECORD,
                before_statement_id=pair[0].statement_id, after_statement_id=pair[1].statement_id, changed_at=NOW,
                known_from=NOW, confidence=0.9, summary="a flip",
            )
        )  # fmt: skip
    with job.open_warehouse() as warehouse:
        warehouse.save_dimensions(job.config)
        warehouse.save_articles(articles)
        warehouse.save_versions(versions)
        warehouse.save_tagged(passages, "test", statements, [], NOW)
        save_changes(warehouse, *changes)


@pytest.fixture
def alerting(make_home: MakeHome, clock: Clock) -> Job:
    """A job with a console that works and a file channel whose folder cannot be made."""
    home = make_home([describe_feed("good", "https://good.example/rss")])
    channels = [{"id": "screen", "kind": "console"}, {"id": "file", "kind": "file", "path": "blocked/alerts.jsonl"}]
    (home / "config" / "channels.yml").write_text(yaml.safe_dump({"channels": channels}))
    (home / "blocked").write_text("a file stands where the folder should be")
    return make_job(home, clock)


def read_alerts(job: Job) -> list[dict]:
    path = job.config.home / "blocked" / "alerts.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_alerts_of_a_channel_that_is_down_stay_pending_and_the_other_channel_does_not_wait(
    alerting: Job, clock: Clock
) -> None:
    store_changes(alerting, 3)

    report = deliver_alerts(alerting, "run-1")

    assert (report.queued_count, report.sent_count, len(report.failures)) == (6, 3, 3)
    assert all("file" in failure and "\n" not in failure for failure in report.failures)
    with alerting.open_warehouse() as warehouse:
        waiting = warehouse.load_due_deliveries(clock.instant + timedelta(days=1))
    assert [(delivery.channel_id, delivery.attempt_count) for _, delivery in waiting] == [("file", 1)] * 3
    assert all(delivery.last_error for _, delivery in waiting)


def test_alerts_are_retried_in_the_next_run_and_sent_once_when_the_channel_is_back(alerting: Job, clock: Clock) -> None:
    store_changes(alerting, 3)
    deliver_alerts(alerting, "run-1")
    (alerting.config.home / "blocked").unlink()
    clock.instant += timedelta(minutes=30)

    second = deliver_alerts(alerting, "run-2")
    third = deliver_alerts(alerting, "run-3")

    assert (second.queued_count, second.sent_count, second.failures) == (0, 3, ())
    assert (third.queued_count, third.sent_count, third.failures) == (0, 0, ())
    assert len(read_alerts(alerting)) == 3


def test_alerts_of_a_full_queue_all_arrive_once_the_channel_is_back(alerting: Job, clock: Clock) -> None:
    store_changes(alerting, 130)
    with alerting.hold_warehouse():  # one connection: opening the file for each of 400 attempts takes half a minute
        for run in range(3):
            deliver_alerts(alerting, f"down-{run}")
            clock.instant += timedelta(minutes=30)
        (alerting.config.home / "blocked").unlink()
        for run in range(6):
            clock.instant += timedelta(hours=7)  # beyond the longest wait
            deliver_alerts(alerting, f"up-{run}")

    alerts = read_alerts(alerting)
    assert len(alerts) == 130
    assert len({alert["alert_key"] for alert in alerts}) == 130
    screen = alerting.stream.getvalue()
    assert screen.count("good.example") >= 130
    with alerting.open_warehouse() as warehouse:
        assert warehouse.load_due_deliveries(clock.instant + timedelta(days=30)) == []


def test_alerts_given_up_after_the_last_attempt_are_kept(alerting: Job, clock: Clock) -> None:
    policy = alerting.config.settings.alerts.model_copy(update={"max_attempts": 2})
    alerting.config = replace(alerting.config, settings=alerting.config.settings.model_copy(update={"alerts": policy}))
    store_changes(alerting, 1)
    for run in range(4):
        deliver_alerts(alerting, f"run-{run}")
        clock.instant += timedelta(hours=7)
    with alerting.open_warehouse() as warehouse:
        rows = warehouse.query("SELECT channel_id, state, attempt_count, last_error FROM delivery ORDER BY channel_id")
    assert [(row["channel_id"], row["state"], row["attempt_count"]) for row in rows] == [
        ("file", "dead", 2),
        ("screen", "sent", 1),
    ]
    assert rows[0]["last_error"]
