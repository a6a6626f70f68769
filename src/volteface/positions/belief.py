"""How probable it is that a series' sign has changed between two of its days.

A hidden Markov model with two signs, and the memory of whether the actor has changed before: an actor changes at one
of ``change_prior`` of its days; one that has changed changes again at ``return_prior`` of them, because real changes
cluster and are often short-lived, and a model without that memory smooths them away. Evidence counts up to a given
day and not beyond, so what is said a year later does not rewrite a judgement of today.

Source of the method: forward-backward (Rabiner 1989), with a fixed lag.
"""

from __future__ import annotations

from collections.abc import Sequence

from volteface.config.settings import ChangePolicy

# The states: support and oppose of an actor that has not changed yet, then of one that has.
Belief = tuple[float, float, float, float]
Likelihoods = tuple[float, float]


def begin(likelihoods: Likelihoods) -> Belief:
    """Return the belief after a series' first day: both signs were as likely."""
    return _scale((likelihoods[0], likelihoods[1], 0.0, 0.0))


def advance(belief: Belief, likelihoods: Likelihoods, policy: ChangePolicy) -> Belief:
    """Return the belief after one more day."""
    return _scale(_predict(belief, likelihoods, policy))


def compute_sign_probability(belief: Belief, sign: int) -> float:
    """Return the probability of a sign (0 support, 1 oppose) under a belief."""
    return belief[sign] + belief[sign + 2]


def compute_change_probability(
    before: Belief, sign: int, between: Sequence[Likelihoods], following: Sequence[Likelihoods], policy: ChangePolicy
) -> float:
    """Return the probability that the sign was ``sign`` at the day of ``before`` and is the other one at the last day
    of ``between``, given that day, those between and those ``following``.

    ``between`` ends with the day in question and is not empty. It does not look at who says it.
    """
    backward: Belief = (1.0, 1.0, 1.0, 1.0)
    for likelihoods in reversed(following):
        backward = _scale(_look_back(backward, likelihoods, policy))
    same, other = _keep_sign(before, sign), _keep_sign(before, 1 - sign)
    for likelihoods in between:
        same, other = _predict(same, likelihoods, policy), _predict(other, likelihoods, policy)
        total = sum(same) + sum(other)  # one factor for both, so that they stay comparable
        same, other = _divide(same, total), _divide(other, total)
    changed = sum(same[state] * backward[state] for state in (1 - sign, 3 - sign))
    total = sum((a + b) * c for a, b, c in zip(same, other, backward, strict=True))
    return changed / total if total else 0.0


def compute_pair_probability(before: float, after: float, prior: float) -> float:
    """Return the probability that two states differ, given the likelihood ratio of each for its own reading.

    The closed form of the model for two days of anything that has two values: a condition that is there or not.
    """
    odds = prior / (1 - prior) * (before * after + 1) / (before + after)
    return odds / (1 + odds)


def _keep_sign(belief: Belief, sign: int) -> Belief:
    return (belief[0], 0.0, belief[2], 0.0) if sign == 0 else (0.0, belief[1], 0.0, belief[3])


def _predict(belief: Belief, likelihoods: Likelihoods, policy: ChangePolicy) -> Belief:
    first, again = policy.change_prior, policy.return_prior
    a, b, c, d = belief
    support, oppose = likelihoods
    return (
        a * (1 - first) * support,
        b * (1 - first) * oppose,
        (b * first + c * (1 - again) + d * again) * support,
        (a * first + d * (1 - again) + c * again) * oppose,
    )


def _look_back(backward: Belief, likelihoods: Likelihoods, policy: ChangePolicy) -> Belief:
    first, again = policy.change_prior, policy.return_prior
    support, oppose = likelihoods
    a, b, c, d = backward[0] * support, backward[1] * oppose, backward[2] * support, backward[3] * oppose
    return (
        (1 - first) * a + first * d,
        (1 - first) * b + first * c,
        (1 - again) * c + again * d,
        (1 - again) * d + again * c,
    )


def _scale(belief: Belief) -> Belief:
    return _divide(belief, sum(belief))


def _divide(belief: Belief, total: float) -> Belief:
    return (belief[0] / total, belief[1] / total, belief[2] / total, belief[3] / total) if total else belief
