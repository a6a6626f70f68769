"""Who contradicts whom about a planned event: one side says that it is agreed, another that it is not.

For showing who stands against whom. Whether a dispute is a confirmed change is decided in events.py, which asks for
more: a decider's own word, and that it is each side's last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations

from volteface.models import Basis, EventState
from volteface.positions.days import ANONYMOUS_PREFIX
from volteface.positions.events import AGREED
from volteface.positions.sides import Sides


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One claimant's claim of one state of an event, said from ``since`` to ``last_stated_at``."""

    claim_id: str
    event_id: str
    issue_id: str | None
    claimant_id: str
    basis: Basis
    is_private: bool
    state: EventState
    since: datetime
    last_stated_at: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims that cannot both be true, and since when they stand against one another."""

    event_id: str
    agreed_claim_id: str
    denied_claim_id: str
    since: datetime


def find_conflicts(standings: Sequence[Standing], sides: Sides, window_days: int) -> tuple[Conflict, ...]:
    """Return the pairs of claims of two sides, one agreed (or scheduled), one denied, said within the window.

    What was called off may be agreed anew: a cancellation is the next state, and contradicts nobody. Two voices of one
    side are no two claimants: they change their mind, which the event's history tells. What was told anonymously or in
    private is nobody's word.
    """
    words = sorted(
        (one for one in standings if _is_word(one)), key=lambda standing: (standing.since, standing.claim_id)
    )
    found = [
        _order(one, other)
        for one, other in combinations(words, 2)
        if one.event_id == other.event_id
        and _is_dispute(one.state, other.state)
        and _get_side(one, sides) != _get_side(other, sides)
        and _gap(one, other) <= timedelta(days=window_days)
    ]
    return tuple(
        sorted(found, key=lambda conflict: (conflict.since, conflict.agreed_claim_id, conflict.denied_claim_id))
    )


def _is_word(standing: Standing) -> bool:
    is_named = standing.basis is not Basis.ANONYMOUS and not standing.claimant_id.startswith(ANONYMOUS_PREFIX)
    return is_named and not standing.is_private


def _is_dispute(one: EventState, other: EventState) -> bool:
    states = {one, other}
    return EventState.DENIED in states and bool(states & AGREED)


def _get_side(standing: Standing, sides: Sides) -> str:
    return sides.get_side(standing.claimant_id, standing.issue_id, standing.since.astimezone(UTC).date())


def _gap(one: Standing, other: Standing) -> timedelta:
    return max(one.since, other.since) - min(one.last_stated_at, other.last_stated_at)


def _order(one: Standing, other: Standing) -> Conflict:
    agreed, denied = (other, one) if one.state is EventState.DENIED else (one, other)
    return Conflict(one.event_id, agreed.claim_id, denied.claim_id, max(one.since, other.since))
