"""When a feed is polled next, and what is remembered of it. Pure: ``now`` is passed in."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from volteface.config.feeds import FeedConfig
from volteface.config.settings import Collection
from volteface.models import FeedState, FetchOutcome, FetchResult, ParsedFeed, ParseStatus

SUCCESSES = frozenset({FetchOutcome.OK, FetchOutcome.NOT_MODIFIED, FetchOutcome.UNCHANGED})
MIN_RETRY_AFTER = timedelta(seconds=60)
MAX_RETRY_AFTER = timedelta(hours=24)
EARLY_SHARE = 0.1  # of the interval, at most EARLY_LIMIT: a scheduler that ticks a second early must not skip a poll
EARLY_LIMIT = timedelta(seconds=60)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def is_due(feed: FeedConfig, state: FeedState | None, now: datetime, collection: Collection) -> bool:
    """Tell whether a feed is to be polled now: enabled, and never polled or its time has come.

    A poll may come up to a tenth of its interval (60 s at most) early. A clock that went back makes the feed due.
    """
    if not feed.enabled:
        return False
    if state is None or state.polled_at is None or state.next_poll_at is None or state.polled_at > now:
        return True
    early = min(_base_interval(feed, collection) * EARLY_SHARE, EARLY_LIMIT)
    return state.next_poll_at - early <= now


def drop_validators(state: FeedState | None, now: datetime, collection: Collection) -> FeedState | None:
    """Return the state to ask with: without validators once in ``full_refetch_hours``, else as it is.

    Some servers answer 304 for ever. Time is cut into windows of that length, each feed's begun at another moment so
    that not all feeds are read in full at once; the first poll of a window asks without validators.
    """
    if state is None or state.polled_at is None:
        return state
    window = timedelta(hours=collection.full_refetch_hours)
    offset = window * (int.from_bytes(hashlib.sha256(state.feed_id.encode()).digest()[:4]) / 2**32)
    is_first = (now - _EPOCH + offset) // window != (state.polled_at - _EPOCH + offset) // window
    return replace(state, etag=None, last_modified=None) if is_first else state


def advance_state(  # noqa: PLR0917 -- what came, in the order in which it came
    feed: FeedConfig,
    state: FeedState | None,
    result: FetchResult,
    parsed: ParsedFeed | None,
    now: datetime,
    collection: Collection,
) -> FeedState:
    """Return what is remembered of a feed after one poll.

    Validators are kept verbatim, and only those of a body that was a feed. A failure keeps what is known and doubles
    the wait, up to ``max_backoff_minutes``; a Retry-After counts between 60 s and 24 h.
    """
    old = state or FeedState(feed_id=feed.id)
    is_success = result.outcome in SUCCESSES and (parsed is None or parsed.status is not ParseStatus.FAILED)
    if not is_success:
        failures = old.failure_count + 1
        wait = max(_back_off(feed, failures, collection), _read_retry_after(result))
        return replace(old, polled_at=now, failure_count=failures, next_poll_at=now + wait)
    is_full = result.outcome is not FetchOutcome.NOT_MODIFIED
    return replace(
        old,
        etag=result.etag if is_full else result.etag or old.etag,
        last_modified=result.last_modified if is_full else result.last_modified or old.last_modified,
        body_sha256=result.body_sha256 if is_full else old.body_sha256,
        polled_at=now,
        succeeded_at=now,
        failure_count=0,
        next_poll_at=now + max(_choose_interval(feed, parsed, collection), _read_retry_after(result)),
    )


def _base_interval(feed: FeedConfig, collection: Collection) -> timedelta:
    return timedelta(minutes=feed.poll_minutes or collection.poll_minutes)


def _choose_interval(feed: FeedConfig, parsed: ParsedFeed | None, collection: Collection) -> timedelta:
    """Return the feed's own configured interval, else the longer one of the general interval and the feed's <ttl>."""
    base = _base_interval(feed, collection)
    if feed.poll_minutes is not None or parsed is None or parsed.ttl_minutes is None:
        return base
    return max(base, timedelta(minutes=min(parsed.ttl_minutes, collection.max_backoff_minutes)))


def _back_off(feed: FeedConfig, failures: int, collection: Collection) -> timedelta:
    """Return the wait after the n-th failure in a row: the interval, doubled for each failure after the first."""
    base = _base_interval(feed, collection)
    longest = max(base, timedelta(minutes=collection.max_backoff_minutes))
    doublings = min(failures - 1, 20)
    return min(base * (1 << doublings), longest)


def _read_retry_after(result: FetchResult) -> timedelta:
    if result.retry_after_seconds is None:
        return timedelta(0)
    seconds = min(max(result.retry_after_seconds, MIN_RETRY_AFTER.total_seconds()), MAX_RETRY_AFTER.total_seconds())
    return timedelta(seconds=seconds)
