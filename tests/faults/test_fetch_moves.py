"""F4, F8, F16, F17: redirects, moves for good, addresses that are gone, and servers that answer 304 for ever."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from conftest import describe_feed, render_rss
from hostile_hosts import NOW, fetch, say, serve
from pytest_httpserver import HTTPServer

from volteface.adapters.archive import CaptureReader
from volteface.config import load_config
from volteface.models import FeedState, FetchOutcome, ParseStatus
from volteface.stages.collect import poll_feeds
from volteface.stages.job import Job

MakeHome = Callable[..., Path]
DAY = timedelta(days=1)
RSS = {"content_type": "application/rss+xml"}


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.instant = NOW

    def __call__(self) -> datetime:
        return self.instant


@pytest.fixture
def clock() -> Clock:
    return Clock()


def make_job(make_home: MakeHome, clock: Clock, url: str) -> Job:
    return Job(load_config(make_home([describe_feed("one", url)])), clock=clock, capture=False)


def poll(job: Job, clock: Clock, times: int, every: timedelta) -> list[FetchOutcome]:
    """Poll so often; return what came of each poll that was made."""
    outcomes = []
    for number in range(times):
        outcomes += [row.outcome for row in poll_feeds(job, f"run-{clock.instant}-{number}").fetches]
        clock.instant += every
    return outcomes


def load_state(job: Job) -> FeedState:
    with job.open_warehouse() as warehouse:
        return warehouse.load_feed_states()["one"]


def redirect(server: HTTPServer, path: str, status: int, target: str) -> None:
    server.expect_request(path).respond_with_data("", status=status, headers={"Location": target})


def count_paths(server: HTTPServer) -> Counter[str]:
    return Counter(request.path for request, _ in server.log)


# ----------------------------------------------------------------------------------------------------------- redirects
@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "file://localhost/etc/passwd", "FILE:///etc/passwd", " file:///etc/passwd", "/../../etc/passwd",
     "ftp://a.example/", "data:text/plain,x", "gopher://127.0.0.1:6379/_x", "javascript:alert(1)", "//", "http://", "http:///x",
     "http://[::1", "http://a b/", "\x00", "unix:/var/run/x.sock"],
)  # fmt: skip
def test_redirect_to_anything_but_the_web_brings_no_body(target: str):
    hops: list[bytes] = []

    def answer(connection: object, request: bytes) -> None:
        hops.append(request)
        first = f"HTTP/1.1 302 Found\nLocation: {target}\nContent-Length: 0"
        say(first if len(hops) == 1 else "HTTP/1.1 404 Not Found\nContent-Length: 0")(connection, request)  # type: ignore[arg-type]

    with serve(answer) as url:  # type: ignore[arg-type]
        result = fetch(url)

    assert result.outcome in {FetchOutcome.REFUSED, FetchOutcome.NETWORK_ERROR, FetchOutcome.HTTP_ERROR}
    assert (result.body, result.body_sha256) == (None, None)
    assert result.duration_ms < 1_000


def test_redirects_end_after_five_hops(httpserver: HTTPServer):
    for number in range(9):
        redirect(httpserver, f"/{number}", 302, f"/{number + 1}")
    started = time.monotonic()

    assert fetch(httpserver.url_for("/0")).outcome is FetchOutcome.HTTP_ERROR
    assert len(httpserver.log) == 6
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("scheme", ["", "file://", "http://127.0.0.1:9/"])
def test_body_that_names_a_file_or_an_address_is_no_feed_and_nothing_is_opened(
    make_home: MakeHome, httpserver: HTTPServer, clock: Clock, tmp_path: Path, scheme: str
):
    """feedparser opens a path or a URL that it is handed as text."""
    canary = tmp_path / "canary.xml"
    canary.write_text(render_rss("http://a.example/", [("Canary", "http://a.example/1", "x")]))
    httpserver.expect_request("/feed").respond_with_data(f"{scheme}{canary}".encode(), **RSS)
    job = make_job(make_home, clock, httpserver.url_for("/feed"))

    [row] = poll_feeds(job, "run-1").fetches

    assert (row.outcome, row.parse_status, row.entry_count) == (FetchOutcome.OK, ParseStatus.FAILED, 0)


# ------------------------------------------------------------------------------------------------------ moves for good
@pytest.mark.parametrize("status", [301, 308])
def test_permanent_move_on_one_host_is_believed_after_two_days(
    make_home: MakeHome, httpserver: HTTPServer, clock: Clock, status: int
):
    redirect(httpserver, "/old", status, "/new")
    httpserver.expect_request("/new").respond_with_data(render_rss(httpserver.url_for("/"), []), **RSS)
    job = make_job(make_home, clock, httpserver.url_for("/old"))
    job.capture = True

    poll(job, clock, 3, DAY)
    assert count_paths(httpserver) == {"/old": 3, "/new": 3}
    poll(job, clock, 4, DAY)
    assert count_paths(httpserver) == {"/old": 3, "/new": 7}
    assert load_state(job).moved_to == httpserver.url_for("/new")
    captures = CaptureReader(job.config.path(job.config.settings.paths.captures))
    last = captures.find(httpserver.url_for("/old"), clock.instant)  # a replay asks for the configured address
    assert last is not None
    assert (last.status, last.date) == (302, clock.instant - DAY)


@pytest.mark.parametrize("every", [timedelta(minutes=30), timedelta(hours=5)])
def test_move_is_not_believed_sooner(make_home: MakeHome, httpserver: HTTPServer, clock: Clock, every: timedelta):
    redirect(httpserver, "/old", 301, "/new")
    httpserver.expect_request("/new").respond_with_data(render_rss(httpserver.url_for("/"), []), **RSS)
    job = make_job(make_home, clock, httpserver.url_for("/old"))

    assert set(poll(job, clock, 8, every)) == {FetchOutcome.OK, FetchOutcome.UNCHANGED}
    assert count_paths(httpserver)["/old"] == 8


def test_move_for_now_and_move_to_another_host_are_never_believed(
    make_home: MakeHome, httpserver: HTTPServer, clock: Clock
):
    there = f"http://127.0.0.1:{httpserver.port}/new"
    redirect(httpserver, "/old", 301, there)
    redirect(httpserver, "/now", 302, "/new")
    httpserver.expect_request("/new").respond_with_data(render_rss(httpserver.url_for("/"), []), **RSS)
    feeds = [describe_feed("one", httpserver.url_for("/old")), describe_feed("two", httpserver.url_for("/now"))]
    job = Job(load_config(make_home(feeds)), clock=clock, capture=False)

    poll(job, clock, 6, DAY)

    assert (count_paths(httpserver)["/old"], count_paths(httpserver)["/now"]) == (6, 6)
    assert load_state(job).moved_to == there  # told, in feed_health, for a person to believe
    with job.open_warehouse() as warehouse:
        warehouse.save_dimensions(job.config)
        rows = warehouse.query("SELECT feed_id, moved_to FROM feed_health ORDER BY feed_id")
    assert [row["moved_to"] for row in rows] == [there, None]


def test_move_to_nowhere_is_taken_back(make_home: MakeHome, httpserver: HTTPServer, clock: Clock):
    rss = render_rss(httpserver.url_for("/"), [])
    redirect(httpserver, "/old", 301, "/new")
    httpserver.expect_request("/new").respond_with_data(rss, **RSS)
    job = make_job(make_home, clock, httpserver.url_for("/old"))
    poll(job, clock, 4, DAY)
    httpserver.clear()
    httpserver.expect_request("/old").respond_with_data(rss, **RSS)
    httpserver.expect_request("/new").respond_with_data("", status=404)

    outcomes = poll(job, clock, 5, 2 * DAY)

    assert outcomes == [FetchOutcome.HTTP_ERROR] * 3 + [FetchOutcome.UNCHANGED, FetchOutcome.UNCHANGED]
    assert count_paths(httpserver) == {"/new": 3, "/old": 2}
    assert load_state(job).moved_to is None


# ---------------------------------------------------------------------------------------------------------------- gone
def test_address_that_is_gone_is_not_asked_again_for_a_month(make_home: MakeHome, httpserver: HTTPServer, clock: Clock):
    httpserver.expect_request("/feed").respond_with_data("", status=410)
    job = make_job(make_home, clock, httpserver.url_for("/feed"))

    assert poll(job, clock, 5, 7 * DAY) == [FetchOutcome.HTTP_ERROR]
    assert len(httpserver.log) == 1
    with job.open_warehouse() as warehouse:
        warehouse.save_dimensions(job.config)
        [row] = warehouse.query("SELECT last_error FROM feed_health")
    assert row["last_error"] == "HTTP 410 GONE"


def test_another_address_in_its_place_is_asked_at_once_and_without_the_old_ones_validators(
    make_home: MakeHome, httpserver: HTTPServer, clock: Clock
):
    httpserver.expect_request("/feed").respond_with_data("", status=410)
    home = make_home([describe_feed("one", httpserver.url_for("/feed"))])
    poll(Job(load_config(home), clock=clock, capture=False), clock, 1, timedelta(minutes=30))
    httpserver.expect_request("/other").respond_with_data(render_rss(httpserver.url_for("/"), []), **RSS)
    feeds = yaml.safe_dump({"feeds": [describe_feed("one", httpserver.url_for("/other"))]})
    (home / "config" / "feeds.yml").write_text(feeds)
    job = Job(load_config(home), clock=clock, capture=False)

    assert poll(job, clock, 1, DAY) == [FetchOutcome.OK]
    assert (load_state(job).failure_count, load_state(job).url) == (0, httpserver.url_for("/other"))


def test_missing_page_is_no_gone_one(make_home: MakeHome, httpserver: HTTPServer, clock: Clock):
    httpserver.expect_request("/feed").respond_with_data("", status=404)
    job = make_job(make_home, clock, httpserver.url_for("/feed"))

    assert len(poll(job, clock, 4, DAY)) == 4


# ---------------------------------------------------------------------------------------------------------- 304 for ever
def test_server_that_answers_304_for_ever_is_read_in_full_once_a_day(
    make_home: MakeHome, httpserver: HTTPServer, clock: Clock
):
    rss = render_rss(httpserver.url_for("/"), [])
    httpserver.expect_request("/feed", headers={"If-None-Match": '"v"'}).respond_with_data("", status=304)
    httpserver.expect_request("/feed").respond_with_data(rss, headers={"ETag": '"v"'}, **RSS)
    job = make_job(make_home, clock, httpserver.url_for("/feed"))
    outcomes = Counter(poll(job, clock, 12, timedelta(hours=6)))  # three days

    full = [request for request, _ in httpserver.log if "If-None-Match" not in request.headers]
    assert 3 <= len(full) <= 4
    assert outcomes[FetchOutcome.NOT_MODIFIED] == 12 - len(full)


def test_validators_of_a_body_that_was_no_feed_are_not_kept(make_home: MakeHome, httpserver: HTTPServer, clock: Clock):
    httpserver.expect_request("/feed").respond_with_data("<html>log in</html>", headers={"ETag": '"login"'})
    job = make_job(make_home, clock, httpserver.url_for("/feed"))
    poll(job, clock, 2, DAY)

    assert ["If-None-Match" in request.headers for request, _ in httpserver.log] == [False, False]
