"""The probability that a sign has changed."""

from __future__ import annotations

import itertools

import pytest
from saying import POLICY

from volteface.positions.belief import (
    advance,
    begin,
    compute_change_probability,
    compute_pair_probability,
    compute_sign_probability,
)

SUPPORT, OPPOSE = (0.9, 0.1), (0.1, 0.9)


def test_two_days_have_the_probability_of_the_closed_form():
    found = compute_change_probability(begin(SUPPORT), 0, [OPPOSE], [], POLICY)
    prior = POLICY.change_prior
    paths = {
        (a, b): SUPPORT[a] * OPPOSE[b] * (1 - prior if a == b else prior)
        for a, b in itertools.product((0, 1), repeat=2)
    }

    assert found == pytest.approx(paths[0, 1] / sum(paths.values()))


def test_pair_probability_is_that_of_the_model_for_either_direction():
    both = sum(compute_change_probability(begin(SUPPORT), sign, [OPPOSE], [], POLICY) for sign in (0, 1))

    assert compute_pair_probability(9, 9, POLICY.change_prior) == pytest.approx(both)


def test_later_day_that_agrees_raises_and_one_that_returns_lowers():
    alone = compute_change_probability(begin(SUPPORT), 0, [OPPOSE], [], POLICY)

    assert compute_change_probability(begin(SUPPORT), 0, [OPPOSE], [OPPOSE], POLICY) > alone
    assert compute_change_probability(begin(SUPPORT), 0, [OPPOSE], [SUPPORT], POLICY) < alone


def test_long_steady_past_makes_the_old_sign_surer():
    belief = begin((0.6, 0.4))
    for _ in range(5):
        belief = advance(belief, (0.6, 0.4), POLICY)

    assert compute_sign_probability(belief, 0) > 0.7


def test_evidence_that_is_impossible_both_ways_gives_no_change_and_no_crash():
    assert compute_change_probability(begin(SUPPORT), 0, [(0.0, 0.0)], [], POLICY) == 0.0
