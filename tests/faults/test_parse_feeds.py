"""F6-F14: a hostile feed costs one slot, seconds and bounded memory; what can be read of it is read; the others go on."""

from __future__ import annotations

import io
import pyexpat
import resource
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import describe_feed, render_rss
from hostile_feeds import FEEDS, make_disguised_chain, make_item, make_rss
from pytest_httpserver import HTTPServer

from volteface.adapters.workers import Fault, FaultKind, WorkerLimits, WorkerPool
from volteface.config import load_config
from volteface.feeds.parse import parse_feed
from volteface.models import FeedFetch, ParsedFeed, ParseStatus
from volteface.stages.collect import poll_feeds
from volteface.stages.job import Job
from volteface.stages.parsing import as_feed, open_feed_pool

NOW = datetime(2024, 3, 28, 12, tzinfo=UTC)
SECONDS = 10.0  # what a run gives a feed; the worst of them takes 2 s on an idle core
MakeHome = Callable[..., Path]


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool[..., ParsedFeed]]:
    with WorkerPool(parse_feed, WorkerLimits(workers=1, seconds=30)) as workers:
        yield workers


def read(pool: WorkerPool[..., ParsedFeed], body: bytes, **options: Any) -> ParsedFeed:
    return as_feed(pool.submit(body, feed_id="f", fetched_at=NOW, **options).result())


# ---------------------------------------------------------------------------------------------------- F6, F7: time and life
@pytest.mark.parametrize(("make", "is_read"), [row[1:] for row in FEEDS], ids=[row[0] for row in FEEDS])
def test_known_attack_is_read_in_seconds_and_its_sound_item_kept(
    pool: WorkerPool[..., ParsedFeed], make: Callable[[], bytes], is_read: bool | None
):
    body = make()
    started = time.monotonic()

    parsed = read(pool, body)

    assert time.monotonic() - started < SECONDS
    if is_read is not None:
        assert bool(parsed.entries) is is_read, parsed.error
    if is_read:
        assert parsed.entries[0].url == "https://a.example/1"
    assert all(len(entry.title) <= 1_000 for entry in parsed.entries)


def test_feed_that_ends_its_process_is_one_failed_feed_and_the_next_one_is_read(pool: WorkerPool[..., ParsedFeed]):
    lost = read(pool, make_disguised_chain())
    found = read(pool, make_rss(make_item()))

    if pyexpat.version_info < (2, 7, 0):  # later ones live to tell
        assert lost.fault == "crashed"
        assert (lost.error or "").startswith("the parser was given up: its process was ended by signal")
    assert found.status is ParseStatus.OK


def test_parsing_takes_the_workers_memory_not_ours(pool: WorkerPool[..., ParsedFeed]):
    items = "".join(make_item(f"<description>{'word ' * 200}</description>", number) for number in range(8_000))
    body = make_rss(items)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    parsed = read(pool, body)

    assert len(body) > 8_000_000
    assert (len(parsed.entries), parsed.truncated_entry_count) == (500, 7_500)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 100


def test_feed_beyond_the_memory_of_a_worker_is_an_outcome():
    body = make_rss("".join(make_item(f"<description>{'word ' * 200}</description>", n) for n in range(8_000)))
    with WorkerPool(parse_feed, WorkerLimits(workers=1, seconds=30, memory_megabytes=64)) as small:
        lost = read(small, body)
        found = read(small, make_rss(make_item()))

    assert lost.status is ParseStatus.FAILED
    assert lost.fault == "out_of_memory"
    assert found.status is ParseStatus.OK


def test_every_kind_of_fault_is_a_failed_feed_that_says_which():
    for kind in FaultKind:
        feed = as_feed(Fault(kind, "a\nreason \x1b[2J"))
        assert (feed.status, feed.fault) == (ParseStatus.FAILED, kind.value)
        assert feed.error == "the parser was given up: a reason [2J"


def poll(home: Path) -> tuple[dict[str, FeedFetch], list[dict[str, Any]], float]:
    job = Job(load_config(home), clock=lambda: NOW, environ={}, stream=io.StringIO())
    started = time.monotonic()
    report = poll_feeds(job, "run-1")
    seconds = time.monotonic() - started
    with job.open_warehouse() as warehouse:
        entries = warehouse.query("SELECT * FROM entry")
    return {row.feed_id: row for row in report.fetches}, entries, seconds


def test_bad_feeds_of_a_poll_cost_one_slot_each_and_the_good_ones_are_stored(
    make_home: MakeHome, httpserver: HTTPServer
):
    """Of two workers one hangs until its limit and others die; all ten good feeds are stored."""
    good = [f"good-{number}" for number in range(10)]
    for name in good:
        item = (f"Of {name}", f"https://{name}.example/1", "Wed, 27 Mar 2024 12:00:00 GMT")
        httpserver.expect_request(f"/{name}").respond_with_data(render_rss("https://a.example/", [item]))
    httpserver.expect_request("/chain").respond_with_data(make_disguised_chain())
    # Nothing that is known hangs any more; so many items at once take longer than the limit set here.
    slow = make_rss("".join(make_item("<category>x</category>" * 40, number) for number in range(8_000)))
    httpserver.expect_request("/slow").respond_with_data(slow)
    feeds = {name: httpserver.url_for(f"/{name}") for name in ("chain", "slow", *good)}
    home = make_home([describe_feed(name, url) for name, url in feeds.items()], parse_seconds=0.5)

    rows, entries, seconds = poll(home)

    assert rows["slow"].parse_status is ParseStatus.FAILED
    assert (rows["slow"].parse_fault, rows["slow"].new_entry_count) == ("timeout", 0)
    assert rows["slow"].error == "the parser was given up: not finished after 0.5 s"
    assert rows["chain"].error
    assert [rows[name].new_entry_count for name in good] == [1] * 10
    assert {entry["feed_id"] for entry in entries} >= set(good)
    assert seconds < 10


def test_poll_that_brings_nothing_new_starts_no_process(
    make_home: MakeHome, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
):
    httpserver.expect_request("/same").respond_with_data("", status=304)
    home = make_home([describe_feed("same", httpserver.url_for("/same"))])

    def refuse(*_args: object, **_kwargs: object) -> None:
        pytest.fail("a process was started")

    monkeypatch.setattr("volteface.adapters.workers.staff.subprocess.Popen", refuse)
    rows, _, _ = poll(home)

    assert rows["same"].parse_status is None


# ------------------------------------------------------------------------------------------------------------ F8: paths
@pytest.mark.parametrize("as_url", [False, True])
def test_body_that_is_a_path_or_an_address_is_not_opened(
    pool: WorkerPool[..., ParsedFeed], tmp_path: Path, httpserver: HTTPServer, as_url: bool
):
    canary = tmp_path / "canary.xml"
    canary.write_bytes(make_rss(make_item()))
    body = httpserver.url_for("/canary") if as_url else str(canary)

    assert read(pool, body.encode()).entries == ()
    assert read(pool, f"file://{canary}".encode()).entries == ()
    assert httpserver.log == []


# ----------------------------------------------------------------------------------------------------------- F9: limits
def test_ten_thousand_items_are_cut_to_the_newest_and_counted(pool: WorkerPool[..., ParsedFeed]):
    dates = (NOW - timedelta(minutes=(number * 7919) % 10_000) for number in range(10_000))
    items = "".join(make_item(f"<pubDate>{date:%d %b %Y %H:%M:%S GMT}</pubDate>", n) for n, date in enumerate(dates))

    parsed = read(pool, make_rss(items))

    assert (len(parsed.entries), parsed.truncated_entry_count) == (500, 9_500)
    assert min(entry.published_at for entry in parsed.entries if entry.published_at) >= NOW - timedelta(minutes=500)


def test_texts_and_links_are_cut_to_their_limits(pool: WorkerPool[..., ParsedFeed]):
    item = (
        f"<item><title>{'t' * 5_000}</title><link>https://a.example/{'x' * 5_000}</link>"
        f"<guid isPermaLink='false'>{'g' * 5_000}</guid><author>{'a' * 5_000}</author>"
        f"<description>{'d' * 500_000}</description></item>"
    )
    entry = read(pool, make_rss(item)).entries[0]

    assert (len(entry.title), len(entry.summary), len(entry.author or "")) == (1_000, 100_000, 200)
    assert (entry.url, len(entry.guid or "")) == (None, 2_048)


def test_entries_that_a_poll_leaves_out_are_counted_in_its_row(make_home: MakeHome, httpserver: HTTPServer):
    feed = make_rss("".join(make_item(number=number) for number in range(600)))
    httpserver.expect_request("/long").respond_with_data(feed)

    rows, entries, _ = poll(make_home([describe_feed("long", httpserver.url_for("/long"))]))

    assert (len(entries), rows["long"].entry_count, rows["long"].truncated_entry_count) == (500, 500, 100)


# ----------------------------------------------------------------------------------------- F10, F11: bozo feeds, encodings
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", ParseStatus.FAILED),
        (b"<html><body>Sign in</body></html>", ParseStatus.FAILED),
        (b"just words", ParseStatus.FAILED),
        (make_rss(make_item(), '<?xml version="1.0" encoding="punycode"?>'), None),
        (make_rss(make_item(), '<?xml version="1.0" encoding="undefined"?>'), None),
        (make_rss(make_item(), '<?xml version="1.0" encoding="nonsense"?>'), ParseStatus.RECOVERED),
        (make_rss(make_item())[:-20], ParseStatus.RECOVERED),
        (b"{" * 100_000, ParseStatus.FAILED),
        (b"[" * 1_000_000, ParseStatus.FAILED),
    ],
    ids=["empty", "html", "words", "punycode", "undefined", "nonsense", "cut", "braces", "brackets"],
)
def test_broken_feed_is_a_status_with_its_reason(
    pool: WorkerPool[..., ParsedFeed], body: bytes, status: ParseStatus | None
):
    parsed = read(pool, body)

    assert parsed.status is not ParseStatus.OK or status is None
    assert status is None or parsed.status is status
    assert parsed.error or parsed.entries


def test_encoding_other_than_declared_is_told(pool: WorkerPool[..., ParsedFeed]):
    title = "فتح غزة".encode("cp1256")
    body = make_rss(make_item(title="@")).replace(b"@", title)

    parsed = read(pool, body)

    assert parsed.status is ParseStatus.RECOVERED
    assert parsed.error
    assert len(parsed.entries) == 1


# ------------------------------------------------------------------------------------------------------- F12: characters
def test_controls_and_half_characters_never_leave_the_parser(pool: WorkerPool[..., ParsedFeed]):
    controls = "".join(map(chr, (*range(0x20), 0x7F, 0x85, 0x9B, 0x202E, 0x2066)))
    for body in (
        make_rss(
            make_item(f"<description>a{controls}b</description><author>a{controls}b</author>", title=f"a{controls}b")
        ),
        make_rss(make_item(title="a\0b \x1b[2J &#0; &#xD800; &#xDFFF; c")),
        make_rss(make_item(title="a@b")).replace(b"@", b"\xed\xa0\x80\xff\xfe\x00"),
    ):
        for entry in read(pool, body).entries:
            for text in (entry.title, entry.summary, entry.author or "", entry.guid or ""):
                assert not set(text) & {chr(code) for code in (*range(0x20), 0x7F) if code not in {9, 10}}
                assert text.encode("utf-8").decode("utf-8") == text


# ----------------------------------------------------------------------------------------------------------- F13: dates
@pytest.mark.parametrize(
    "raw",
    [
        "31 Feb 2024 10:00:00 GMT",
        "Wed, 27 Mar 2024 24:61:61 GMT",
        "1700000000",
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00",
        "Wed, 27 Mar 2024 10:00:00 IST",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Sat, 30 Mar 2024 13:00:00 GMT",
        "2099-01-01",
        "الأربعاء 27 مارس",
        "tomorrow",
        "9" * 50_000,
        "",
    ],
)
def test_date_that_cannot_be_trusted_is_no_date_and_never_now(pool: WorkerPool[..., ParsedFeed], raw: str):
    entry = read(pool, make_rss(make_item(f"<pubDate>{raw}</pubDate>"))).entries[0]

    assert entry.published_at is None
    assert (entry.published_raw or "") == raw[:100]


# ------------------------------------------------------------------------------------------------------ F14: identities
def test_guid_that_a_feed_uses_twice_names_two_entries_and_the_same_entry_again_one(
    pool: WorkerPool[..., ParsedFeed],
):
    shared = "<item><title>{0}</title><link>https://a.example/{0}</link><guid>same</guid></item>"
    items = shared.format("a") + shared.format("b") + shared.format("a")

    first = read(pool, make_rss(items)).entries
    turned = read(pool, make_rss(shared.format("b") + shared.format("a"))).entries

    assert len(first) == 2
    assert {entry.entry_id for entry in first} == {entry.entry_id for entry in turned}


def test_guid_that_changes_at_each_poll_is_one_article(make_home: MakeHome, httpserver: HTTPServer):
    home = make_home([describe_feed("moody", httpserver.url_for("/moody"), in_scope=True, poll_minutes=15)])
    now = NOW
    job = Job(load_config(home), clock=lambda: now, environ={}, stream=io.StringIO())
    for number in range(10):
        item = f"<item><title>T</title><link>https://a.example/1</link><guid>{number}</guid></item>"
        httpserver.expect_oneshot_request("/moody").respond_with_data(make_rss(item))
        poll_feeds(job, f"run-{number}")
        now += timedelta(hours=1)

    with job.open_warehouse() as warehouse:
        assert warehouse.query("SELECT count(*) AS n FROM article") == [{"n": 1}]


def test_relative_and_foreign_links_are_no_pages(pool: WorkerPool[..., ParsedFeed]):
    links = (
        "/news/1",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "../../etc/passwd",
        "data:text/html,x",
        "//a.example/x",
    )
    items = "".join(f"<item><title>{n}</title><link>{link}</link></item>" for n, link in enumerate(links))

    assert [entry.url for entry in read(pool, make_rss(items)).entries] == [None] * len(links)


def test_pool_of_a_run_has_the_configured_limits(make_home: MakeHome):
    collection = load_config(
        make_home([], parse_workers=3, parse_seconds=4, parse_memory_megabytes=700)
    ).settings.collection
    with open_feed_pool(collection) as configured:
        limits = configured._limits

    assert (limits.workers, limits.seconds, limits.memory_megabytes) == (3, 4, 700)
