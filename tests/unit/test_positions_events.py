"""Planned events: lifecycles and contradictions."""

from __future__ import annotations

import pytest
from saying import POLICY, claim, on

from volteface.config.issues import Issue
from volteface.models import Basis, ChangeKind, ChangeState
from volteface.positions.changes import detect_changes

ISSUE = Issue.model_validate(
    {
        "id": "trip", "name": "Trip", "proposition": "It should be", "terms": ["trip"],
        "event": {"id": "talks", "name": "Talks", "decided_by": ["us"], "terms": ["talks"]},
    }
)  # fmt: skip


def detect(*claims, issues=(ISSUE,)):
    return detect_changes((), claims, actors=(), issues=issues, policy=POLICY)


def kinds(*claims):
    return [change.kind for change in detect(*claims)]


def test_first_established_state_is_no_change():
    assert kinds(claim("cancelled", "1", "us", "us")) == []


def test_meeting_that_is_held_after_it_was_cancelled_is_one_lifecycle_change():
    held = [claim("held", "8", who, None, basis=Basis.ACT, mode="virtual") for who in ("us", "them", "us")]

    (change,) = detect(claim("cancelled", "1", "us", "us"), *held)

    assert (change.kind, change.state, change.actor_id, change.issue_id) == (
        ChangeKind.LIFECYCLE, ChangeState.CONFIRMED, "us", "trip",
    )  # fmt: skip
    assert change.summary == "Talks: cancelled to held (virtual)"
    assert change.changed_at == on("8")


def test_meeting_that_unnamed_officials_held_is_held():
    held = claim("held", "8", "anonymous:us", None, basis=Basis.ACT)

    assert kinds(claim("cancelled", "1", "us", "us"), held) == [ChangeKind.LIFECYCLE]


def test_change_of_an_event_reported_by_one_origin_is_a_candidate():
    (change,) = detect(claim("cancelled", "1", "us", "us"), claim("held", "8", "us", None))

    assert change.state is ChangeState.CANDIDATE
    assert change.against == ("it comes from one origin only",)


@pytest.mark.parametrize(
    "fields",
    [
        {"claimed_by": "anonymous:us", "about": "us"},
        {"claimed_by": "them", "about": "us"},
        {"claimed_by": "us", "about": "us", "basis": Basis.ANONYMOUS},
        {"claimed_by": "us", "about": "us", "is_private": True},
        {"claimed_by": "us", "about": "them"},
        {"claimed_by": "us", "about": "us", "basis": Basis.ACT},  # a date is words, no deed
        {"claimed_by": "us", "about": "us", "stated_at": None},
    ],
)
def test_only_the_deciders_own_open_word_establishes(fields):
    assert kinds(claim("cancelled", "1", "us", "us"), claim("scheduled", "8", **fields)) == []


def test_decider_that_agrees_on_the_record_after_cancelling_is_a_lifecycle_change():
    assert kinds(claim("cancelled", "1", "us", "us"), claim("agreed", "8", "us", "us")) == [ChangeKind.LIFECYCLE]


def test_denial_of_what_is_cancelled_anyway_is_no_lifecycle_change():
    assert kinds(claim("cancelled", "1", "us", "us"), claim("denied", "3", "us", "us")) == []


def test_old_cancellation_told_again_after_the_meeting_is_no_change():
    claims = [claim("cancelled", "1", "us", "us"), claim("held", "8", "us", None), claim("cancelled", "9", "us", "us")]

    assert kinds(*claims) == [ChangeKind.LIFECYCLE]


def test_held_wins_over_a_cancellation_told_the_same_day():
    told = [claim("cancelled", "8", "us", "us", confidence=0.99) for _ in range(3)]

    assert kinds(claim("cancelled", "1", "us", "us"), claim("held", "8", "us", None), *told) == [ChangeKind.LIFECYCLE]


def test_agreed_according_to_one_and_denied_by_the_decider_is_one_contradiction():
    said = [claim("agreed", day, "them", "us", basis=Basis.REPORTED_BY_OTHER) for day in ("27", "27", "28")]
    denied = [claim("denied", day, "us", "us") for day in ("27", "29")]

    (change,) = detect(*said, *denied)

    assert (change.kind, change.state) == (ChangeKind.CONTRADICTION, ChangeState.CONFIRMED)
    assert (change.actor_id, change.counter_actor_id, change.issue_id) == ("us", "them", "trip")


def test_counterpart_that_insists_after_the_denial_contradicts_it():
    assert kinds(claim("denied", "1", "us", "us"), claim("agreed", "2", "them", "us")) == [ChangeKind.CONTRADICTION]


def test_cancelling_what_was_agreed_is_no_contradiction():
    assert ChangeKind.CONTRADICTION not in kinds(
        claim("agreed", "1", "them", "us"), claim("cancelled", "2", "us", "us")
    )


def test_counterpart_that_agrees_with_the_deciders_latest_word_contradicts_nothing():
    claims = [claim("denied", "1", "us", "us"), claim("agreed", "2", "us", "us"), claim("agreed", "3", "them", "us")]

    assert ChangeKind.CONTRADICTION not in kinds(*claims)


def test_words_far_apart_contradict_nothing():
    assert kinds(claim("agreed", "1", "them", "us"), claim("denied", "20", "us", "us")) == []


def test_unnamed_official_contradicts_nobody():
    assert kinds(claim("scheduled", "1", "anonymous:them", "us"), claim("denied", "2", "us", "us")) == []


def test_event_that_is_not_configured_is_decided_by_whom_claims_are_about():
    claims = [claim("cancelled", "1", "us", "us"), claim("agreed", "8", "us", "us")]

    (change,) = detect(*claims, issues=())

    assert (change.kind, change.issue_id) == (ChangeKind.LIFECYCLE, "i")
