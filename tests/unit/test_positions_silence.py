"""Silence."""

from __future__ import annotations

from saying import POLICY, report, say

from volteface.models import Basis, ChangeKind, ChangeState
from volteface.positions.changes import detect_changes


def detect(*rows):
    found = detect_changes(rows, (), actors=(), issues=(), policy=POLICY)
    return [change for change in found if change.kind is ChangeKind.SILENCE]


def decline(day, **fields):
    return report("no_position", day, is_declined=True, **fields)


def test_actor_that_had_spoken_and_declines_is_silent_once():
    spoken = report("support", "10")

    (change,) = detect(report("support", "1"), spoken, decline("20"), decline("20"), decline("21"))

    assert change.before_statement_id == spoken.statement_id
    assert change.state is ChangeState.CONFIRMED
    assert change.after_origin_count == 2


def test_actor_that_never_spoke_is_not_silent():
    assert detect(decline("20")) == []


def test_actor_that_spoke_long_ago_is_not_silent():
    assert detect(report("support", "2023-01-01"), decline("20")) == []


def test_reporting_of_another_is_having_spoken():
    told = report("support", "10", actor_id="b", basis=Basis.REPORTED_BY_OTHER, reported_by="a")

    (change,) = detect(told, decline("20"))

    assert (change.actor_id, change.before_statement_id) == ("a", told.statement_id)


def test_what_is_said_anonymously_of_an_actor_is_not_having_spoken():
    assert detect(report("support", "10", basis=Basis.ANONYMOUS), decline("20")) == []


def test_speaking_in_between_makes_a_second_silence():
    rows = [report("support", "1"), decline("10"), report("support", "12"), decline("14")]

    assert [change.changed_at.day for change in detect(*rows)] == [10, 14]


def test_two_actors_that_decline_are_two_silences():
    rows = [report("support", "1"), report("support", "1", actor_id="b"), decline("9"), decline("9", actor_id="b")]

    assert sorted(change.actor_id for change in detect(*rows)) == ["a", "b"]


def test_no_position_that_is_said_is_no_silence():
    assert detect(report("support", "1"), say("no_position", "9")) == []
