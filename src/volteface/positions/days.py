"""One day of one series: what all its reports together say, before anything is compared with another day.

Reports of one day are pooled, not counted. An origin has one vote, however many statements it carries: each of its
statements weighs 1/n. A vote weighs the log-odds of its confidence, capped by the policy and never below zero: a
tagger that is unsure says nothing, it does not say the opposite. Statements with the same evidence (letters and
spacing apart) are wordings of one statement; two different statements of a day may really contradict one another,
so with several of them there is a third hypothesis beside support and oppose: the day holds both signs. Where that
is the likeliest, or the votes tie, the day has no stance: it is no change and does not move its series.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date

from volteface.config.settings import ChangePolicy
from volteface.models import Basis, EventClaim, Modality, Spoken, Stance
from volteface.positions.belief import Step

ANONYMOUS_PREFIX = "anonymous:"
DEEDS = frozenset({Basis.ACT, Basis.VOTE})
PUBLIC = frozenset({Basis.ON_RECORD, Basis.ACT, Basis.VOTE})
Priors = tuple[float, float]  # the share of support, the rate at which positions are taken up anew
Prime = Callable[[date, Sequence[Spoken]], Priors]
NO_PRIORS: Priors = (0.5, 0.25)
SIGNS = (Stance.SUPPORT, Stance.OPPOSE)
OPPOSITE = {Stance.SUPPORT: Stance.OPPOSE, Stance.OPPOSE: Stance.SUPPORT}
_TIE = 1e-9  # log-odds
_MANY = 1000  # from here on 2**n - 2 is 2**n, and no float
_HELD_STANCES = frozenset({Stance.SUPPORT, Stance.OPPOSE, Stance.MIXED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The pooled statements of one day. ``step`` is what they say of the sign.

    ``stance`` is the likeliest single stance, or None: both signs, or a tie. ``mixed_margin`` is the log-odds of the
    words for mixed against those for the stronger sign.
    """

    day: date
    statements: tuple[Spoken, ...]
    stance: Stance | None
    step: Step
    mixed_margin: float

    def holding(self, stance: Stance) -> tuple[Spoken, ...]:
        """Return the day's statements that hold a stance."""
        return tuple(statement for statement in self.statements if statement.stance is stance)


def get_day(statement: Spoken) -> date | None:
    """Return the UTC day on which something was said, or None where it is undated."""
    stated_at = statement.stated_at
    if stated_at is None:
        return None
    return stated_at.date() if stated_at.tzinfo is UTC else stated_at.astimezone(UTC).date()


def can_hold_position(statement: Spoken) -> bool:
    """Tell whether a statement takes part in a series: dated, with a stance, spoken, and about the real world.

    What an actor held in the past is no position on the day of the article; a past deed is.
    """
    if statement.stated_at is None or statement.is_declined or statement.stance not in _HELD_STANCES:
        return False
    if statement.modality is Modality.PAST:
        return statement.basis in DEEDS
    return statement.modality is not Modality.HYPOTHETICAL


def is_public(statement: Spoken) -> bool:
    """Tell whether an actor itself stands behind the statement in public: named, on the record or by a deed."""
    return (
        statement.basis in PUBLIC and not statement.is_private and not statement.actor_id.startswith(ANONYMOUS_PREFIX)
    )


def pool_days(statements: Iterable[Spoken], policy: ChangePolicy, prime: Prime | None = None) -> tuple[Day, ...]:
    """Pool the statements of one series by day, in order of days. Statements that hold no position are left out.

    ``prime`` gives the priors of each day (see leanings.py). The result does not depend on the order of the statements.
    """
    by_day: defaultdict[date, list[Spoken]] = defaultdict(list)
    for statement in statements:
        day = get_day(statement)
        if day is not None and can_hold_position(statement):
            by_day[day].append(statement)
    return tuple(
        _pool_day(day, by_day[day], policy, prime(day, by_day[day]) if prime else NO_PRIORS) for day in sorted(by_day)
    )


def weigh(statement: Spoken | EventClaim, policy: ChangePolicy) -> float:
    """Return the log-odds that a statement or claim was read right, capped; never below zero."""
    confidence = statement.confidence
    if confidence <= 0.5:  # noqa: PLR2004 -- a coin
        return 0.0
    confidence = min(confidence, policy.stance_confidence_cap)
    return math.log(confidence / (1 - confidence))


def _pool_day(day: date, statements: list[Spoken], policy: ChangePolicy, priors: Priors) -> Day:
    if len(statements) == 1:
        return _take_day(day, statements[0], policy, priors)
    ordered = tuple(sorted(statements, key=lambda statement: statement.statement_id))
    votes = Counter([statement.origin_id for statement in ordered])
    wordings: defaultdict[str, float] = defaultdict(float)  # support is positive
    mixed = 0.0
    for statement in ordered:
        weight = weigh(statement, policy) / votes[statement.origin_id]
        if statement.stance is Stance.MIXED:
            mixed += weight
        else:
            sign = 1 if statement.stance is Stance.SUPPORT else -1
            wordings[_wording_key(statement)] += sign * weight
    margin = mixed - abs(sum(wordings.values()))
    if mixed and margin > 0:
        return Day(day=day, statements=ordered, stance=Stance.MIXED, step=Step(1.0, 1.0), mixed_margin=margin)
    stance, likelihoods = _judge_signs(list(wordings.values()), policy.contradiction_prior)
    is_reported = any(statement.is_reported_change for statement in ordered if statement.stance is stance)
    return Day(
        day=day,
        statements=ordered,
        stance=stance,
        step=Step(*likelihoods, *priors, is_reported),
        mixed_margin=margin,
    )


def _take_day(day: date, statement: Spoken, policy: ChangePolicy, priors: Priors) -> Day:
    """Return the day of one statement: what ``_pool_day`` comes to, in a tenth of the time. Most days are such."""
    weight, stance = weigh(statement, policy), statement.stance
    if stance is Stance.MIXED:
        if weight:
            return Day(day=day, statements=(statement,), stance=stance, step=Step(1.0, 1.0), mixed_margin=weight)
        return Day(day=day, statements=(statement,), stance=None, step=Step(1.0, 1.0), mixed_margin=0.0)
    other = math.exp(-weight)
    likelihoods = (1.0, other) if stance is Stance.SUPPORT else (other, 1.0)
    return Day(
        day=day,
        statements=(statement,),
        stance=stance if weight > _TIE else None,
        step=Step(*likelihoods, *priors, statement.is_reported_change and weight > _TIE),
        mixed_margin=-weight,
    )


def _wording_key(statement: Spoken) -> str:
    return " ".join(statement.evidence.casefold().split()) or statement.statement_id


def _judge_signs(log_odds: Sequence[float], contradiction_prior: float) -> tuple[Stance | None, tuple[float, float]]:
    """Return the likeliest stance of a day and its likelihoods under support and oppose.

    ``log_odds`` has one number for each different statement. Of n statements that do not all agree there are
    2**n - 2 patterns of signs; with no reason to prefer one they are equally likely.
    """
    support = -sum([math.log1p(math.exp(-odds)) for odds in log_odds])
    oppose = -sum([math.log1p(math.exp(odds)) for odds in log_odds])
    if len(log_odds) < 2:  # noqa: PLR2004 -- one statement cannot contradict itself
        both = -math.inf
    else:
        unequal = max(1 - math.exp(support) - math.exp(oppose), 0.0)
        patterns = math.log(2.0 ** len(log_odds) - 2) if len(log_odds) < _MANY else len(log_odds) * math.log(2)
        both = math.log(contradiction_prior) + (math.log(unequal) if unequal else -math.inf) - patterns
        support += math.log((1 - contradiction_prior) / 2)
        oppose += math.log((1 - contradiction_prior) / 2)
    best = max(support, oppose)
    stance = None
    if abs(support - oppose) > _TIE and best > both:
        stance = Stance.SUPPORT if support > oppose else Stance.OPPOSE
    scale = max(best, both)
    shared = math.exp(both - scale) / 2
    return stance, (math.exp(support - scale) + shared, math.exp(oppose - scale) + shared)
