"""Said and did."""

from __future__ import annotations

from saying import POLICY, claim, say

from volteface.models import Basis, ChangeKind
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


def test_deed_announced_the_same_day_is_a_flip_and_nothing_more():
    rows = [say("support", "1"), say("oppose", "5"), say("oppose", "5", basis=Basis.ACT)]

    assert detect(*rows) == [ChangeKind.FLIP]


def test_deed_that_carries_a_planned_event_on_is_the_events_own():
    held = say("support", "5", basis=Basis.ACT, version_id="v", evidence_start=3, evidence_end=9)
    claims = [claim("held", "5", "a", None, basis=Basis.ACT, version_id="v", evidence_start=0, evidence_end=20)]

    assert detect(say("oppose", "1"), held, claims=claims) == []
    assert detect(say("oppose", "1"), held) == [ChangeKind.SAID_VS_DID]
