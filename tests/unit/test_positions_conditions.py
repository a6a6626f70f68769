"""Conditions added and dropped."""

from __future__ import annotations

from saying import POLICY, report, say

from volteface.models import ChangeKind, ChangeState
from volteface.positions.changes import detect_changes


def detect(*rows):
    return detect_changes(rows, (), actors=(), issues=(), policy=POLICY)


def test_condition_added_and_dropped_again():
    changes = detect(say("support", "1"), say("support", "4", conditional=True), say("support", "9"))

    assert [change.kind for change in changes] == [ChangeKind.CONDITION_ADDED, ChangeKind.CONDITION_DROPPED]
    assert {change.state for change in changes} == {ChangeState.CONFIRMED}


def test_hint_that_names_no_condition_drops_none():
    assert detect(say("support", "1", conditional=True), say("support", "4", strength=1)) == ()


def test_first_position_with_a_condition_is_no_change():
    assert detect(say("support", "1", conditional=True), say("support", "4", conditional=True)) == ()


def test_condition_in_one_outlet_is_a_candidate():
    (change,) = detect(report("support", "1"), report("support", "2"), report("support", "4", conditional=True))

    assert change.state is ChangeState.CANDIDATE


def test_outlets_that_disagree_on_the_condition_of_a_day_change_nothing():
    assert detect(say("support", "1"), say("support", "4", conditional=True), say("support", "4")) == ()
