"""What is told to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from volteface.models.vocabulary import DeliveryState


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A statement as an alert shows it: verbatim words with where and when they stood."""

    statement_id: str
    actor_id: str
    speaker_text: str
    stance: str
    basis: str
    quote: str
    outlet: str
    url: str
    title: str
    stated_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One change for one channel. ``alert_key`` is stable: sending it again carries the same key."""

    alert_key: str
    change_id: str
    channel_id: str
    created_at: datetime
    subject: str
    body: str
    payload_json: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Where one alert stands in its channel's queue."""

    alert_key: str
    channel_id: str
    state: DeliveryState
    attempt_count: int
    next_attempt_at: datetime | None
    last_error: str | None
    sent_at: datetime | None
