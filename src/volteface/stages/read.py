"""Read the pages of the articles in scope: fetch, extract, and keep a version where the text is new."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime

from volteface.adapters.warehouse import Warehouse
from volteface.adapters.web.host_book import HostBook
from volteface.adapters.web.http import Fetcher, FetchRequest
from volteface.adapters.workers import Fault
from volteface.articles.origins import Publisher, assign_origin, list_publishers
from volteface.feeds.dates import check_date
from volteface.models import (
    Article,
    ArticleVersion,
    ExtractedPage,
    FetchOutcome,
    FetchResult,
    PageFetch,
    identify,
)
from volteface.stages.capture import keep_pages
from volteface.stages.job import Job
from volteface.stages.origins import gather_copies
from volteface.stages.parsing import as_page
from volteface.stages.texts import Reading, choose_texts, find_without_text


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What reading brought."""

    fetches: tuple[PageFetch, ...]
    version_count: int

    @property
    def counts(self) -> dict[str, int]:
        """Return the sums that a run keeps."""
        return {
            "pages_fetched": len(self.fetches),
            "pages_failed": sum(1 for row in self.fetches if row.error is not None),
            "versions_new": self.version_count,
        }


def read_articles(job: Job, run_id: str) -> ReadReport:
    """Fetch the pages that were never read and those due for a second look; save fetches, versions and origins.

    A page that fails is tried again in later runs, three times in all; its outcome is a row. Raises WarehouseError.
    """
    now = job.clock()
    collection = job.config.settings.collection
    with job.open_warehouse() as warehouse:
        articles = list(warehouse.load_unfetched_articles(collection.max_articles_per_run))
        articles += warehouse.load_recheck_articles(now, collection.recheck_hours)
        latest = warehouse.load_latest_versions([article.article_id for article in articles])
        book = HostBook(warehouse.load_host_states())
    readings = _fetch_pages(job, run_id, articles, latest, book)
    with job.open_warehouse() as warehouse:
        summaries = warehouse.load_summaries(find_without_text(readings, latest))
        readings = choose_texts(readings, latest, summaries)
        fetches = tuple(_describe_reading(reading, run_id) for reading in readings)
        with warehouse.transaction():
            count = _save_versions(job, warehouse, readings, now)
            gather_copies(warehouse, now, window_days=collection.copy_window_days)
            warehouse.save_page_fetches(fetches)
            warehouse.save_host_states(book.changed())
    return ReadReport(fetches, count)


def _fetch_pages(
    job: Job, run_id: str, articles: Sequence[Article], latest: dict[str, ArticleVersion], book: HostBook
) -> list[Reading]:
    """Fetch and extract. A page that was postponed is not among the readings: it was not tried, and comes up again."""
    collection = job.config.settings.collection
    by_url = {article.url: article for article in articles}
    requests = [
        FetchRequest(
            url=article.url,
            body_sha256=latest[article.article_id].raw_sha256 if article.article_id in latest else None,
            max_bytes=collection.max_article_bytes,
            obeys_robots=True,
        )
        for article in by_url.values()
    ]
    coming: list[tuple[FetchResult, Future[ExtractedPage | Fault] | None]] = []
    with (
        Fetcher(collection, transport=job.transport, clock=job.clock, book=book) as fetcher,
        keep_pages(job, run_id, "pages") as keep,
        job.open_page_pool() as pool,
    ):
        for done, result in enumerate(fetcher.fetch_all(requests), start=1):
            job.progress("read", done, len(requests))
            if result.outcome is FetchOutcome.POSTPONED:
                continue
            keep(result)
            reading = None
            if result.outcome is FetchOutcome.OK and result.body is not None:
                reading = pool.submit(result.body, url=result.url, content_type=result.content_type)
            coming.append((replace(result, body=None), reading))
        readings = [
            Reading(by_url[result.url], result, as_page(reading.result()) if reading else None)
            for result, reading in coming
        ]
    return sorted(readings, key=lambda reading: reading.article.article_id)


def _save_versions(job: Job, warehouse: Warehouse, readings: Sequence[Reading], now: datetime) -> int:
    """Save the new versions with their origins; return how many there were."""
    found = [(reading, reading.version) for reading in readings if reading.version is not None]
    publishers = list_publishers(job.config.feeds)
    feeds = {feed.id: Publisher(feed.publisher_family, feed.source_type) for feed in job.config.feeds}
    origins = [
        assign_origin(
            version,
            publisher=feeds.get(reading.article.feed_id, Publisher(reading.article.feed_id)),
            credited_agency=reading.page.credited_agency if reading.page else None,
            source_title=reading.article.source_title,
            publishers=publishers,
        )
        for reading, version in found
    ]
    warehouse.save_articles([_date_article(reading) for reading, _ in found])
    warehouse.save_versions([version for _, version in found])
    warehouse.save_origins([replace(origin, assigned_at=now) for origin in origins])
    return len(found)


def _date_article(reading: Reading) -> Article:
    """Give an article the date that its page states, where its feed gave none and that date is not yet to come."""
    stated = reading.page.published_at if reading.page is not None else None
    if reading.article.published_at is None and stated is not None:
        published_at = check_date(stated, fetched_at=reading.result.fetched_at)
        if published_at is not None:
            return replace(reading.article, published_at=published_at, published_at_basis="page")
    return reading.article


def _describe_reading(reading: Reading, run_id: str) -> PageFetch:
    return PageFetch(
        fetch_id=identify(run_id, reading.article.article_id),
        article_id=reading.article.article_id,
        run_id=run_id,
        url=reading.article.url,
        fetched_at=reading.result.fetched_at,
        outcome=reading.result.outcome,
        http_status=reading.result.http_status,
        extract_outcome=reading.page.outcome if reading.page else None,
        error=reading.result.error or (reading.page.error if reading.page else None),
    )
