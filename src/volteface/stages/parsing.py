"""Feeds and pages read in worker processes: whatever one does to its process is its own outcome and costs no other."""

from __future__ import annotations

from volteface.adapters.workers import Fault, WorkerLimits, WorkerPool
from volteface.articles.extract import extract_page
from volteface.config.settings import Collection
from volteface.feeds.parse import parse_feed
from volteface.models import ExtractedPage, ExtractOutcome, ParsedFeed, ParseStatus
from volteface.plaintext import clean_text, collapse_whitespace


def open_feed_pool(collection: Collection | None = None) -> WorkerPool[..., ParsedFeed]:
    """Return a pool that calls ``parse_feed``; read its answers with ``as_feed``."""
    return WorkerPool(parse_feed, choose_limits(collection))


def open_page_pool(collection: Collection | None = None) -> WorkerPool[..., ExtractedPage]:
    """Return a pool that calls ``extract_page``; read its answers with ``as_page``."""
    return WorkerPool(extract_page, choose_limits(collection))


def choose_limits(collection: Collection | None) -> WorkerLimits:
    """Return the configured limits, else the usual ones."""
    if collection is None:
        return WorkerLimits()
    return WorkerLimits(
        workers=collection.parse_workers,
        seconds=collection.parse_seconds,
        memory_megabytes=collection.parse_memory_megabytes,
    )


def as_feed(answer: ParsedFeed | Fault) -> ParsedFeed:
    """Return the feed; a fault is a feed that failed, with the kind of it."""
    if isinstance(answer, Fault):
        reason = f"the parser was given up: {_tell(answer)}"
        return ParsedFeed(status=ParseStatus.FAILED, error=reason, fault=answer.kind.value)
    return answer


def as_page(answer: ExtractedPage | Fault) -> ExtractedPage:
    """Return the page; a fault is a page of that outcome."""
    if isinstance(answer, Fault):
        return ExtractedPage(
            outcome=ExtractOutcome(answer.kind.value), error=f"the extractor was given up: {_tell(answer)}"
        )
    return answer


def _tell(fault: Fault) -> str:
    return collapse_whitespace(clean_text(fault.reason))
