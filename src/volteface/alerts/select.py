"""Which change goes to which channel: filters, never the same thing twice, and retractions to those who were told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from volteface.config.channels import Channel
from volteface.models import ChangeState, PositionChange, identify

# Whoever was told one of these is told when it is taken back.
_TOLD = (ChangeState.CONFIRMED, ChangeState.CANDIDATE)


def make_alert_key(change_id: str, state: ChangeState, channel_id: str) -> str:
    """Return the stable key of one change in one state for one channel. Sending it again carries the same key."""
    return identify(change_id, state, channel_id)


def select_alerts(
    changes: Iterable[PositionChange], channels: Sequence[Channel], *, already: Collection[str]
) -> list[tuple[PositionChange, Channel]]:
    """Return the pairs of change and channel that are due an alert, in the order given, changes first.

    ``already`` holds the alert keys that are in the outbox, whether delivered or not: those are never selected again.
    A retracted change goes to the enabled channels that had the alert it takes back, if they want that state, whatever
    their other filters say now; nobody else hears of it. It does not look at the time and sends nothing.
    """
    selected: dict[str, tuple[PositionChange, Channel]] = {}
    for change in changes:
        for channel in channels:
            key = make_alert_key(change.change_id, change.state, channel.id)
            if key not in already and _wants(channel, change, already):
                selected.setdefault(key, (change, channel))
    return list(selected.values())


def _wants(channel: Channel, change: PositionChange, already: Collection[str]) -> bool:
    if not channel.enabled or change.state not in channel.states:
        return False
    if change.state is ChangeState.RETRACTED:
        return any(make_alert_key(change.change_id, state, channel.id) in already for state in _TOLD)
    return change.confidence >= channel.min_confidence and _matches(channel, change)


def _matches(channel: Channel, change: PositionChange) -> bool:
    """Tell whether the change is of a kind, of an actor and on an issue that the channel asks for (empty: every)."""
    if channel.kinds and change.kind not in channel.kinds:
        return False
    if channel.issues and change.issue_id not in channel.issues:
        return False
    return not channel.actors or bool({change.actor_id, change.counter_actor_id} & set(channel.actors))
