"""The outbox: what becomes of one alert on one channel. A state machine without a clock; nothing is ever deleted.

An alert is stored before it is sent, so a crash can make it go out twice (with the same key) but never lose it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from volteface.config.settings import AlertPolicy
from volteface.models import Delivery, DeliveryState


def decide_attempt(delivery: Delivery, *, error: str | None, now: datetime, policy: AlertPolicy) -> Delivery:
    """Return what one attempt made of a delivery; ``error`` is None where the channel took the message.

    Success: sent. Failure: tried again after a wait that doubles, until ``max_attempts``, then dead (and kept).
    A delivery that is already sent or dead stays as it is.
    """
    if delivery.state is not DeliveryState.PENDING:
        return delivery
    tried = replace(delivery, attempt_count=delivery.attempt_count + 1, last_error=error)
    if error is None:
        return replace(tried, state=DeliveryState.SENT, next_attempt_at=None, sent_at=now)
    if tried.attempt_count >= policy.max_attempts:
        return replace(tried, state=DeliveryState.DEAD, next_attempt_at=None)
    return replace(tried, next_attempt_at=now + wait_after(tried.attempt_count, policy))


def wait_after(attempt_count: int, policy: AlertPolicy) -> timedelta:
    """Return the wait after this many failed attempts: first_retry_minutes, doubled each time, up to the maximum."""
    doublings = min(max(attempt_count, 1) - 1, 62)  # beyond that the figure overflows and the maximum holds anyway
    return timedelta(minutes=min(policy.first_retry_minutes * 2.0**doublings, policy.max_retry_minutes))
