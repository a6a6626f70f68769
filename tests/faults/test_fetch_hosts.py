"""F18, F19: hosts are asked as they wish: one thing at a time, with pauses, not while they say no, by their robots.txt."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import describe_feed, render_page, render_rss
from hostile_hosts import COLLECTION, MIB, NOW, pour, serve
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from volteface.adapters.warehouse import Warehouse
from volteface.adapters.web.host_book import HostBook
from volteface.adapters.web.http import Fetcher, FetchRequest
from volteface.adapters.web.responses import find_host
from volteface.config import load_config
from volteface.config.settings import Collection
from volteface.models import FetchOutcome, FetchResult, HostState
from volteface.stages.collect import poll_feeds
from volteface.stages.job import Job
from volteface.stages.read import read_articles

MakeHome = Callable[..., Path]
HOUR = timedelta(hours=1)
HOST = "a.example:"
AGENT = "volteface"


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.instant = NOW

    def __call__(self) -> datetime:
        return self.instant


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server() -> Any:
    """Lend a server without any page, not even a robots.txt, that answers several requests at once."""
    with HTTPServer(host="127.0.0.1", threaded=True) as lent:
        yield lent


def fetch_pages(
    urls: list[str], book: HostBook, clock: Clock, collection: Collection = COLLECTION
) -> list[FetchResult]:
    with Fetcher(collection, clock=clock, book=book) as fetcher:
        return list(fetcher.fetch_all([FetchRequest(url=url, obeys_robots=True) for url in urls]))


def answer(status: int, retry_after: float | None = None) -> FetchResult:
    return FetchResult(
        url="http://a.example/",
        outcome=FetchOutcome.HTTP_ERROR,
        fetched_at=NOW,
        http_status=status,
        retry_after_seconds=retry_after,
    )


# ------------------------------------------------------------------------------------------------- Retry-After, by host
@pytest.mark.parametrize(
    ("status", "asked", "seconds"),
    [(429, 30, 60), (429, None, 60), (429, 600, 600), (429, 1e12, 86_400), (503, 120, 120), (503, 0, 60), (503, None, 0),
     (500, 600, 0), (200, 600, 0)],
)  # fmt: skip
def test_wait_is_what_the_host_asks_for_within_bounds(status: int, asked: float | None, seconds: float):
    for draw, factor in ((0.0, 1.0), (1.0, 1.25)):
        book = HostBook(draw=lambda draw=draw: draw)  # type: ignore[misc]
        book.note(HOST, answer(status, asked), NOW)
        assert book.wait_seconds(HOST, NOW) == seconds * factor
        assert book.wait_seconds(HOST, NOW + timedelta(seconds=seconds * factor)) == 0
        assert book.wait_seconds("b.example:", NOW) == 0


def test_wait_from_a_clock_that_was_wrong_is_not_kept():
    book = HostBook([HostState(host=HOST, wait_until=NOW + timedelta(days=400))])

    assert book.wait_seconds(HOST, NOW) == 0


@pytest.mark.parametrize("value", ["-5", "junk", "1e9", "", "Thu, 99 Foo 2024"])
def test_retry_after_that_is_none_is_a_minute(server: HTTPServer, clock: Clock, value: str):
    server.expect_request("/x").respond_with_data("", status=429, headers={"Retry-After": value})
    book = HostBook(draw=lambda: 0.0)
    with Fetcher(COLLECTION, clock=clock, book=book) as fetcher:
        fetcher.fetch(FetchRequest(url=server.url_for("/x")))

    assert book.wait_seconds(find_host(server.url_for("/")), NOW) == 60


def test_host_that_says_429_is_asked_nothing_more_in_this_run_or_the_next(
    make_home: MakeHome, server: HTTPServer, clock: Clock
):
    """Three feeds of one host; the first answer says when to come back, as a date."""
    date = (NOW + 2 * HOUR).strftime("%a, %d %b %Y %H:%M:%S GMT")
    for name in "abc":
        server.expect_request(f"/{name}").respond_with_data("", status=429, headers={"Retry-After": date})
    feeds = [describe_feed(name, server.url_for(f"/{name}")) for name in "abc"]
    job = Job(load_config(make_home(feeds)), clock=clock, capture=False)

    outcomes = Counter(row.outcome for row in poll_feeds(job, "run-1").fetches)
    assert outcomes == {FetchOutcome.HTTP_ERROR: 1, FetchOutcome.POSTPONED: 2}
    clock.instant = NOW + HOUR
    second = poll_feeds(job, "run-2")
    assert {row.outcome for row in second.fetches} <= {FetchOutcome.POSTPONED}
    assert second.counts["feeds_failed"] == 0
    assert len(server.log) == 1

    clock.instant = NOW + 3 * HOUR
    server.clear()
    rss = render_rss(server.url_for("/"), [])
    for name in "abc":
        server.expect_request(f"/{name}").respond_with_data(rss, content_type="application/rss+xml")
    assert {row.outcome for row in poll_feeds(job, "run-3").fetches} == {FetchOutcome.OK}


def test_host_that_never_answers_is_given_up_after_three_requests(clock: Clock):
    """Its other pages would cost a deadline each: twelve would take 18 s here, six minutes with the usual settings."""
    requests: list[bytes] = []

    def drip(connection: Any, request: bytes) -> None:
        requests.append(request)
        for _ in range(100):
            time.sleep(0.1)
            connection.sendall(b"x")

    with serve(drip) as url:
        book = HostBook([HostState(host=find_host(url), robots_text="", robots_until=NOW + HOUR)])
        started = time.monotonic()
        results = fetch_pages([f"{url}{number}" for number in range(12)], book, clock)

    assert Counter(result.outcome for result in results) == {FetchOutcome.TIMEOUT: 3, FetchOutcome.POSTPONED: 9}
    assert len(requests) == 3
    assert time.monotonic() - started < 3 * COLLECTION.total_timeout_seconds + 1


# ---------------------------------------------------------------------------------------------------------- politeness
def test_one_request_at_a_time_and_a_pause_between_two(server: HTTPServer, clock: Clock):
    lock, running, most, begun = threading.Lock(), Counter[str](), Counter[str](), []

    def page(request: Request) -> Response:
        with lock:
            running[request.host] += 1
            most[request.host] = max(most[request.host], running[request.host])
            begun.append((request.host, time.monotonic()))
        time.sleep(0.05)
        with lock:
            running[request.host] -= 1
        return Response("page")

    server.expect_request("/page").respond_with_handler(page)
    urls = [f"http://{host}:{server.port}/page" for host in ("127.0.0.1", "localhost") for _ in range(4)]
    collection = COLLECTION.model_copy(update={"host_pause_seconds": 0.2})
    with Fetcher(collection, clock=clock) as fetcher:
        results = list(fetcher.fetch_all([FetchRequest(url=url) for url in urls]))

    assert [result.outcome for result in results] == [FetchOutcome.OK] * 8
    assert set(most.values()) == {1}
    for host in running:
        times = [moment for name, moment in begun if name == host]
        assert all(later - earlier > 0.19 for earlier, later in pairwise(times))


def test_what_a_stage_has_no_time_for_is_postponed(server: HTTPServer, clock: Clock):
    server.expect_request("/page").respond_with_data("page")
    collection = COLLECTION.model_copy(update={"host_pause_seconds": 0.3, "max_stage_minutes": 0.5 / 60})
    requests = [FetchRequest(url=server.url_for("/page")) for _ in range(9)]
    started = time.monotonic()
    with Fetcher(collection, clock=clock) as fetcher:
        outcomes = Counter(result.outcome for result in fetcher.fetch_all(requests))

    assert outcomes[FetchOutcome.OK] + outcomes[FetchOutcome.POSTPONED] == 9
    assert 2 <= outcomes[FetchOutcome.OK] <= 3
    assert time.monotonic() - started < 1.5


def test_requests_name_us_and_say_how_to_reach_us(server: HTTPServer, clock: Clock):
    server.expect_request("/robots.txt").respond_with_data("")
    server.expect_request("/page").respond_with_data("page")
    collection = COLLECTION.model_copy(update={"contact": "desk@outlet.example"})
    with Fetcher(collection, clock=clock) as fetcher:
        fetcher.fetch(FetchRequest(url=server.url_for("/page"), obeys_robots=True))

    sent = [request.headers["User-Agent"] for request, _ in server.log]
    assert sent == ["volteface/1 test (+desk@outlet.example)"] * 2  # the page's, and that for robots.txt


# ---------------------------------------------------------------------------------------------------------- robots.txt
@pytest.mark.parametrize(
    ("rules", "outcome"),
    [
        ("User-agent: *\nDisallow: /news/", FetchOutcome.REFUSED),
        ("User-agent: *\nDisallow: /*.html$", FetchOutcome.REFUSED),
        ("User-agent: volteface\nDisallow: /\n\nUser-agent: *\nAllow: /", FetchOutcome.REFUSED),
        ("User-agent: VolteFace\nAllow: /\n\nUser-agent: *\nDisallow: /", FetchOutcome.OK),
        ("User-agent: *\nDisallow: /news/\nAllow: /news/page", FetchOutcome.OK),
        ("User-agent: other\nDisallow: /", FetchOutcome.OK),
        ("\ufeffUser-agent: *\r\nDisallow: /", FetchOutcome.REFUSED),
        ("<html>not a robots.txt</html>", FetchOutcome.OK),
        ("", FetchOutcome.OK),
    ],
)
def test_robots_rules_are_obeyed(server: HTTPServer, clock: Clock, rules: str, outcome: FetchOutcome):
    server.expect_request("/robots.txt").respond_with_data(rules)
    server.expect_request("/news/page.html").respond_with_data("page")

    [result] = fetch_pages([server.url_for("/news/page.html")], HostBook(), clock)

    assert result.outcome is outcome
    paths = [request.path for request, _ in server.log]
    assert paths == ["/robots.txt"] + ["/news/page.html"] * (outcome is FetchOutcome.OK)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(404, FetchOutcome.OK), (401, FetchOutcome.OK), (403, FetchOutcome.OK), (410, FetchOutcome.OK),
     (500, FetchOutcome.POSTPONED), (503, FetchOutcome.POSTPONED), (429, FetchOutcome.POSTPONED)],
)  # fmt: skip
def test_robots_that_fails_is_taken_as_rfc_9309_says(
    server: HTTPServer, clock: Clock, status: int, outcome: FetchOutcome
):
    """Absent: everything may be read. Out of reach: nothing, and it is asked for again in an hour."""
    server.expect_request("/robots.txt").respond_with_data("Disallow: /", status=status)
    server.expect_request("/page").respond_with_data("page")
    book = HostBook()

    [first] = fetch_pages([server.url_for("/page")], book, clock)
    [again] = fetch_pages([server.url_for("/page")], HostBook(book.changed()), clock)
    assert (first.outcome, again.outcome) == (outcome, outcome)
    assert [request.path for request, _ in server.log].count("/robots.txt") == 1

    clock.instant += 2 * HOUR
    server.clear()
    server.expect_request("/robots.txt").respond_with_data("")
    server.expect_request("/page").respond_with_data("page")
    [later] = fetch_pages([server.url_for("/page")], HostBook(book.changed()), clock)
    assert later.outcome is FetchOutcome.OK


def test_robots_is_asked_for_once_a_day(server: HTTPServer, clock: Clock):
    server.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /secret")
    server.expect_request("/page").respond_with_data("page")
    states: tuple[HostState, ...] = ()
    for hours in (0, 1, 23, 25):
        clock.instant = NOW + hours * HOUR
        book = HostBook(states)
        fetch_pages([server.url_for("/page")] * 3, book, clock)
        states = book.changed() or states

    assert Counter(request.path for request, _ in server.log) == {"/robots.txt": 2, "/page": 12}


def test_robots_redirects_are_followed_and_a_loop_is_none(server: HTTPServer, clock: Clock):
    server.expect_request("/robots.txt").respond_with_data("", status=301, headers={"Location": "/there.txt"})
    server.expect_request("/there.txt").respond_with_data("User-agent: *\nDisallow: /page")
    server.expect_request("/page").respond_with_data("page")
    assert fetch_pages([server.url_for("/page")], HostBook(), clock)[0].outcome is FetchOutcome.REFUSED

    server.clear()
    server.expect_request("/robots.txt").respond_with_data("", status=302, headers={"Location": "/robots.txt"})
    server.expect_request("/page").respond_with_data("page")
    assert fetch_pages([server.url_for("/page")], HostBook(), clock)[0].outcome is FetchOutcome.OK


def test_robots_that_leads_into_a_private_network_forbids(server: HTTPServer, clock: Clock):
    headers = {"Location": "http://169.254.169.254/robots.txt"}
    server.expect_request("/robots.txt").respond_with_data("", status=302, headers=headers)

    assert fetch_pages([server.url_for("/page")], HostBook(), clock)[0].outcome is FetchOutcome.POSTPONED


def test_robots_without_end_is_cut_and_what_came_counts(clock: Clock):
    rules = b"User-agent: *\nDisallow: /page\n"
    with serve(pour(b"HTTP/1.1 200 OK\r\n\r\n" + rules, b"#" * 65536)) as url:
        book = HostBook()
        started = time.monotonic()
        [result] = fetch_pages([f"{url}page"], book, clock)

    assert result.outcome is FetchOutcome.REFUSED
    assert len(book.changed()[0].robots_text or "") == MIB // 2
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param("User-agent: *\nDisallow: /" + "*a" * 5_000 + "$", id="five thousand stars"),
        pytest.param("User-agent: *\n" + "Disallow: /a*b*c*d*e*f$\n" * 15_000, id="many rules"),
        pytest.param("User-agent: x\nDisallow: /\n" * 15_000, id="many groups"),
        pytest.param("Disallow: /" + "%" * 500_000, id="one long rule"),
    ],
)
def test_hostile_robots_costs_little_time(rules: str):
    book = HostBook()
    book.save_robots(HOST, rules, NOW)
    started = time.monotonic()
    for number in range(20):
        book.may_fetch(f"http://a.example/{'a' * 500}{number}", HOST, AGENT)

    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("delay", "seconds"), [("5", 5), ("1e9", 60), ("86400", 60), ("-3", 0), ("soon", 0), ("nan", 0)]
)
def test_crawl_delay_is_capped(delay: str, seconds: float):
    book = HostBook()
    book.save_robots(HOST, f"User-agent: *\nCrawl-delay: {delay}\n", NOW)

    assert book.crawl_delay_seconds(HOST, AGENT) == seconds


def test_forbidden_page_is_recorded_and_a_postponed_one_comes_up_again(
    make_home: MakeHome, server: HTTPServer, clock: Clock
):
    """The feed itself is polled: it is published for programs to read."""
    items = [(name, server.url_for(f"/{name}"), "Wed, 27 Mar 2024 10:00:00 GMT") for name in ("shut", "open")]
    rss = render_rss(server.url_for("/"), items)
    server.expect_request("/feed").respond_with_data(rss, content_type="application/rss+xml")
    server.expect_request("/open").respond_with_data(render_page("Open", ["Words enough to be read."] * 9))
    server.expect_request("/robots.txt").respond_with_data("", status=503)
    feed = describe_feed("one", server.url_for("/feed"), in_scope=True)
    job = Job(load_config(make_home([feed])), clock=clock, capture=False)
    assert poll_feeds(job, "run-1").counts["entries_in_scope"] == 2
    assert read_articles(job, "run-1").fetches == ()

    clock.instant += 2 * HOUR
    server.clear()
    server.expect_request("/open").respond_with_data(render_page("Open", ["Words enough to be read."] * 9))
    server.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /shut")
    rows = {row.url.rpartition("/")[2]: row for row in read_articles(job, "run-2").fetches}
    assert (rows["shut"].outcome, rows["open"].outcome) == (FetchOutcome.REFUSED, FetchOutcome.OK)
    assert rows["shut"].error == "the host's robots.txt does not allow it"
    with job.open_warehouse() as warehouse:
        assert _hosts(warehouse) == [replace(_hosts(warehouse)[0], robots_text="User-agent: *\nDisallow: /shut")]


def _hosts(warehouse: Warehouse) -> list[HostState]:
    return warehouse.load_host_states()
