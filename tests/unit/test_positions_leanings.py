"""What all readings together say of an issue."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from saying import POLICY, on, say

from volteface.models import Basis
from volteface.positions.leanings import Leanings, OwnLeaning, compute_support, count_leanings, get_week

MONDAY = date(2024, 3, 4)


def read(count, share, confidence=0.85, *, days=1):
    """Return readings of an issue that a share of them supports, each misread with the rest of the confidence."""
    source = random.Random(1)
    rows = []
    for number in range(count):
        for day in range(days):
            holds = number < share * count
            stance = "support" if holds == (source.random() < confidence) else "oppose"
            when = (MONDAY + timedelta(days=day)).isoformat()
            rows.append(say(stance, when, actor_id=f"a{number}", confidence=confidence))
    return rows


def share_of(rows, weeks=1, own=None):
    return Leanings(count_leanings(rows)).compute_share("i", own or OwnLeaning(get_week(MONDAY) + weeks))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_share_is_that_of_what_is_held_and_not_of_what_is_read(share):
    assert share_of(read(2000, share)) == pytest.approx(share, abs=0.03)


def test_share_counts_whole_weeks_before_and_no_later_one():
    rows = read(500, 0.9)

    assert share_of(rows, 0) == 0.5
    assert share_of(rows, 9) == share_of(rows) > 0.85


def test_series_own_readings_are_left_out():
    rows = [say("support", "5"), *(say("oppose", "5", actor_id=f"b{n}") for n in range(3))]
    own = OwnLeaning().enter(get_week(MONDAY)).add(compute_support(rows[:1])).enter(get_week(MONDAY) + 1)

    assert share_of(rows, own=own) == pytest.approx(share_of(rows[1:]), abs=0.01)
    assert share_of(rows) > share_of(rows, own=own) + 0.05


def test_new_issue_is_like_the_others_and_nothing_is_ever_certain():
    rows = read(300, 1.0, 0.95)
    leanings = Leanings(count_leanings(rows))

    assert leanings.compute_share("new", OwnLeaning(get_week(MONDAY) + 1)) == 0.95
    assert leanings.compute_share("i", OwnLeaning(get_week(MONDAY) + 1)) == 0.95


def test_rate_is_learned_where_nobody_changes_and_never_above_the_general_one():
    week = get_week(MONDAY) + 2
    steady = Leanings(count_leanings(read(400, 0.5, days=7)))
    wild = Leanings(
        count_leanings(
            [
                say(random.choice(["support", "oppose"]), str(d), actor_id=f"a{n}")
                for n in range(80)
                for d in range(4, 11)
            ]
        )
    )

    assert steady.compute_rate(week, POLICY) < 0.12
    assert wild.compute_rate(week, POLICY) == POLICY.renewal_prior
    assert Leanings({}).compute_rate(week, POLICY) == pytest.approx(POLICY.renewal_prior)


def test_only_open_words_of_the_actor_itself_count():
    hidden = [
        say("support", "5", is_private=True),
        say("support", "5", basis=Basis.ANONYMOUS),
        say("support", "5", basis=Basis.REPORTED_BY_OTHER),
        say("support", "5", actor_id="anonymous:a"),
        say("mixed", "5"),
    ]

    assert count_leanings(hidden) == {}


def test_copies_of_one_origin_count_once():
    once = say("support", "5", origin_id="wire", confidence=0.8)
    copies = [say("support", "5", origin_id="wire", confidence=0.8) for _ in range(9)]

    assert compute_support([once, *copies]) == pytest.approx(compute_support([once]))
    assert on("5").date() > MONDAY
