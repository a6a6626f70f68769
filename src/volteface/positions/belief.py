"""How probable it is that a series' sign has changed between two of its days.

A hidden Markov model with two signs, and the memory of whether the actor has changed before. On each of its days an
actor takes its position up anew at a ``rate``, and then supports with the probability of the issue's ``share`` (see
leanings.py): so it seldom moves to where hardly anybody stands. One that has changed takes it up again
``renewal_again_prior / renewal_prior`` times as often, because real changes cluster and are often short-lived, and a
model without that memory smooths them away. Where an article itself says that the actor changed, the rate is at least
``reported_change_prior``. Evidence counts up to a given day and not beyond, so what is said a year later does not
rewrite a judgement of today.

Source of the method: forward-backward (Rabiner 1989), with a fixed lag.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from volteface.config.settings import ChangePolicy

# The states: support and oppose of an actor that has not changed yet, then of one that has.
Belief = tuple[float, float, float, float]


class Step(NamedTuple):
    """What one day says: the likelihood of its words under support and under oppose, up to a common factor; and what is
    known without them: the issue's share of support, the rate at which positions are taken up anew, and whether an
    article says in its own voice that the actor changed.
    """

    support: float
    oppose: float
    share: float = 0.5
    rate: float = 0.25
    is_reported_change: bool = False


class Branches(NamedTuple):
    """The belief split by whether the sign was what it is taken to have been; together they sum to one."""

    same: Belief
    other: Belief


def begin(step: Step) -> Belief:
    """Return the belief after a series' first day: the signs were as likely as they are on the issue."""
    return _scale((step.share * step.support, (1 - step.share) * step.oppose, 0.0, 0.0))


def advance(belief: Belief, step: Step, policy: ChangePolicy) -> Belief:
    """Return the belief after one more day."""
    return _scale(_predict(belief, step, policy))


def compute_sign_probability(belief: Belief, sign: int) -> float:
    """Return the probability of a sign (0 support, 1 oppose) under a belief."""
    return belief[sign] + belief[sign + 2]


def branch(belief: Belief, sign: int) -> Branches:
    """Split a belief by whether the sign is ``sign``."""
    return Branches(_keep_sign(belief, sign), _keep_sign(belief, 1 - sign))


def advance_branches(branches: Branches, step: Step, policy: ChangePolicy) -> Branches:
    """Return both branches after one more day, scaled by one factor so that they stay comparable."""
    same, other = _predict(branches.same, step, policy), _predict(branches.other, step, policy)
    total = sum(same) + sum(other)
    return Branches(_divide(same, total), _divide(other, total))


def compute_change_probability(branches: Branches, sign: int, following: Sequence[Step], policy: ChangePolicy) -> float:
    """Return the probability that the sign was ``sign`` where the branches parted and is the other one now, given all
    days up to now and those ``following``.

    It does not look at who says it.
    """
    backward: Belief = (1.0, 1.0, 1.0, 1.0)
    for step in reversed(following):
        backward = _scale(_look_back(backward, step, policy))
    changed = sum(branches.same[state] * backward[state] for state in (1 - sign, 3 - sign))
    total = sum((a + b) * c for a, b, c in zip(*branches, backward, strict=True))
    return changed / total if total else 0.0


def compute_pair_probability(before: float, after: float, prior: float) -> float:
    """Return the probability that two states differ, given the likelihood ratio of each for its own reading.

    The closed form of the model for two days of anything that has two values: a condition that is there or not.
    """
    odds = prior / (1 - prior) * (before * after + 1) / (before + after)
    return odds / (1 + odds)


def _keep_sign(belief: Belief, sign: int) -> Belief:
    return (belief[0], 0.0, belief[2], 0.0) if sign == 0 else (0.0, belief[1], 0.0, belief[3])


def _predict(belief: Belief, step: Step, policy: ChangePolicy) -> Belief:
    up, down, up_again, down_again = _get_moves(step, policy)
    a, b, c, d = belief
    return (
        a * (1 - down) * step.support,
        b * (1 - up) * step.oppose,
        (b * up + c * (1 - down_again) + d * up_again) * step.support,
        (a * down + d * (1 - up_again) + c * down_again) * step.oppose,
    )


def _look_back(backward: Belief, step: Step, policy: ChangePolicy) -> Belief:
    up, down, up_again, down_again = _get_moves(step, policy)
    a, b = backward[0] * step.support, backward[1] * step.oppose
    c, d = backward[2] * step.support, backward[3] * step.oppose
    return (
        (1 - down) * a + down * d,
        (1 - up) * b + up * c,
        (1 - down_again) * c + down_again * d,
        (1 - up_again) * d + up_again * c,
    )


def _get_moves(step: Step, policy: ChangePolicy) -> tuple[float, float, float, float]:
    """Return how probable a move to support and one to opposition are, of those who never changed and of the others."""
    first, again = step.rate, step.rate * policy.renewal_again_prior / policy.renewal_prior
    if step.is_reported_change:
        first, again = max(first, policy.reported_change_prior), max(again, policy.reported_change_prior)
    return first * step.share, first * (1 - step.share), again * step.share, again * (1 - step.share)


def _scale(belief: Belief) -> Belief:
    return _divide(belief, sum(belief))


def _divide(belief: Belief, total: float) -> Belief:
    return (belief[0] / total, belief[1] / total, belief[2] / total, belief[3] / total) if total else belief
