from datetime import UTC, datetime, timedelta

import pytest

from volteface.alerts.outbox import decide_attempt, wait_after
from volteface.config.settings import AlertPolicy
from volteface.models import Delivery, DeliveryState

NOW = datetime(2024, 3, 2, 12, tzinfo=UTC)
POLICY = AlertPolicy(max_attempts=4, first_retry_minutes=1, max_retry_minutes=3)
PENDING = Delivery(
    alert_key="k",
    channel_id="desk",
    state=DeliveryState.PENDING,
    attempt_count=0,
    next_attempt_at=NOW,
    last_error=None,
    sent_at=None,
)


def test_a_success_is_sent_now_and_never_due_again() -> None:
    sent = decide_attempt(PENDING, error=None, now=NOW, policy=POLICY)
    assert (sent.state, sent.attempt_count, sent.sent_at) == (DeliveryState.SENT, 1, NOW)
    assert sent.next_attempt_at is None


def test_a_success_after_failures_forgets_the_error() -> None:
    failed = decide_attempt(PENDING, error="down", now=NOW, policy=POLICY)
    assert decide_attempt(failed, error=None, now=NOW, policy=POLICY).last_error is None


def test_failures_wait_longer_each_time_and_end_dead() -> None:
    delivery, waits = PENDING, []
    for _ in range(POLICY.max_attempts):
        delivery = decide_attempt(delivery, error="down", now=NOW, policy=POLICY)
        waits.append(delivery.next_attempt_at)
    assert waits == [NOW + timedelta(minutes=m) for m in (1, 2, 3)] + [None]
    assert (delivery.state, delivery.attempt_count, delivery.last_error) == (DeliveryState.DEAD, 4, "down")
    assert delivery.sent_at is None


@pytest.mark.parametrize("error", [None, "down"])
@pytest.mark.parametrize("last_error", [None, "down"])
def test_what_is_settled_stays_settled(error: str | None, last_error: str | None) -> None:
    settled = PENDING
    while settled.state is DeliveryState.PENDING:
        settled = decide_attempt(settled, error=last_error, now=NOW, policy=POLICY)
    assert decide_attempt(settled, error=error, now=NOW + timedelta(days=1), policy=POLICY) == settled


def test_the_wait_never_overflows() -> None:
    assert wait_after(10_000, POLICY) == timedelta(minutes=3)


def test_the_default_policy_tries_for_a_day_before_it_gives_up() -> None:
    policy = AlertPolicy()
    total = sum((wait_after(n, policy) for n in range(1, policy.max_attempts)), timedelta())
    assert total == timedelta(minutes=12 + 24 + 48 + 96 + 192 + 384 + 720)
    assert total > timedelta(days=1)
