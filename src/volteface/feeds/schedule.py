"""When a feed is polled next, and what is remembered of it. Pure: ``now`` is passed in."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from volteface.config.feeds import FeedConfig
from volteface.config.settings import Collection
from volteface.models import FeedState, FetchOutcome, FetchResult, ParsedFeed, ParseStatus

SUCCESSES = frozenset({FetchOutcome.OK, FetchOutcome.NOT_MODIFIED, FetchOutcome.UNCHANGED})
MIN_RETRY_AFTER = timedelta(seconds=60)
MAX_RETRY_AFTER = timedelta(hours=24)
GONE_WAIT = timedelta(days=30)  # after a 410: the address is gone, and a person is to say what comes in its place
MOVE_POLLS = 3  # in a row, over MOVE_AGE at least, that were sent to one and the same address for good
MOVE_AGE = timedelta(hours=48)
MOVE_FAILURES = 3  # in a row at the new address, and the old one is asked again
EARLY_SHARE = 0.1  # of the interval, at most EARLY_LIMIT: a scheduler that ticks a second early must not skip a poll
EARLY_LIMIT = timedelta(seconds=60)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def is_due(feed: FeedConfig, state: FeedState | None, now: datetime, collection: Collection) -> bool:
    """Tell whether a feed is to be polled now: enabled, and never polled or its time has come.

    A poll may come up to a tenth of its interval (60 s at most) early. A clock that went back makes the feed due.
    """
    if not feed.enabled:
        return False
    state = match_state(feed, state)
    if state is None or state.polled_at is None or state.next_poll_at is None or state.polled_at > now:
        return True
    early = min(_base_interval(feed, collection) * EARLY_SHARE, EARLY_LIMIT)
    return state.next_poll_at - early <= now


def match_state(feed: FeedConfig, state: FeedState | None) -> FeedState | None:
    """Return the state, or None where it is about another address than the one that is configured now."""
    return None if state is not None and state.url not in {None, feed.url} else state


def choose_address(feed: FeedConfig, state: FeedState | None) -> str:
    """Return where to poll a feed: the configured address, or the one that it has moved to for good.

    That is believed after MOVE_POLLS polls over MOVE_AGE, on the same host only: a move to another host is for a person
    to believe (view feed_health, ``moved_to``).
    """
    state = match_state(feed, state)
    if state is None or state.moved_to is None or state.moved_since is None or state.polled_at is None:
        return feed.url
    is_old = state.moved_polls >= MOVE_POLLS and state.polled_at - state.moved_since >= MOVE_AGE
    is_near = urlsplit(state.moved_to).hostname == urlsplit(feed.url).hostname
    return state.moved_to if is_old and is_near and state.failure_count < MOVE_FAILURES else feed.url


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
    the wait, up to ``max_backoff_minutes``; a Retry-After counts between 60 s and 24 h. A poll that was postponed is no
    poll. After a 410 the address rests for GONE_WAIT.
    """
    old = replace(match_state(feed, state) or FeedState(feed_id=feed.id), url=feed.url)
    if result.outcome is FetchOutcome.POSTPONED:
        wait = _read_retry_after(result)
        return replace(old, next_poll_at=now + wait) if wait else old
    is_success = result.outcome in SUCCESSES and (parsed is None or parsed.status is not ParseStatus.FAILED)
    if not is_success:
        failures = old.failure_count + 1
        wait = max(_back_off(feed, failures, collection), _read_retry_after(result))
        wait = max(wait, GONE_WAIT) if result.http_status == HTTPStatus.GONE else wait
        return replace(old, polled_at=now, failure_count=failures, next_poll_at=now + wait)
    is_full = result.outcome is not FetchOutcome.NOT_MODIFIED
    return replace(
        _note_move(feed, old, result, now),
        etag=result.etag if is_full else result.etag or old.etag,
        last_modified=result.last_modified if is_full else result.last_modified or old.last_modified,
        body_sha256=result.body_sha256 if is_full else old.body_sha256,
        polled_at=now,
        succeeded_at=now,
        failure_count=0,
        next_poll_at=now + max(_choose_interval(feed, parsed, collection), _read_retry_after(result)),
    )


def _note_move(feed: FeedConfig, old: FeedState, result: FetchResult, now: datetime) -> FeedState:
    """Return the state with where this poll was sent for good, if anywhere."""
    if result.url != feed.url:  # it was polled at the new address
        return old
    if result.moved_to is not None and result.moved_to == old.moved_to:
        return replace(old, moved_polls=old.moved_polls + 1)
    polls, since = (1, now) if result.moved_to else (0, None)
    return replace(old, moved_to=result.moved_to, moved_since=since, moved_polls=polls)


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
