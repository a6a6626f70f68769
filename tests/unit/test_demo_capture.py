"""What the shipped capture holds: see src/volteface/demo/README.md."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from volteface.adapters.archive import CaptureReader
from volteface.articles.extract import extract_page
from volteface.articles.scope import build_scope
from volteface.config import load_config
from volteface.feeds.parse import parse_feed
from volteface.models import Entry, ExtractOutcome, ParsedFeed, ParseStatus

ROOT = Path(__file__).parents[2]
SCENARIO = ROOT / "tests" / "golden" / "scenario"
END = datetime(2024, 4, 2, tzinfo=UTC)
WHITE_HOUSE = "https://bidenwhitehouse.archives.gov/"
MAX_BYTES = 3_000_000


@pytest.fixture(scope="module")
def path() -> Iterator[Path]:
    with as_file(files("volteface.demo") / "capture.warc.gz") as path:
        yield path


@pytest.fixture(scope="module")
def reader(path: Path) -> CaptureReader:
    return CaptureReader(path)


@pytest.fixture(scope="module")
def articles() -> list[dict]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SCENARIO.glob("*.json"))]


def parse_captured(reader: CaptureReader, feed_id: str, url: str, now: datetime) -> ParsedFeed:
    snapshot = reader.find(url, now)
    return parse_feed(
        snapshot.payload, feed_id=feed_id, fetched_at=snapshot.date, content_type=snapshot.headers["content-type"]
    )


def list_entries(reader: CaptureReader, feed_id: str) -> dict[str, Entry]:
    """Return every entry that one feed ever listed, by address."""
    url = next(feed.url for feed in reader.feeds() if feed.id == feed_id)
    parsed = [parse_captured(reader, feed_id, url, tick) for tick in reader.ticks()]
    return {entry.url: entry for feed in parsed for entry in feed.entries}


def test_demo_capture_is_small_enough_to_ship(path: Path) -> None:
    assert path.stat().st_size < MAX_BYTES


def test_demo_capture_carries_its_feeds_with_the_white_house_as_the_governments_own_voice(
    reader: CaptureReader,
) -> None:
    feeds = {feed.id: feed for feed in reader.feeds()}
    assert set(feeds) == {"white-house", "harbour-dispatch", "meridian-ledger", "coastline-wire", "northgate-courier"}
    assert feeds["white-house"].actor == "us-government"
    assert feeds["white-house"].source_type == "official"
    assert not any(feed.in_scope for feed in feeds.values())
    assert len({feed.publisher_family for feed in feeds.values()}) == len(feeds)


def test_demo_capture_invents_no_host_that_could_be_real(reader: CaptureReader) -> None:
    for url in reader.urls():
        host = url.split("/")[2]
        assert host == "bidenwhitehouse.archives.gov" or host.endswith(".example"), url


def test_demo_capture_is_polled_weekly_and_then_daily_in_the_scenarios_week(reader: CaptureReader) -> None:
    ticks = reader.ticks()
    assert (ticks[0].date().isoformat(), ticks[-1].date().isoformat()) == ("2023-10-09", "2024-04-01")
    gaps = [later - earlier for earlier, later in pairwise(ticks)]
    assert max(gap.days for gap in gaps) == 7
    last = {tick.date().isoformat() for tick in ticks if tick >= datetime(2024, 3, 25, tzinfo=UTC)}
    assert last == {f"2024-03-{day}" for day in range(25, 32)} | {"2024-04-01"}


def test_demo_capture_has_every_feed_sound_at_every_poll(reader: CaptureReader) -> None:
    for feed in reader.feeds():
        for tick in reader.ticks():
            parsed = parse_captured(reader, feed.id, feed.url, tick)
            assert (parsed.status, parsed.error) == (ParseStatus.OK, None), (feed.id, tick)


def test_demo_capture_lists_nothing_before_it_was_published(reader: CaptureReader) -> None:
    for feed in reader.feeds():
        for tick in reader.ticks():
            for entry in parse_captured(reader, feed.id, feed.url, tick).entries:
                assert entry.published_at is not None
                assert entry.published_at <= tick
                assert reader.find(entry.url, tick) is not None, "the page is there when its entry is"


def test_demo_capture_holds_the_white_house_of_a_whole_winter(reader: CaptureReader) -> None:
    entries = list_entries(reader, "white-house")
    assert len(entries) >= 60
    assert all(url.startswith(WHITE_HOUSE) for url in entries)
    months = {f"{entry.published_at:%Y-%m}" for entry in entries.values()}
    assert months == {"2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03"}


def test_demo_capture_pages_extract_with_the_white_houses_own_title(reader: CaptureReader) -> None:
    for url, entry in list_entries(reader, "white-house").items():
        page = extract_page(reader.find(url, END).payload, url=url, content_type="text/html; charset=utf-8")
        assert page.outcome is ExtractOutcome.OK, url
        assert page.title == entry.title
        assert page.credited_agency is None, "the ### at its end is no agency"
        assert page.published_at is not None
        assert page.published_at.date() == entry.published_at.date()


def test_demo_capture_holds_no_transcript_in_which_reporters_speak(reader: CaptureReader) -> None:
    for url in list_entries(reader, "white-house"):
        body = reader.find(url, END).payload.decode()
        assert "<p>Q " not in body, url
        assert "MS. JEAN-PIERRE:" not in body, url


def test_demo_capture_scenario_pages_are_the_golden_articles(reader: CaptureReader, articles: list[dict]) -> None:
    assert len(articles) == 13
    for article in articles:
        body = html.unescape(reader.find(article["url"], END).payload.decode())
        assert f">{article['title']}</h1>" in body
        for paragraph in article["paragraphs"]:
            assert f"<p>{paragraph}</p>" in body, article["id"]


def test_demo_capture_scenario_pages_extract_to_all_their_paragraphs(
    reader: CaptureReader, articles: list[dict]
) -> None:
    for article in articles:
        page = extract_page(reader.find(article["url"], END).payload, url=article["url"], content_type="text/html")
        assert (page.outcome, page.title) == (ExtractOutcome.OK, article["title"])
        missing = [paragraph for paragraph in article["paragraphs"] if paragraph not in page.text]
        assert not missing, article["id"]


def test_demo_capture_lists_the_scenario_in_its_outlets_feeds(reader: CaptureReader, articles: list[dict]) -> None:
    for article in articles:
        entry = list_entries(reader, article["feed_id"])[article["url"]]
        assert entry.title == article["title"]
        assert entry.published_at == datetime.fromisoformat(article["published_at"])


def test_demo_capture_names_each_record_by_what_it_holds(path: Path) -> None:
    with path.open("rb") as stream:
        records = [
            (record.rec_headers.get_header("WARC-Record-ID"), record.rec_headers.get_header("WARC-Date"))
            for record in ArchiveIterator(stream)
        ]
    assert len({identity for identity, _ in records}) == len(records)
    assert all(identity[14:17].count("-") == 0 and identity.split("-")[2][0] == "5" for identity, _ in records)
    assert max(date for _, date in records) < "2024-04-02", "no record tells when the file was made"


def test_demo_capture_is_in_scope_but_for_what_is_not_about_the_topic(
    reader: CaptureReader, articles: list[dict]
) -> None:
    scope = build_scope(load_config(ROOT).scope)
    for article in articles:
        entry = list_entries(reader, article["feed_id"])[article["url"]]
        assert (scope.match(entry.title, entry.summary) is not None) == article["in_scope"], article["id"]
    official = list_entries(reader, "white-house").values()
    assert sum(scope.match(entry.title, entry.summary) is not None for entry in official) >= 60
