"""Which statements a change stands on, and whether they are enough to believe it.

The rule of belief, in words. A change is confirmed when its probability reaches ``confirm_probability`` and both its old
side and its new one have standing. Where only the reason is new, the old side needs none; a silence needs none at all,
for that somebody declined is the outlet's own word. Statements have standing when they come from ``min_origins``
independent origins, or when one of them is a clear direct quote of a named actor. Statements that come with no article
(hand-coded series, which carry neither quote nor outlet) have the standing of their probability: nothing more is demanded
of them than is known. Statements of the trained reader alone, which no rule saw, add to the probability but never have
standing by themselves.
Otherwise the change is a candidate; and rejected where the old position is stated again before anything confirms it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator

from volteface.config.settings import ChangePolicy
from volteface.models import Basis, ChangeState, DecidedBy, EventClaim, QuoteType, Spoken
from volteface.positions.days import ANONYMOUS_PREFIX, weigh

_QUOTE_RANK = {QuoteType.DIRECT: 3, QuoteType.MIXED: 2, QuoteType.INDIRECT: 1, QuoteType.NONE: 1}
CLEAR_STRENGTH = 2


def choose_statement(statements: Collection[Spoken], *, actor_id: str | None = None) -> Spoken:
    """Return the best-evidenced statement: the given actor's own, explicit, seen by a rule, directly quoted, surest, first
    known.
    """
    return max(
        sorted(statements, key=lambda statement: statement.statement_id),
        key=lambda statement: (
            statement.actor_id == actor_id,
            statement.strength,
            is_ruled(statement),
            _QUOTE_RANK[statement.quote_type],
            statement.confidence,
            -statement.known_from.timestamp(),
        ),
    )


def count_origins(statements: Collection[Spoken]) -> int:
    """Return how many independent origins the statements come from."""
    return len({statement.origin_id for statement in statements})


def has_standing(statements: Collection[Spoken], policy: ChangePolicy) -> bool:
    """Tell whether statements are enough to confirm what is probable: see the rule above."""
    if not any(map(is_ruled, statements)):
        return False
    if count_origins(statements) >= policy.min_origins or any(is_clear_quote(statement) for statement in statements):
        return True
    return all(not statement.article_id for statement in statements)


def is_ruled(statement: Spoken) -> bool:
    """Tell whether a rule made the statement, alone or with the trained reader."""
    return statement.decided_by is not DecidedBy.READER


def is_clear_quote(statement: Spoken) -> bool:
    """Tell whether a named actor is quoted word for word, explicitly, on the record."""
    return (
        is_ruled(statement)
        and statement.quote_type is QuoteType.DIRECT
        and statement.basis is Basis.ON_RECORD
        and statement.strength >= CLEAR_STRENGTH
        and not statement.actor_id.startswith(ANONYMOUS_PREFIX)
    )


def compute_probability(statements: Collection[Spoken] | Collection[EventClaim], policy: ChangePolicy) -> float:
    """Return how probable it is that agreeing statements, or claims, were read right: one vote an origin, its surest."""
    votes: dict[str, float] = {}
    for statement in statements:
        votes[statement.origin_id] = max(votes.get(statement.origin_id, 0.0), weigh(statement, policy))
    return min(1 / (1 + math.exp(-sum(sorted(votes.values())))), 0.999)


def decide_state(probability: float, policy: ChangePolicy, *, stands: bool, returned: bool = False) -> ChangeState:
    """Return how far a change is believed: see the rule above."""
    if probability >= policy.confirm_probability and stands:
        return ChangeState.CONFIRMED
    return ChangeState.REJECTED if returned else ChangeState.CANDIDATE


def argue_against(
    before: Collection[Spoken],
    after: Collection[Spoken],
    probability: float,
    policy: ChangePolicy,
    *,
    needs_standing: bool = True,
) -> tuple[str, ...]:
    """Return what argues against believing a change, in plain words."""
    low = (f"probability {probability:.2f} is below {policy.confirm_probability:.2f}",)
    return (
        *(_doubt_standing(before, after, policy) if needs_standing else ()),
        *(low if probability < policy.confirm_probability else ()),
    )


def _doubt_standing(before: Collection[Spoken], after: Collection[Spoken], policy: ChangePolicy) -> Iterator[str]:
    for name, statements in (("the old position", before), ("the new position", after)):
        if statements and count_origins(statements) < policy.min_origins:
            yield f"{name} comes from one origin only"
    if any(statement.article_id for statement in after) and not any(map(is_clear_quote, after)):
        yield "no clear direct quote of the new position"
    if not any(map(is_ruled, after)):
        yield "no rule reads the new position, the trained reader alone does"
    if all(statement.strength < CLEAR_STRENGTH for statement in after):
        yield "the new position is hedged or implied"
