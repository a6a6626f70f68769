"""Following a group from where it was left gives what following it from the beginning gives."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from saying import SETTING, claim, report, say

from volteface.config.actors import Actor, ActorKind, Role
from volteface.models import Basis, EventState, QuoteType
from volteface.positions.checkpoint import dump_state, load_state
from volteface.positions.findings import Setting
from volteface.positions.groups import choose_settled_day, follow_group, group_statements, is_unsettled
from volteface.positions.leanings import Leaning, Leanings, get_week
from volteface.positions.sides import Sides

FIRST = date(2024, 1, 1)
HEAD = Actor(id="h", name="Head", kind=ActorKind.PERSON, roles=(Role(title="Prime Minister", of="a"),))
BODY = Actor(id="a", name="Body", kind=ActorKind.GOVERNMENT)
WEEKS = {("i", get_week(FIRST) + n): Leaning(8.0 - n % 7, 9.0, 1.0, 30.0) for n in range(25)}
SIDED = Setting(policy=SETTING.policy, sides=Sides((HEAD, BODY), ()), labels=SETTING.labels, leanings=Leanings(WEEKS))


@st.composite
def statements(draw):
    make = draw(st.sampled_from([say, report]))
    day = FIRST + timedelta(days=draw(st.integers(0, 150)))
    basis = draw(st.sampled_from([*[Basis.ON_RECORD] * 3, *Basis]))
    is_declined = draw(st.sampled_from([False, False, False, True]))
    return make(
        "no_position" if is_declined else draw(st.sampled_from([*["support"] * 3, *["oppose"] * 2, "mixed"])),
        day.isoformat(),
        actor_id=draw(st.sampled_from(["a", "h", "anonymous:a"])),
        origin_id=draw(st.sampled_from(["o1", "o2", "o3"])),
        basis=basis,
        quote_type=draw(st.sampled_from(list(QuoteType))),
        strength=draw(st.integers(1, 2)),
        conditional=draw(st.booleans()),
        confidence=draw(st.sampled_from([0.6, 0.85, 0.95])),
        is_private=draw(st.sampled_from([False, False, True])),
        is_declined=is_declined,
        is_reported_change=draw(st.sampled_from([False, False, True])),
        reported_by=draw(st.sampled_from(["b", "a", None])) if basis is Basis.REPORTED_BY_OTHER else None,
        rationale=draw(st.sampled_from([None, "the weather was bad", "their friends asked for that"])),
        evidence=draw(st.sampled_from(["one thing", "another thing", ""])),
    )


@st.composite
def claims_on(draw, said):
    chosen = [draw(st.sampled_from(said))] if said else []
    return [claim(EventState.CANCELLED.value, "1", "a", None, statement_id=s.statement_id) for s in chosen]


def follow(said, claims, cuts):
    """Follow group ``a`` in parts: at each cut, what is known by then, settled as far as may be."""
    state, settled, positions = None, {}, {}
    for today in cuts:
        known = [s for s in said if s.stated_at.date() <= today]
        day = choose_settled_day(today, state, SIDED.policy)
        followed = follow_group(("a", "i"), known, claims, SIDED, start=state, settle_on=day)
        since = state.settled_on if state else date.min
        settled = {c.change_id: (on, c) for on, c in settled.values() if on <= since}
        settled |= {c.change_id: (on, c) for on, c in followed.found}
        kept = {p.position_id: p for p in positions.values() if p.valid_to and p.valid_to.date() <= since}
        positions = kept | {p.position_id: p for p in followed.positions}
        state = followed.state and load_state(dump_state(followed.state))
    return {change for _, change in settled.values()}, set(positions.values())


@settings(deadline=None, max_examples=150)
@given(st.lists(statements(), max_size=40), st.lists(st.integers(1, 60), max_size=6), st.data())
def test_followed_in_parts_is_as_followed_at_once(said, gaps, data):
    claims = data.draw(claims_on(said))
    whole = follow_group(("a", "i"), said, claims, SIDED)
    end = FIRST + timedelta(days=150)
    cuts = [day for n in range(len(gaps)) if (day := FIRST + timedelta(days=sum(gaps[: n + 1]))) < end]

    changes, positions = follow(said, claims, [*cuts, end])

    assert changes == {change for _, change in whole.found}
    assert positions == set(whole.positions)


def test_state_of_another_making_is_not_taken_up():
    assert load_state('{"settled_on": "2024-03-01", "series": 3}') is None
    assert load_state("") is None


def test_group_is_everybody_who_may_speak_for_the_same_body():
    rows = [say("support", "1", actor_id=name) for name in ("a", "h", "anonymous:a", "other:b")]
    told = say("support", "1", actor_id="b", basis=Basis.REPORTED_BY_OTHER, reported_by="h")

    groups = group_statements([*rows, told], SIDED)

    assert {key: len(said) for key, said in groups.items()} == {("a", "i"): 4, ("b", "i"): 2}


@pytest.mark.parametrize(("later", "moves"), [(0, False), (6, False), (7, True)])
def test_settled_day_moves_in_steps_and_late_words_are_told_apart(later, moves):
    policy = SETTING.policy
    day = choose_settled_day(FIRST, None, policy)
    state = follow_group(("a", "i"), [], [], SIDED, settle_on=day).state

    assert day == FIRST - timedelta(days=policy.confirm_days + policy.late_days)
    assert (choose_settled_day(FIRST + timedelta(days=later), state, policy) is not None) is moves
    assert is_unsettled(FIRST - timedelta(days=policy.late_days - 1), state, policy)
    assert not is_unsettled(FIRST - timedelta(days=policy.late_days), state, policy)
