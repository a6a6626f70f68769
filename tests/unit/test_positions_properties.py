"""What holds of every set of statements and claims, whatever they say."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from saying import POLICY, SETTING, claim, on, report, say

from volteface.models import Basis, ChangeState, EventState, QuoteType, Stance
from volteface.positions.changes import detect_changes, reconcile_changes
from volteface.positions.intervals import track_positions

ACTORS = ["a", "b", "anonymous:a"]


@st.composite
def statements(draw):
    make = draw(st.sampled_from([say, report]))
    return make(
        draw(st.sampled_from(list(Stance))).value,
        str(draw(st.integers(1, 28))),
        actor_id=draw(st.sampled_from(ACTORS)),
        issue_id=draw(st.sampled_from(["i", "j"])),
        origin_id=draw(st.sampled_from(["o1", "o2", "o3"])),
        basis=draw(st.sampled_from(list(Basis))),
        quote_type=draw(st.sampled_from(list(QuoteType))),
        strength=draw(st.integers(1, 2)),
        conditional=draw(st.booleans()),
        confidence=draw(st.sampled_from([0.0, 0.4, 0.6, 0.85, 0.95, 1.0])),
        is_private=draw(st.booleans()),
        is_declined=draw(st.booleans()),
        reported_by=draw(st.sampled_from([None, *ACTORS])),
        rationale=draw(st.sampled_from([None, "the weather was bad", "their friends asked for that"])),
        evidence=draw(st.sampled_from(["one thing", "another thing", ""])),
    )


@st.composite
def claims(draw):
    return claim(
        draw(st.sampled_from(list(EventState))).value,
        str(draw(st.integers(1, 28))),
        draw(st.sampled_from(ACTORS)),
        draw(st.sampled_from([None, "a", "b"])),
        basis=draw(st.sampled_from(list(Basis))),
        origin_id=draw(st.sampled_from(["o1", "o2"])),
        confidence=draw(st.sampled_from([0.5, 0.9])),
    )


def detect(said, claimed=()):
    return detect_changes(said, claimed, actors=(), issues=(), policy=POLICY)


def flips(changes, actor_id):
    return [change for change in changes if change.kind == "flip" and change.actor_id == actor_id]


@settings(deadline=None, max_examples=60)
@given(st.lists(statements(), max_size=25), st.lists(claims(), max_size=10), st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(said, claimed, random):
    assert detect(random.sample(said, len(said)), random.sample(claimed, len(claimed))) == detect(said, claimed)
    assert track_positions(random.sample(said, len(said)), SETTING) == track_positions(said, SETTING)


@settings(deadline=None, max_examples=40)
@given(st.lists(statements(), max_size=25), st.lists(claims(), max_size=10))
def test_running_twice_or_reading_twice_changes_nothing(said, claimed):
    changes = detect(said, claimed)

    assert detect([*said, *said], [*claimed, *claimed]) == changes
    assert reconcile_changes(changes, detect(said, claimed), on("28")) == changes
    assert len({change.change_id for change in changes}) == len(changes)


@settings(deadline=None, max_examples=40)
@given(st.lists(statements(), min_size=1, max_size=20), st.lists(claims(), max_size=6), st.data())
def test_without_a_statement_nothing_stands_that_stood_on_it(said, claimed, data):
    gone = data.draw(st.sampled_from(said))
    rest = [statement for statement in said if statement is not gone]

    changes = detect(rest, claimed)

    known = {statement.statement_id for statement in rest} | {row.claim_id for row in claimed}
    assert {change.before_statement_id for change in changes} | {c.after_statement_id for c in changes} <= known


@settings(deadline=None, max_examples=40)
@given(st.lists(statements(), max_size=25), st.lists(claims(), max_size=10))
def test_every_change_stands_on_two_different_pieces_of_evidence(said, claimed):
    rows = {statement.statement_id: statement for statement in said} | {row.claim_id: row for row in claimed}
    for change in detect(said, claimed):
        before, after = rows[change.before_statement_id], rows[change.after_statement_id]
        assert before is not after
        assert change.known_from == max(before.known_from, after.known_from)
        assert 0 <= change.confidence <= 1
        assert change.summary


@settings(deadline=None, max_examples=40)
@given(st.lists(statements(), max_size=25))
def test_actor_flips_only_by_its_own_open_words(said):
    rows = {statement.statement_id: statement for statement in said}
    for change in detect(said):
        if change.kind == "flip":
            for statement_id in (change.before_statement_id, change.after_statement_id):
                assert rows[statement_id].actor_id == change.actor_id
                assert rows[statement_id].basis is change.basis
                assert change.basis not in {Basis.ANONYMOUS, Basis.REPORTED_BY_OTHER}
                assert not rows[statement_id].is_private


@settings(deadline=None, max_examples=30)
@given(st.lists(statements(), max_size=20))
def test_what_others_say_in_the_same_week_does_not_touch_an_actors_flips(said):
    said = [
        replace(statement, stated_at=on(str(4 + statement.stated_at.day % 7))) for statement in said
    ]  # Monday, the 4th
    alone = [statement for statement in said if statement.actor_id == "a"]

    assert flips(detect(said), "a") == flips(detect(alone), "a")


@settings(deadline=None, max_examples=30)
@given(st.lists(statements(), max_size=20))
def test_nothing_from_articles_is_confirmed_by_one_origin_without_a_clear_quote(said):
    one = [replace(s, article_id="x", origin_id="o", quote_type=QuoteType.INDIRECT) for s in said if not s.is_declined]

    assert [change.kind for change in detect(one) if change.state is ChangeState.CONFIRMED] == []


@settings(deadline=None, max_examples=30)
@given(st.lists(statements(), max_size=20))
def test_positions_of_a_series_follow_one_another(said):
    by_series = {}
    for position in track_positions(said, SETTING):
        by_series.setdefault((position.actor_id, position.issue_id, position.basis), []).append(position)
    for series in by_series.values():
        assert series[-1].valid_to is None
        for first, second in pairwise(series):
            assert first.valid_to == second.valid_from
            assert first.stance is not second.stance
