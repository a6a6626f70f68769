"""When collecting itself is dead, or a feed is: decided from what the feeds have done so far. Pure: ``now`` is passed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from volteface.models import FeedRecord, Notice, NoticeKind

DEAD_INTERVALS = 3  # without a successful poll of any feed
SILENT_GAPS = 7  # median gaps without anything new
MIN_GAPS = 8  # below, a median says little
MIN_PAGES = 20
MAX_EMPTY_SHARE = 0.5


def find_notices(records: Sequence[FeedRecord], now: datetime, interval: timedelta) -> list[Notice]:
    """Return what the people who run this should know, by feed; nothing else where no feed at all can be polled.

    A feed is silent after seven times its median gap, but not before its longest gap of the last two weeks: every night
    is a gap. A feed is empty where most of its newest twenty pages hold no article. Sends nothing, and does not know what
    was told before: while a fault lasts, its notice stays the same.
    """
    dead_since = find_dead_since(records, now, interval)
    if dead_since is not None:
        text = f"No poll of any feed has succeeded since {dead_since:%Y-%m-%d %H:%M} UTC: is the network there?"
        return [Notice(kind=NoticeKind.NO_POLL_SUCCEEDS, feed_id=None, since=dead_since, text=text)]
    found = [
        notice for record in records for notice in (_find_silence(record, now, interval), _find_empty(record, now))
    ]
    return [notice for notice in found if notice is not None]


def find_dead_since(records: Sequence[FeedRecord], now: datetime, interval: timedelta) -> datetime | None:
    """Return since when no poll has succeeded, if that is more than three intervals ago; None also before any poll."""
    if not records:
        return None
    successes = [record.succeeded_at for record in records if record.succeeded_at is not None]
    since = max(successes, default=min(record.first_polled_at for record in records))
    return since if now - since > DEAD_INTERVALS * interval else None


def _find_silence(record: FeedRecord, now: datetime, interval: timedelta) -> Notice | None:
    if record.yielded_at is None or record.median_gap is None or record.gap_count < MIN_GAPS:
        return None
    usual = timedelta(seconds=max(SILENT_GAPS * record.median_gap, record.longest_gap or 0))
    if now - record.yielded_at <= max(usual, DEAD_INTERVALS * interval):
        return None
    text = (
        f"The feed {record.feed_id} has brought nothing new since {record.yielded_at:%Y-%m-%d %H:%M} UTC;"
        f" usually something comes every {_show_hours(record.median_gap)}."
    )
    return Notice(kind=NoticeKind.SOURCE_SILENT, feed_id=record.feed_id, since=record.yielded_at, text=text)


def _find_empty(record: FeedRecord, now: datetime) -> Notice | None:
    if record.page_count < MIN_PAGES or record.empty_count <= MAX_EMPTY_SHARE * record.page_count:
        return None
    text = (
        f"Of the newest {record.page_count} pages of the feed {record.feed_id}, {record.empty_count} hold no article that"
        f" we can find: a new layout, a consent wall or a paywall."
    )
    week = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=now.weekday())  # told once a week
    return Notice(kind=NoticeKind.SOURCE_EMPTY, feed_id=record.feed_id, since=week, text=text)


def _show_hours(seconds: float) -> str:
    return f"{seconds / 3600:.1f} hours" if seconds < 2 * 86_400 else f"{seconds / 86_400:.0f} days"
