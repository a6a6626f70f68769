"""Pooling the reports of one day."""

from __future__ import annotations

from dataclasses import replace

import pytest
from saying import POLICY, report, say

from volteface.models import Basis, Modality, Stance
from volteface.positions.days import can_hold_position, is_public, pool_days, weigh


def probability_of_support(day):
    return day.step.support / (day.step.support + day.step.oppose)


def test_day_of_two_wordings_against_one_has_the_majority_sign():
    rows = [say(stance, "1", confidence=0.85, evidence="one thing said") for stance in ("support", "support", "oppose")]

    (day,) = pool_days(rows, POLICY)

    assert day.stance is Stance.SUPPORT
    assert probability_of_support(day) == pytest.approx(0.85)


def test_day_with_both_signs_said_surely_has_no_stance():
    (day,) = pool_days([say("support", "1"), say("oppose", "1")], POLICY)

    assert day.stance is None


def test_day_with_three_sure_statements_against_one_tells_little():
    (day,) = pool_days([say("support", "1"), say("support", "1"), say("support", "1"), say("oppose", "1")], POLICY)

    assert probability_of_support(day) < 0.9  # where three against none are surer than .999


def test_origin_has_one_vote_however_often_it_says_so():
    wire = [say("oppose", "1", origin_id="wire", confidence=0.8, evidence="x") for _ in range(40)]
    others = [say("support", "1", confidence=0.8, evidence="x") for _ in range(2)]

    (day,) = pool_days([*wire, *others], POLICY)

    assert day.stance is Stance.SUPPORT


def test_tie_has_no_stance():
    rows = [say(stance, "1", confidence=0.7, evidence="x") for stance in ("support", "oppose")]

    assert pool_days(rows, POLICY)[0].stance is None


def test_mixed_words_that_outweigh_the_signs_make_a_mixed_day():
    rows = [say("mixed", "1"), say("mixed", "1"), say("support", "1", confidence=0.6)]

    assert pool_days(rows, POLICY)[0].stance is Stance.MIXED


def test_unsure_statement_says_nothing_and_not_the_opposite():
    assert weigh(say("support", "1", confidence=0.3), POLICY) == 0.0


def test_no_confidence_is_higher_than_the_cap():
    assert weigh(say("support", "1"), POLICY) == weigh(
        say("support", "1", confidence=POLICY.stance_confidence_cap), POLICY
    )


def test_thousands_of_statements_in_a_day_are_pooled():
    rows = [say("support" if number % 3 else "oppose", "1", confidence=0.9) for number in range(3000)]

    (day,) = pool_days(rows, POLICY)

    assert all(0 <= likelihood <= 1 for likelihood in day.step[:2])
    assert sum(day.step[:2]) > 0


@pytest.mark.parametrize(
    "fields",
    [
        {"stated_at": None},
        {"is_declined": True},
        {"stance": Stance.NO_POSITION},
        {"modality": Modality.HYPOTHETICAL},
        {"modality": Modality.PAST},
    ],
)
def test_statement_without_day_stance_or_reality_takes_no_part(fields):
    assert not can_hold_position(replace(say("support", "1"), **fields))
    assert pool_days([replace(say("support", "1"), **fields)], POLICY) == ()


def test_past_deed_takes_part():
    assert can_hold_position(say("support", "1", basis=Basis.ACT, modality=Modality.PAST))


@pytest.mark.parametrize(
    "fields",
    [
        {"basis": Basis.ANONYMOUS},
        {"basis": Basis.REPORTED_BY_OTHER},
        {"is_private": True},
        {"actor_id": "anonymous:a"},
    ],
)
def test_nobody_stands_in_public_behind_unnamed_private_or_reported_words(fields):
    assert is_public(report("support", "1"))
    assert not is_public(report("support", "1", **fields))
