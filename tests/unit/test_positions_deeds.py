"""Said and did."""

from __future__ import annotations

from saying import POLICY, claim, report, say

from volteface.models import Basis, ChangeKind, ChangeState
from volteface.positions.changes import detect_changes


def detect(*rows, claims=()):
    return [c.kind for c in detect_changes(rows, claims, actors=(), issues=(), policy=POLICY)]


def test_deed_against_the_word_is_said_vs_did_once():
    deeds = [say("oppose", day, basis=Basis.ACT) for day in ("5", "8")]

    assert detect(say("support", "1"), *deeds) == [ChangeKind.SAID_VS_DID]


def test_vote_against_the_word_is_said_vs_did():
    assert detect(say("support", "1"), say("oppose", "5", basis=Basis.VOTE)) == [ChangeKind.SAID_VS_DID]


def test_deed_that_goes_with_the_word_is_no_change():
    assert detect(say("support", "1"), say("support", "5", basis=Basis.ACT)) == []


def test_deed_before_any_word_is_no_change():
    assert detect(say("oppose", "1", basis=Basis.ACT), say("support", "5")) == []


def test_hedged_word_is_not_broken_by_a_deed():
    assert detect(say("support", "1", strength=1), say("oppose", "5", basis=Basis.ACT)) == []


def test_conduct_that_began_before_the_words_and_goes_on_is_no_change():
    before = [say("oppose", day, basis=Basis.ACT) for day in ("1", "3")]

    assert detect(*before, say("support", "5"), say("oppose", "8", basis=Basis.ACT)) == []


def test_deed_taken_up_again_after_the_words_is_said_vs_did():
    deeds = [say(stance, day, basis=Basis.ACT) for stance, day in (("oppose", "1"), ("support", "6"), ("oppose", "9"))]

    assert ChangeKind.SAID_VS_DID in detect(say("support", "5"), *deeds)


def test_word_of_one_outlet_is_not_broken_for_sure():
    deeds = [report("oppose", "8", basis=Basis.ACT) for _ in "ab"]

    def states(*words):
        found = detect_changes([*words, *deeds], (), actors=(), issues=(), policy=POLICY)
        return [change.state for change in found]

    assert states(report("support", "5")) == [ChangeState.CANDIDATE]
    assert states(report("support", "5"), report("support", "5")) == [ChangeState.CONFIRMED]


def test_deed_announced_the_same_day_is_a_flip_and_nothing_more():
    rows = [say("support", "1"), say("oppose", "5"), say("oppose", "5", basis=Basis.ACT)]

    assert detect(*rows) == [ChangeKind.FLIP]


def test_deed_that_carries_a_planned_event_on_is_the_events_own():
    held = say("support", "5", basis=Basis.ACT, version_id="v", evidence_start=3, evidence_end=9)
    claims = [claim("held", "5", "a", None, basis=Basis.ACT, version_id="v", evidence_start=0, evidence_end=20)]

    assert detect(say("oppose", "1"), held, claims=claims) == []
    assert detect(say("oppose", "1"), held) == [ChangeKind.SAID_VS_DID]
