"""How the feeds are doing, and what a person is told when one is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRecord:
    """What one enabled feed has done so far. Gaps are seconds between polls that brought something new.

    ``page_count`` is of the newest pages that were read for it, 20 at most; ``empty_count`` of those without an article.
    """

    feed_id: str
    first_polled_at: datetime
    succeeded_at: datetime | None
    yielded_at: datetime | None
    gap_count: int
    median_gap: float | None
    longest_gap: float | None  # of the last fourteen days: nights and weekends are in it
    page_count: int
    empty_count: int


class NoticeKind(StrEnum):
    """What is wrong with the collecting itself."""

    NO_POLL_SUCCEEDS = "no_poll_succeeds"
    SOURCE_SILENT = "source_silent"
    SOURCE_EMPTY = "source_empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that the people who run this should know. One with the same kind, feed and ``since`` is the same."""

    kind: NoticeKind
    feed_id: str | None
    since: datetime
    text: str
