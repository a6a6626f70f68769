"""Following a group from where it was left gives what following it from the beginning gives."""

from __future__ import annotations

import base64
import zlib
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from saying import SETTING, claim, report, say

from volteface.config.actors import Actor, ActorKind, Role
from volteface.models import Basis, EventState, QuoteType
from volteface.positions.checkpoint import dump_state, load_state
from volteface.positions.findings import Setting
from volteface.positions.groups import choose_settled_days, choose_start, follow_group, group_statements
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


def follow(said, claims, cuts, delays):
    """Follow group ``a`` in parts: at each cut, what is known by then, from the last state that the news leave alone."""
    states, seen, settled, positions = {}, set(), {}, {}
    for today in cuts:
        known = [
            s for s, delay in zip(said, delays, strict=True) if s.stated_at.date() + timedelta(days=delay) <= today
        ]
        first = min((s.stated_at.date() for s in known if s.statement_id not in seen), default=None)
        seen = {s.statement_id for s in known}
        start = states.get(choose_start(states, first, SIDED.policy))
        since = start.settled_on if start else date.min
        kept = choose_settled_days(("a", "i"), today, SIDED.policy)
        settle_on = [day for day in kept if day > since]
        followed = follow_group(("a", "i"), known, claims, SIDED, start=start, settle_on=settle_on)
        settled = {c.change_id: (on, c) for on, c in settled.values() if on <= since}
        settled |= {c.change_id: (on, c) for on, c in followed.found}
        earlier = {p.position_id: p for p in positions.values() if p.valid_to and p.valid_to.date() <= since}
        positions = earlier | {p.position_id: p for p in followed.positions}
        states = {day: state for day, state in states.items() if day in kept and day <= since}
        states |= {state.settled_on: load_state(dump_state(state)) for state in followed.states}
    return {change for _, change in settled.values()}, set(positions.values())


@settings(deadline=None, max_examples=150)
@given(st.lists(statements(), max_size=40), st.lists(st.integers(1, 60), max_size=6), st.data())
def test_followed_in_parts_is_as_followed_at_once(said, gaps, data):
    claims = data.draw(claims_on(said))
    whole = follow_group(("a", "i"), said, claims, SIDED)
    end = FIRST + timedelta(days=150)
    cuts = [day for n in range(len(gaps)) if (day := FIRST + timedelta(days=sum(gaps[: n + 1]))) < end]

    delays = data.draw(st.lists(st.sampled_from([0, 0, 0, 2, 9, 40]), min_size=len(said), max_size=len(said)))

    changes, positions = follow(said, claims, [*cuts, end + timedelta(days=40)], delays)

    assert changes == {change for _, change in whole.found}
    assert positions == set(whole.positions)


def test_state_of_another_making_is_not_taken_up():
    packed = base64.b64encode(zlib.compress(b'{"settled_on": "2024-03-01", "series": 3}')).decode()

    assert load_state(packed) is None
    assert load_state("eJw=") is None
    assert load_state("") is None


def test_group_is_everybody_who_may_speak_for_the_same_body():
    rows = [say("support", "1", actor_id=name) for name in ("a", "h", "anonymous:a", "other:b")]
    told = say("support", "1", actor_id="b", basis=Basis.REPORTED_BY_OTHER, reported_by="h")

    groups = group_statements([*rows, told], SIDED)

    assert {key: len(said) for key, said in groups.items()} == {("a", "i"): 4, ("b", "i"): 2}


@pytest.mark.parametrize("later", range(0, 70, 3))
def test_days_that_are_settled_now_were_settled_before(later):
    policy = SETTING.policy
    settled = set()
    for today in (FIRST + timedelta(days=n) for n in range(later + 100)):
        days = choose_settled_days(("a", "i"), today, policy)
        settled |= set(days) if today == FIRST else {days[-1]}
        reach = today - timedelta(days=policy.confirm_days + policy.late_days)
        assert reach - timedelta(days=4) < days[-1] <= reach
    assert set(days) <= settled


def test_a_group_is_followed_from_the_last_day_that_news_leave_alone():
    policy = SETTING.policy
    days = [FIRST, FIRST + timedelta(days=10)]
    reach = timedelta(days=policy.confirm_days)

    assert choose_start(days, None, policy) == days[1]
    assert choose_start(days, days[1] + reach + timedelta(days=1), policy) == days[1]
    assert choose_start(days, days[1] + reach, policy) == FIRST
    assert choose_start(days, FIRST + reach, policy) is None
    assert choose_start([], FIRST, policy) is None
