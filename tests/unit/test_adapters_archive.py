"""What was fetched can be fetched again from its capture, with nothing but the file."""

from __future__ import annotations

import gzip
import hashlib
import tracemalloc
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from volteface.adapters.archive import CaptureReader, CaptureWriter
from volteface.adapters.web.http import Fetcher, FetchRequest
from volteface.config.feeds import FeedConfig, SourceType
from volteface.config.settings import Collection
from volteface.errors import ArchiveError
from volteface.models import FetchOutcome, FetchResult

START = datetime(2024, 3, 27, 9, 30, 0, 250, tzinfo=UTC)
FEED_URL = "https://feed.example/rss"
FEED = FeedConfig(
    id="f", outlet="\u00c9xample", url=FEED_URL, publisher_family="f", source_type=SourceType.WIRE, language="en"
)


def make_result(url: str, body: bytes | None, minutes: float = 0, **more: object) -> FetchResult:
    values: dict[str, object] = {
        "outcome": FetchOutcome.OK,
        "http_status": 200,
        "final_url": url,
        "content_type": "text/html; charset=utf-8",
        "body_sha256": hashlib.sha256(body).hexdigest() if body is not None else None,
        **more,
    }
    return FetchResult(url=url, body=body, fetched_at=START + timedelta(minutes=minutes), **values)  # type: ignore[arg-type]


def write(path: Path, *results: FetchResult, feeds: Sequence[FeedConfig] = ()) -> Path:
    with CaptureWriter(path) as writer:
        if feeds:
            writer.write_feeds(feeds)
        for result in results:
            writer.write(result)
    return path


def replay(path: Path, minutes: float, url: str, **known: str) -> FetchResult:
    now = START + timedelta(minutes=minutes)
    collection = Collection(user_agent="test")  # private addresses are not allowed: nothing may be resolved
    with Fetcher(collection, clock=lambda: now, transport=CaptureReader(path).transport(lambda: now)) as fetcher:
        return fetcher.fetch(FetchRequest(url=url, **known))  # type: ignore[arg-type]


def list_types(path: Path) -> list[str]:
    with path.open("rb") as stream:
        return [record.rec_type for record in ArchiveIterator(stream, check_digests="raise")]


def test_answer_comes_back_as_it_was(tmp_path: Path):
    original = make_result(FEED_URL, b"\x00body\xff", etag='W/"a b"', last_modified="some day")
    again = replay(write(tmp_path / "c.warc.gz", original), 0, FEED_URL)

    for name in ("outcome", "http_status", "etag", "last_modified", "content_type", "body", "body_sha256", "final_url"):
        assert getattr(again, name) == getattr(original, name), name
    assert again.fetched_at == START


def test_clock_decides_which_answer_is_given(tmp_path: Path):
    path = write(tmp_path / "c.warc.gz", make_result(FEED_URL, b"one"), make_result(FEED_URL, b"two", 30))

    assert [replay(path, minute, FEED_URL).body for minute in (0, 29, 30, 99)] == [b"one", b"one", b"two", b"two"]
    assert replay(path, -1, FEED_URL).outcome is FetchOutcome.NETWORK_ERROR


def test_records_written_out_of_order_are_answered_in_order(tmp_path: Path):
    path = write(tmp_path / "c.warc.gz", make_result(FEED_URL, b"two", 30), make_result(FEED_URL, b"one"))

    assert replay(path, 5, FEED_URL).body == b"one"


def test_matching_validators_give_not_modified(tmp_path: Path):
    path = write(tmp_path / "c.warc.gz", make_result(FEED_URL, b"one", etag='"1"', last_modified="monday"))

    assert replay(path, 0, FEED_URL, etag='"1"').outcome is FetchOutcome.NOT_MODIFIED
    assert replay(path, 0, FEED_URL, etag='"2"', last_modified="monday").outcome is FetchOutcome.OK
    assert replay(path, 0, FEED_URL, last_modified="monday").outcome is FetchOutcome.NOT_MODIFIED


def test_address_that_was_never_captured_is_a_value(tmp_path: Path):
    result = replay(write(tmp_path / "c.warc.gz", make_result(FEED_URL, b"one")), 0, "https://other.example/")

    assert result.outcome is FetchOutcome.NETWORK_ERROR
    assert "capture" in (result.error or "")


def test_error_page_is_an_error_again(tmp_path: Path):
    gone = make_result(FEED_URL, None, outcome=FetchOutcome.HTTP_ERROR, http_status=410, retry_after_seconds=90.0)
    result = replay(write(tmp_path / "c.warc.gz", gone), 0, FEED_URL)

    assert (result.outcome, result.http_status, result.retry_after_seconds) == (FetchOutcome.HTTP_ERROR, 410, 90.0)


def test_redirect_leads_to_the_page_again(tmp_path: Path):
    page = make_result("http://a.example/short", b"page", final_url="https://a.example/long?x=\u00e9")
    result = replay(write(tmp_path / "c.warc.gz", page), 0, "http://a.example/short")

    assert (result.body, result.final_url) == (b"page", "https://a.example/long?x=%C3%A9")


def test_odd_address_is_found_in_the_words_of_the_network(tmp_path: Path):
    url = "https://a.example/a b/\u00e9"
    path = write(tmp_path / "c.warc.gz", make_result(url, b"odd", final_url="https://a.example/a%20b/%C3%A9"))

    assert replay(path, 0, url).body == b"odd"
    assert list_types(path) == ["warcinfo", "response"]


def test_repeated_payload_is_stored_once(tmp_path: Path):
    body = bytes(range(256)) * 400
    path = write(
        tmp_path / "c.warc.gz", *(make_result(FEED_URL, body, 30 * n, etag=f'"{n}"') for n in range(5)),
        make_result("https://b.example/", body, 200),
    )  # fmt: skip

    assert list_types(path) == ["warcinfo", "response", *["revisit"] * 5]
    assert (replay(path, 60, FEED_URL).body, replay(path, 60, FEED_URL).etag) == (body, '"2"')
    assert replay(path, 200, "https://b.example/").body == body


def test_not_modified_stands_for_the_answer_before(tmp_path: Path):
    silent = make_result(FEED_URL, None, 30, outcome=FetchOutcome.NOT_MODIFIED, http_status=304)
    path = write(tmp_path / "c.warc.gz", make_result(FEED_URL, b"one", etag='"1"'), silent)

    assert replay(path, 30, FEED_URL).body == b"one"
    assert replay(path, 30, FEED_URL, etag='"1"').outcome is FetchOutcome.NOT_MODIFIED


def test_not_modified_without_an_answer_before_is_none(tmp_path: Path):
    silent = make_result(FEED_URL, None, outcome=FetchOutcome.NOT_MODIFIED, http_status=304)

    assert replay(write(tmp_path / "c.warc.gz", silent), 0, FEED_URL).outcome is FetchOutcome.NETWORK_ERROR


@pytest.mark.parametrize(
    "outcome", [FetchOutcome.TIMEOUT, FetchOutcome.NETWORK_ERROR, FetchOutcome.REFUSED, FetchOutcome.TOO_LARGE]
)
def test_request_without_a_whole_answer_leaves_no_record(tmp_path: Path, outcome: FetchOutcome):
    with CaptureWriter(tmp_path / "c.warc.gz") as writer:
        assert writer.write(make_result(FEED_URL, None, outcome=outcome)) is False

    assert list_types(tmp_path / "c.warc.gz") == ["warcinfo"]


def test_list_of_feeds_travels_along(tmp_path: Path):
    quiet = FEED.model_copy(update={"id": "q", "state_media": True, "poll_minutes": 17})

    assert CaptureReader(write(tmp_path / "c.warc.gz", feeds=[FEED, quiet])).feeds() == (FEED, quiet)
    assert CaptureReader(write(tmp_path / "d.warc.gz")).feeds() is None


def test_ticks_are_the_ends_of_the_cycles_that_polled(tmp_path: Path):
    path = write(
        tmp_path / "c.warc.gz",
        make_result(FEED_URL, b"1"),
        make_result("https://page.example/1", b"p", 1),
        make_result(FEED_URL, b"2", 30),
        make_result("https://page.example/2", b"p2", 45),  # a page alone is no poll
        make_result(FEED_URL, b"3", 60),
        feeds=[FEED],
    )

    assert [(tick - START) / timedelta(minutes=1) for tick in CaptureReader(path).ticks()] == [1, 30, 60]


def test_file_is_added_to_and_knows_its_payloads(tmp_path: Path):
    path = tmp_path / "c.warc.gz"
    write(path, make_result(FEED_URL, b"one"))
    write(path, make_result(FEED_URL, b"one", 30), make_result(FEED_URL, b"two", 60))

    assert list_types(path) == ["warcinfo", "response", "revisit", "response"]
    assert [replay(path, minute, FEED_URL).body for minute in (0, 30, 60)] == [b"one", b"one", b"two"]


def test_folder_of_captures_is_one_capture(tmp_path: Path):
    write(tmp_path / "feeds.warc.gz", make_result(FEED_URL, b"one"), feeds=[FEED])
    (tmp_path / "later").mkdir()
    write(tmp_path / "later" / "pages.warc.gz", make_result("https://page.example/", b"page", 1))

    assert replay(tmp_path, 1, "https://page.example/").body == b"page"
    assert CaptureReader(tmp_path).feeds() == (FEED,)


def test_payload_is_found_by_its_digest(tmp_path: Path):
    reader = CaptureReader(write(tmp_path / "c.warc.gz", make_result(FEED_URL, b"evidence")))

    assert reader.load_payload(hashlib.sha256(b"evidence").hexdigest()) == b"evidence"
    assert reader.load_payload("0" * 64) is None


@pytest.mark.parametrize("content", [b"junk", b"\x1f\x8b junk", gzip.compress(b"junk"), b"WARC/1.1\r\n", b"<html>"])
def test_file_that_is_no_capture_is_named(tmp_path: Path, content: bytes):
    path = tmp_path / "c.warc.gz"
    path.write_bytes(content)

    with pytest.raises(ArchiveError, match=r"c\.warc\.gz"):
        CaptureReader(path)


def test_empty_file_holds_nothing(tmp_path: Path):
    (tmp_path / "c.warc.gz").write_bytes(b"")

    assert CaptureReader(tmp_path / "c.warc.gz").ticks() == ()


def test_missing_file_is_named(tmp_path: Path):
    with pytest.raises(ArchiveError, match=r"none\.warc\.gz"):
        CaptureReader(tmp_path / "none.warc.gz")
    with pytest.raises(ArchiveError, match="holds no"):
        CaptureReader(tmp_path)


def test_file_that_was_cut_off_is_refused_and_can_be_salvaged(tmp_path: Path):
    path = write(tmp_path / "c.warc.gz", make_result(FEED_URL, b"one"), make_result(FEED_URL, b"two" * 500, 30))
    path.write_bytes(path.read_bytes()[:-20])

    with pytest.raises(ArchiveError, match=r"c\.warc\.gz"):
        CaptureReader(path)
    with pytest.raises(ArchiveError), CaptureWriter(path):
        pass
    salvaged = CaptureReader(path, salvage=True)
    assert len(salvaged.damage) == 1
    assert salvaged.load_payload(hashlib.sha256(b"one").hexdigest()) == b"one"


def test_nothing_is_written_before_or_after(tmp_path: Path):
    writer = CaptureWriter(tmp_path / "c.warc.gz")

    with pytest.raises(ArchiveError, match="not open"):
        writer.write(make_result(FEED_URL, b"one"))


def test_folder_that_does_not_exist_is_told(tmp_path: Path):
    with (
        pytest.raises(ArchiveError, match="cannot be opened for writing"),
        CaptureWriter(tmp_path / "no" / "c.warc.gz"),
    ):
        pass


def test_only_heads_stay_in_memory(tmp_path: Path):
    path = write(
        tmp_path / "c.warc.gz",
        *(make_result(f"https://a.example/{n}", b"%d" % n + b"x" * 50_000, n) for n in range(200)),
    )
    tracemalloc.start()
    try:
        reader = CaptureReader(path)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert len(reader.urls()) == 200
    assert held < 1_000_000  # the payloads are 10 MB
