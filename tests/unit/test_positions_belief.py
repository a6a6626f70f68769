"""The probability that a sign has changed."""

from __future__ import annotations

import itertools

import pytest
from saying import POLICY

from volteface.positions.belief import (
    Step,
    advance,
    advance_branches,
    begin,
    branch,
    compute_change_probability,
    compute_pair_probability,
    compute_sign_probability,
)

SUPPORT, OPPOSE = Step(0.9, 0.1), Step(0.1, 0.9)


def find_change(first, second, *following, sign=0):
    branches = advance_branches(branch(begin(first), sign), second, POLICY)
    return compute_change_probability(branches, sign, following, POLICY)


def test_two_days_have_the_probability_of_the_closed_form():
    found = find_change(SUPPORT, OPPOSE)
    prior = POLICY.renewal_prior / 2  # half of those that take it up anew come to the other sign
    paths = {
        (a, b): SUPPORT[a] * OPPOSE[b] * (1 - prior if a == b else prior)
        for a, b in itertools.product((0, 1), repeat=2)
    }

    assert found == pytest.approx(paths[0, 1] / sum(paths.values()))


def test_pair_probability_is_that_of_the_model_for_either_direction():
    both = sum(find_change(SUPPORT, OPPOSE, sign=sign) for sign in (0, 1))

    assert compute_pair_probability(9, 9, POLICY.renewal_prior / 2) == pytest.approx(both)


def test_later_day_that_agrees_raises_and_one_that_returns_lowers():
    alone = find_change(SUPPORT, OPPOSE)

    assert find_change(SUPPORT, OPPOSE, OPPOSE) > alone
    assert find_change(SUPPORT, OPPOSE, SUPPORT) < alone


def test_long_steady_past_makes_the_old_sign_surer():
    belief = begin(Step(0.6, 0.4))
    for _ in range(5):
        belief = advance(belief, Step(0.6, 0.4), POLICY)

    assert compute_sign_probability(belief, 0) > 0.7


def test_evidence_that_is_impossible_both_ways_gives_no_change_and_no_crash():
    assert find_change(SUPPORT, Step(0.0, 0.0)) == 0.0


def test_day_on_which_an_article_tells_of_the_change_makes_it_likelier_and_not_sure():
    told = find_change(SUPPORT, OPPOSE._replace(is_reported_change=True))

    assert find_change(SUPPORT, OPPOSE) < told < 1
    assert find_change(SUPPORT, Step(0.1, 0.9, is_reported_change=True), SUPPORT, SUPPORT) < 0.5
    assert find_change(SUPPORT, SUPPORT._replace(is_reported_change=True)) < 0.1


def test_move_to_where_hardly_anybody_stands_is_less_probable():
    def find(share):
        return find_change(SUPPORT, OPPOSE._replace(share=share))

    assert find(0.95) < find(0.5) < find(0.05)


def test_where_positions_are_seldom_taken_up_anew_a_change_is_less_probable():
    assert find_change(SUPPORT, OPPOSE._replace(rate=0.02)) < find_change(SUPPORT, OPPOSE) / 3
