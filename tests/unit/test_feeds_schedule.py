"""When a feed is polled, and what is remembered of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from volteface.config.feeds import FeedConfig, SourceType
from volteface.config.settings import Collection
from volteface.feeds.schedule import advance_state, choose_address, drop_validators, is_due, match_state
from volteface.models import FeedState, FetchOutcome, FetchResult, ParsedFeed, ParseStatus

NOW = datetime(2024, 3, 27, 12, tzinfo=UTC)
COLLECTION = Collection(user_agent="test", poll_minutes=30, max_backoff_minutes=240, full_refetch_hours=24)
FEED = FeedConfig(
    id="f", outlet="F", url="https://f.example/", publisher_family="f", source_type=SourceType.WIRE, language="en"
)
OK = FetchResult(
    url=FEED.url, outcome=FetchOutcome.OK, fetched_at=NOW, etag='W/"1 "', last_modified="yesterday", body_sha256="a"
)
GOOD = ParsedFeed(status=ParseStatus.OK)


def minutes_until(state: FeedState) -> float:
    assert state.next_poll_at is not None
    return (state.next_poll_at - NOW).total_seconds() / 60


def test_feed_that_was_never_polled_is_due_and_a_disabled_one_never_is():
    assert is_due(FEED, None, NOW, COLLECTION)
    assert not is_due(FEED.model_copy(update={"enabled": False}), None, NOW, COLLECTION)


@pytest.mark.parametrize(("seconds", "due"), [(-1, True), (0, True), (45, True), (61, False), (1800, False)])
def test_scheduler_that_ticks_a_little_early_skips_no_poll(seconds: int, due: bool):
    state = FeedState(feed_id="f", polled_at=NOW - timedelta(minutes=30), next_poll_at=NOW + timedelta(seconds=seconds))

    assert is_due(FEED, state, NOW, COLLECTION) is due


def test_clock_that_went_back_makes_a_feed_due():
    state = FeedState(feed_id="f", polled_at=NOW + timedelta(days=3), next_poll_at=NOW + timedelta(days=4))

    assert is_due(FEED, state, NOW, COLLECTION)


def test_success_keeps_validators_verbatim():
    state = advance_state(FEED, None, OK, GOOD, NOW, COLLECTION)

    assert (state.etag, state.last_modified, state.body_sha256) == ('W/"1 "', "yesterday", "a")
    assert (state.succeeded_at, state.failure_count, minutes_until(state)) == (NOW, 0, 30)


def test_not_modified_keeps_what_is_known():
    known = advance_state(FEED, None, OK, GOOD, NOW, COLLECTION)
    answer = FetchResult(url=FEED.url, outcome=FetchOutcome.NOT_MODIFIED, fetched_at=NOW)

    state = advance_state(FEED, known, answer, None, NOW, COLLECTION)

    assert (state.etag, state.last_modified, state.body_sha256) == ('W/"1 "', "yesterday", "a")


def test_failures_double_the_wait_up_to_the_limit_and_a_success_ends_it():
    failure = FetchResult(url=FEED.url, outcome=FetchOutcome.TIMEOUT, fetched_at=NOW)
    state: FeedState | None = None
    waits = []
    for _ in range(6):
        state = advance_state(FEED, state, failure, None, NOW, COLLECTION)
        waits.append(minutes_until(state))

    assert waits == [30, 60, 120, 240, 240, 240]
    assert state is not None
    assert state.failure_count == 6
    assert advance_state(FEED, state, OK, GOOD, NOW, COLLECTION).failure_count == 0


def test_thousand_failures_do_not_overflow():
    state = FeedState(feed_id="f", failure_count=5_000)
    failure = FetchResult(url=FEED.url, outcome=FetchOutcome.TIMEOUT, fetched_at=NOW)

    assert minutes_until(advance_state(FEED, state, failure, None, NOW, COLLECTION)) == 240


def test_body_that_is_no_feed_is_a_failure_and_leaves_the_old_validators():
    known = FeedState(feed_id="f", etag="old")

    state = advance_state(FEED, known, OK, ParsedFeed(status=ParseStatus.FAILED, error="HTML"), NOW, COLLECTION)

    assert (state.etag, state.failure_count, state.succeeded_at) == ("old", 1, None)


@pytest.mark.parametrize(("asked", "minutes"), [(1, 30), (3 * 3600, 180), (1e12, 24 * 60)])
def test_retry_after_lengthens_the_wait_within_bounds(asked: float, minutes: float):
    failure = FetchResult(
        url=FEED.url, outcome=FetchOutcome.HTTP_ERROR, fetched_at=NOW, http_status=429, retry_after_seconds=asked
    )

    assert minutes_until(advance_state(FEED, None, failure, None, NOW, COLLECTION)) == minutes


@pytest.mark.parametrize(("ttl", "own", "minutes"), [(5, None, 30), (90, None, 90), (9_000, None, 240), (90, 10, 10)])
def test_ttl_lengthens_the_interval_unless_a_person_chose_one(ttl: int, own: int | None, minutes: int):
    feed = FEED.model_copy(update={"poll_minutes": own})

    assert minutes_until(advance_state(feed, None, OK, replace(GOOD, ttl_minutes=ttl), NOW, COLLECTION)) == minutes


def test_validators_are_dropped_once_in_the_refetch_time():
    state = FeedState(feed_id="f", etag="e", last_modified="l", body_sha256="s")
    full = 0
    for number in range(48 * 4):  # four days, every half hour
        now = NOW + timedelta(minutes=30 * number)
        asked = drop_validators(state, now, COLLECTION)
        assert asked is not None
        full += asked.etag is None and number > 0
        state = replace(state, polled_at=now)

    assert full == 4
    assert drop_validators(None, NOW, COLLECTION) is None


def test_feeds_are_not_all_refetched_at_once():
    hours = set()
    for number in range(50):
        state = FeedState(feed_id=f"feed-{number}", etag="e", polled_at=NOW)
        for hour in range(1, 25):
            asked = drop_validators(state, NOW + timedelta(hours=hour), COLLECTION)
            if asked is not None and asked.etag is None:
                hours.add(hour)
                break

    assert len(hours) > 12


def test_poll_that_was_postponed_is_no_failure_and_waits_as_long_as_the_host_asks():
    known = advance_state(FEED, None, OK, GOOD, NOW, COLLECTION)
    wait = FetchResult(url=FEED.url, outcome=FetchOutcome.POSTPONED, fetched_at=NOW, retry_after_seconds=7200)

    state = advance_state(FEED, known, wait, None, NOW, COLLECTION)

    assert minutes_until(state) == 120
    assert replace(state, next_poll_at=known.next_poll_at) == known
    assert advance_state(FEED, known, replace(wait, retry_after_seconds=None), None, NOW, COLLECTION) == known


def test_gone_address_rests_for_a_month_unless_another_is_configured():
    gone = FetchResult(url=FEED.url, outcome=FetchOutcome.HTTP_ERROR, fetched_at=NOW, http_status=410)
    state = advance_state(FEED, None, gone, None, NOW, COLLECTION)

    assert not is_due(FEED, state, NOW + timedelta(days=29), COLLECTION)
    assert is_due(FEED, state, NOW + timedelta(days=30), COLLECTION)
    other = FEED.model_copy(update={"url": "https://f.example/other"})
    assert is_due(other, state, NOW, COLLECTION)
    assert match_state(other, state) is None


@pytest.mark.parametrize(
    ("polls", "hours", "failures", "target", "is_believed"),
    [
        (3, 48, 0, "https://f.example/new", True),
        (2, 48, 0, "https://f.example/new", False),
        (3, 47, 0, "https://f.example/new", False),
        (9, 99, 2, "https://f.example/new", True),
        (9, 99, 3, "https://f.example/new", False),
        (9, 99, 0, "https://www.f.example/new", False),
        (9, 99, 0, "https://evil.example/f.example", False),
    ],
)
def test_move_is_believed_once_it_is_old_near_and_works(
    polls: int, hours: int, failures: int, target: str, is_believed: bool
):
    state = FeedState(
        feed_id="f",
        url=FEED.url,
        moved_to=target,
        moved_since=NOW - timedelta(hours=hours),
        moved_polls=polls,
        polled_at=NOW,
        failure_count=failures,
    )

    assert choose_address(FEED, state) == (target if is_believed else FEED.url)
