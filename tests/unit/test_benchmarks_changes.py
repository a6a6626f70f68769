"""The measure of change detection, and the detectors that ours is measured against."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from change_detection import SETTINGS, detect_flips, judge_flips
from change_rivals import find_by_first, find_by_majority, find_by_markov, find_by_segments, find_gold
from change_scores import count_hits, score
from change_series import SIGNS, blur, copy, draw_series, make_statement

KEY = ("actor", "issue")


def say(signs: str, *, step: int = 7) -> list:
    """Return statements a week apart: + supports, - opposes; several signs of one word are one day."""
    return [
        make_statement(*KEY, number * step, SIGNS[sign == "-"])
        for number, day in enumerate(signs.split())
        for sign in day
    ]


def day(number: int) -> date:
    return (datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=number)).date()


def test_a_gold_change_is_a_day_of_one_sign_after_a_day_of_the_other() -> None:
    assert find_gold(say("+ +- - - +")) == {KEY: [day(14), day(28)]}


def test_a_change_is_hit_late_but_not_early_and_not_after_the_next() -> None:
    gold = {KEY: [day(10), day(20)]}

    assert count_hits(gold, {KEY: [day(10)]}) == 1
    assert count_hits(gold, {KEY: [day(19), day(50)]}) == 2
    assert count_hits(gold, {KEY: [day(9)]}) == 0
    assert count_hits(gold, {KEY: [day(51)]}) == 0
    assert count_hits(gold, {KEY: [day(11), day(12)]}) == 1


def test_scores_are_of_all_cases_together_and_their_means() -> None:
    result = score([({KEY: [day(1)]}, {KEY: [day(1)]}), ({KEY: [day(1)]}, {KEY: [day(0), day(60), day(90)]})])

    assert (result.precision, result.recall) == (0.25, 0.5)
    assert (result.mean_precision, result.mean_recall, result.found) == (0.5, 0.5, 2.0)


def test_blurred_readings_have_origins_of_their_own_and_are_right_as_often_as_said() -> None:
    blurred = blur(say("+ " * 200), 0.8, 5, random.Random(1))

    assert len({statement.origin_id for statement in blurred}) == len(blurred) == 1000
    assert sum(statement.stance is SIGNS[0] for statement in blurred) / 1000 == pytest.approx(0.8, abs=0.04)
    assert {statement.confidence for statement in blurred} == {0.8}


def test_a_recognised_copy_has_the_origin_of_what_it_repeats() -> None:
    blurred = blur(say("+ -"), 0.8, 3, random.Random(1))
    known, unknown = (copy(blurred, random.Random(1), recognised=recognised) for recognised in (True, False))

    assert len(known) == len(unknown) == 12
    assert {statement.origin_id for statement in known} == {statement.origin_id for statement in blurred}
    assert len({statement.origin_id for statement in unknown}) == 12
    assert [statement.stance for statement in known] == [statement.stance for statement in unknown]


def test_invented_series_change_at_the_rate_asked_for() -> None:
    series = draw_series(0.1, random.Random(1), series=600)
    pairs = len({(s.actor_id, s.stated_at) for s in series}) - 600

    assert sum(map(len, find_gold(series).values())) / pairs == pytest.approx(0.1, abs=0.02)


@pytest.mark.parametrize(
    "find", [find_by_first, find_by_majority, find_by_markov, lambda rows: find_by_segments(rows, 1)]
)
def test_every_rival_finds_a_change_that_is_plain(find) -> None:
    assert find(say("+++ +++ +++ --- --- ---")) == {KEY: [day(21)]}


def test_a_lone_reading_against_the_others_fools_the_naive_detector_alone() -> None:
    rows = say("+++ +++ -++ +++ +++")

    assert find_by_first(rows) == {KEY: [day(14), day(21)]}
    assert not any(find_by_majority(rows).values())
    assert not any(find_by_markov([*rows]).values())
    assert not any(find_by_segments(rows, 1).values())


def test_flips_are_judged_one_by_one() -> None:
    rows = say("+ + - -")
    judged = judge_flips(find_gold(rows), detect_flips(rows))

    assert [right for _, right in judged] == [True]
    assert judged[0][0] > 0.5


def test_the_hand_coded_series_itself_is_measured_first() -> None:
    assert SETTINGS[0] == (1.0, 1)
