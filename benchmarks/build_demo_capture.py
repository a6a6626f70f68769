"""Build the capture that ships with the package: White House documents of a winter, and the scenario's week.

usage: build_demo_capture.py WHITEHOUSE.jsonl.gz -o CAPTURE.warc.gz

The pages are composed here and the poll times are chosen here: nothing was crawled. The same input gives the same
bytes. What the capture holds, and its licence, stand in src/volteface/demo/README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fixed_warc import fix_records
from site_writing import SitePage, render_atom, render_json_feed, render_page, render_rss
from white_house import OUTLET as WHITE_HOUSE
from white_house import load_white_house_pages

from volteface.adapters.archive import CaptureWriter
from volteface.config.feeds import FeedConfig, SourceType
from volteface.models import FetchOutcome, FetchResult

SCENARIO = Path(__file__).resolve().parents[1] / "tests" / "golden" / "scenario"
FEED_LENGTH = 30  # entries that a feed lists, newest first
WINTER_BEGINS = datetime(2023, 10, 9, 12, tzinfo=UTC)
WEEK = [  # the scenario's week: daily, and more often on the days that matter
    datetime(2024, 3, day, hour, tzinfo=UTC)
    for day, hour in [
        (25, 21), (26, 12), (27, 16), (27, 18), (27, 20), (27, 22), (28, 12), (29, 15), (29, 20), (30, 12), (31, 14),
        (31, 20),
    ]
] + [datetime(2024, 4, 1, 19, tzinfo=UTC), datetime(2024, 4, 1, 22, tzinfo=UTC)]  # fmt: skip

RenderFeed = Callable[[str, str, Sequence[SitePage], datetime], bytes]


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet of the capture: its feed, how its pages look and what they are."""

    feed: FeedConfig
    template: str
    feed_type: str
    render_feed: RenderFeed
    pages: tuple[SitePage, ...]

    def list_entries(self, now: datetime) -> list[SitePage]:
        """Return what the feed lists at an instant: the newest pages out by then."""
        out = [page for page in self.pages if page.published_at is not None and page.published_at <= now]
        return out[::-1][:FEED_LENGTH]


def build_outlets(white_house: Sequence[SitePage]) -> list[Outlet]:
    """Return the White House and the scenario's four outlets."""

    def rss(title: str, link: str, pages: Sequence[SitePage], _now: datetime) -> bytes:
        return render_rss(title, link, pages)

    def atom(title: str, link: str, pages: Sequence[SitePage], now: datetime) -> bytes:
        newest = pages[0].published_at if pages else None
        return render_atom(title, link, pages, updated=newest or now)

    def json_feed(title: str, link: str, pages: Sequence[SitePage], _now: datetime) -> bytes:
        return render_json_feed(title, link, pages)

    official = FeedConfig(
        id="white-house", outlet=WHITE_HOUSE, url="https://bidenwhitehouse.archives.gov/briefing-room/feed/",
        publisher_family="white-house", source_type=SourceType.OFFICIAL, language="en", country="US",
        actor="us-government",
    )  # fmt: skip
    rows = [
        ("harbour-dispatch", "Harbour Dispatch", "https://www.harbour-dispatch.example/world/rss.xml", SourceType.NATIONAL, "US", "broadsheet", "application/rss+xml", rss),
        ("meridian-ledger", "The Meridian Ledger", "https://meridian-ledger.example/atom.xml", SourceType.INTERNATIONAL, "GB", "ledger", "application/atom+xml", atom),
        ("coastline-wire", "Coastline Wire", "https://coastline-wire.example/feeds/top.rss", SourceType.WIRE, None, "wire", "application/rss+xml", rss),
        ("northgate-courier", "Northgate Courier", "https://www.northgate-courier.example/feed.json", SourceType.LOCAL, "US", "broadsheet", "application/feed+json", json_feed),
    ]  # fmt: skip
    scenario = load_scenario()
    return [Outlet(official, "official", "application/rss+xml", rss, tuple(white_house))] + [
        Outlet(
            FeedConfig(id=feed_id, outlet=outlet, url=url, publisher_family=feed_id, source_type=kind, language="en", country=country),
            template, feed_type, render, tuple(scenario[feed_id]),
        )
        for feed_id, outlet, url, kind, country, template, feed_type, render in rows
    ]  # fmt: skip


def load_scenario() -> dict[str, list[SitePage]]:
    """Return the scenario's articles by feed, oldest first."""
    feeds: dict[str, list[SitePage]] = {}
    for path in sorted(SCENARIO.glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        page = SitePage(
            url=article["url"],
            outlet=article["outlet"],
            title=article["title"],
            paragraphs=tuple(article["paragraphs"]),
            published_at=datetime.fromisoformat(article["published_at"]),
            author=article["author"],
        )
        feeds.setdefault(article["feed_id"], []).append(page)
    return {feed: sorted(pages, key=lambda page: str(page.published_at)) for feed, pages in feeds.items()}


def list_poll_times() -> list[datetime]:
    """Return when the feeds are polled: weekly through the winter, then the scenario's week."""
    weeks = (WEEK[0] - WINTER_BEGINS) // timedelta(weeks=1)
    return [WINTER_BEGINS + timedelta(weeks=week) for week in range(weeks + 1)] + WEEK


def list_results(outlets: Sequence[Outlet]) -> Iterator[FetchResult]:
    """Yield the responses of every poll, in order: the feeds, then the pages that they list for the first time.

    An outlet's feed that has nothing new since the last poll is answered with the same bytes.
    """
    read: set[str] = set()
    for now in list_poll_times():
        for outlet in outlets:
            body = outlet.render_feed(outlet.feed.outlet, outlet.feed.url, outlet.list_entries(now), WINTER_BEGINS)
            yield build_result(outlet.feed.url, body, now, outlet.feed_type)
        for outlet in outlets:
            for page in outlet.list_entries(now):
                if page.url not in read:
                    read.add(page.url)
                    yield build_result(page.url, render_page(page, outlet.template), now, "text/html")


def build_result(url: str, body: bytes, now: datetime, content_type: str) -> FetchResult:
    """Return a response as the fetcher gives it."""
    digest = hashlib.sha256(body).hexdigest()
    return FetchResult(
        url=url,
        final_url=url,
        outcome=FetchOutcome.OK,
        fetched_at=now,
        http_status=200,
        etag=f'"{digest[:16]}"',
        content_type=f"{content_type}; charset=utf-8",
        body=body,
        body_sha256=digest,
    )


def build_capture(white_house: Path, target: Path) -> dict[str, int]:
    """Write the capture; return how many responses it holds of each outlet's feed and of pages."""
    outlets = build_outlets(load_white_house_pages(white_house))
    feeds = {outlet.feed.url: outlet.feed.id for outlet in outlets}
    counts: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / target.name
        with CaptureWriter(draft) as writer:
            writer.write_feeds([outlet.feed for outlet in outlets])
            for result in list_results(outlets):
                writer.write(result)
                kind = "feed " + feeds[result.url] if result.url in feeds else "pages"
                counts[kind] = counts.get(kind, 0) + 1
        fix_records(draft, target, date=WINTER_BEGINS)
    return counts


def main() -> None:
    """Read the arguments, build, and say what was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("white_house", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    for kind, count in build_capture(arguments.white_house, arguments.output).items():
        print(f"{count:5}  {kind}")
    print(f"{arguments.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
