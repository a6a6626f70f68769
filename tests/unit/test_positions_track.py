"""Positions through time."""

from __future__ import annotations

import random

from saying import SETTING, on, report, say

from volteface.models import Basis, QuoteType, Stance
from volteface.positions.intervals import track_positions
from volteface.positions.track import trace_series


def test_position_lasts_until_the_next_one_begins():
    rows = [say("support", "1"), say("support", "5"), say("oppose", "9"), say("oppose", "12")]

    first, second = track_positions(rows, SETTING)

    assert (first.stance, first.valid_from, first.valid_to, first.last_stated_at) == (
        Stance.SUPPORT, on("1"), on("9"), on("5"),
    )  # fmt: skip
    assert (second.stance, second.valid_from, second.valid_to) == (Stance.OPPOSE, on("9"), None)
    assert (first.statement_count, first.origin_count) == (2, 2)


def test_position_is_kept_per_basis():
    rows = [say("support", "1"), say("oppose", "2", basis=Basis.ANONYMOUS), say("support", "3")]

    positions = track_positions(rows, SETTING)

    assert [(row.basis, row.stance) for row in positions] == [
        (Basis.ANONYMOUS, Stance.OPPOSE),
        (Basis.ON_RECORD, Stance.SUPPORT),
    ]


def test_position_does_not_move_for_a_doubtful_word():
    rows = [say("support", "1"), say("oppose", "5", confidence=0.6), say("support", "9")]

    (position,) = track_positions(rows, SETTING)

    assert position.stance is Stance.SUPPORT
    assert position.statement_count == 2


def test_misread_beginning_does_not_hold_the_series():
    rows = [say("oppose", "1", confidence=0.6), *(say("support", day) for day in ("3", "5", "7"))]

    assert track_positions(rows, SETTING)[-1].stance is Stance.SUPPORT


def test_lead_statement_is_the_clear_direct_quote():
    quote = report("support", "1", quote_type=QuoteType.DIRECT, confidence=0.8)

    (position,) = track_positions([report("support", "1"), quote, report("support", "2", strength=1)], SETTING)

    assert position.lead_statement_id == quote.statement_id


def test_private_words_and_refusals_to_comment_are_no_position():
    rows = [say("support", "1", is_private=True), say("no_position", "1", is_declined=True)]

    assert track_positions(rows, SETTING) == ()


def test_positions_do_not_depend_on_the_order_of_arrival():
    rows = [say(stance, str(day)) for day, stance in enumerate(["support", "oppose", "mixed", "oppose", "support"], 1)]
    shuffled = random.Random(1).sample(rows, len(rows))

    assert track_positions(shuffled, SETTING) == track_positions(rows, SETTING)


def test_contradictory_day_does_not_move_the_series():
    rows = [say("support", "1"), say("support", "5"), say("oppose", "5"), say("support", "9")]

    trace = trace_series("i", rows, SETTING)

    assert trace.shifts == ()
    assert [run.stance for run in trace.runs] == [Stance.SUPPORT]


def test_series_of_mixed_days_alone_is_one_mixed_run():
    assert [run.stance for run in trace_series("i", [say("mixed", "1"), say("mixed", "4")], SETTING).runs] == [
        Stance.MIXED
    ]
