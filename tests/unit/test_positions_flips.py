"""Flips, steps to and from mixed, and when they are believed."""

from __future__ import annotations

import pytest
from saying import POLICY, report, say

from volteface.models import Basis, ChangeKind, ChangeState, DecidedBy, QuoteType
from volteface.positions.changes import detect_changes


def detect(*rows, kind=None):
    found = detect_changes(rows, (), actors=(), issues=(), policy=POLICY)
    return [change for change in found if kind is None or change.kind is kind]


def test_single_sure_statements_that_differ_are_a_confirmed_flip():
    before, after = say("support", "1"), say("oppose", "4")

    (change,) = detect(before, after)

    assert (change.kind, change.state, change.basis) == (ChangeKind.FLIP, ChangeState.CONFIRMED, Basis.ON_RECORD)
    assert (change.before_statement_id, change.after_statement_id) == (before.statement_id, after.statement_id)
    assert change.changed_at == after.stated_at


def test_one_day_change_and_return_are_two_flips():
    changes = detect(say("oppose", "14"), say("support", "15"), say("oppose", "16"), say("oppose", "17"))

    assert [change.changed_at.day for change in changes] == [15, 16]
    assert {change.state for change in changes} == {ChangeState.CONFIRMED}


@pytest.mark.parametrize("basis", [Basis.ANONYMOUS, Basis.REPORTED_BY_OTHER])
def test_words_of_others_never_flip_an_actor(basis):
    assert detect(say("support", "1", basis=basis), say("oppose", "4", basis=basis), kind=ChangeKind.FLIP) == []


def test_private_words_never_flip_an_actor():
    assert detect(say("support", "1"), say("oppose", "4", is_private=True), kind=ChangeKind.FLIP) == []


def test_leak_between_two_statements_leaves_the_record_alone():
    rows = [say("oppose", "1"), say("support", "2", basis=Basis.ANONYMOUS), say("oppose", "3")]

    assert detect(*rows, kind=ChangeKind.FLIP) == []


def test_unsure_flip_is_a_candidate():
    (change,) = detect(say("support", "1"), say("oppose", "4", confidence=0.85))

    assert change.state is ChangeState.CANDIDATE
    assert any("probability" in reason for reason in change.against)


def test_candidate_is_confirmed_by_a_later_day_that_agrees():
    first = say("oppose", "4", confidence=0.85)

    (change,) = detect(say("support", "1"), first, say("oppose", "6", confidence=0.85))

    assert change.state is ChangeState.CONFIRMED
    assert change.changed_at == first.stated_at


def test_later_day_out_of_time_confirms_nothing_of_the_first():
    changes = detect(
        say("support", "2024-01-01"), say("oppose", "2024-01-05", confidence=0.85), say("oppose", "2024-06-01")
    )

    assert [change.state for change in changes] == [ChangeState.CANDIDATE, ChangeState.CONFIRMED]


def test_candidate_is_rejected_by_a_return_to_the_old_sign():
    (change,) = detect(say("support", "1"), say("oppose", "4", confidence=0.85), say("support", "6"))

    assert change.state is ChangeState.REJECTED
    assert change.against[-1] == "the old position was stated again on 2024-03-06"


def test_flip_in_one_outlet_only_is_a_candidate_however_sure():
    (change,) = detect(report("support", "1", confidence=0.99), report("oppose", "4", confidence=0.99))

    assert change.state is ChangeState.CANDIDATE
    assert "the new position comes from one origin only" in change.against


def test_flip_in_two_outlets_is_confirmed():
    after = [report("oppose", "4", confidence=0.95), report("oppose", "4", confidence=0.95)]

    before = [report("support", "1", confidence=0.95) for _ in "ab"]

    (change,) = detect(*before, *after)

    assert change.state is ChangeState.CONFIRMED
    assert (change.before_origin_count, change.after_origin_count) == (2, 2)


def test_flip_from_what_one_outlet_alone_gave_is_a_candidate():
    (change,) = detect(report("support", "1", confidence=0.95), *[report("oppose", "4", confidence=0.95) for _ in "ab"])

    assert change.state is ChangeState.CANDIDATE
    assert "the old position comes from one origin only" in change.against


def test_reprints_of_one_origin_confirm_nothing():
    reprints = [report("oppose", "4", confidence=0.95, origin_id="wire") for _ in range(40)]

    (change,) = detect(report("support", "1", confidence=0.95), *reprints)

    assert change.state is ChangeState.CANDIDATE
    assert change.after_origin_count == 1


def test_flip_in_a_clear_direct_quote_is_confirmed():
    quote = report("oppose", "4", confidence=0.99, quote_type=QuoteType.DIRECT)

    (change,) = detect(*[report("support", "1", confidence=0.99) for _ in "ab"], quote)

    assert change.state is ChangeState.CONFIRMED


def test_step_of_the_same_sign_is_no_change():
    assert detect(say("support", "1", strength=2), say("support", "4", strength=1), say("support", "9")) == []


def test_clear_sign_that_becomes_mixed_softens_and_hardens_back():
    changes = detect(say("support", "1"), say("mixed", "4"), say("support", "9"))

    assert [change.kind for change in changes] == [ChangeKind.SOFTEN, ChangeKind.HARDEN]


def test_hint_that_becomes_mixed_is_one_step_and_no_change():
    assert detect(say("support", "1", strength=1), say("mixed", "4")) == []


def test_flip_by_way_of_mixed_is_a_flip_and_no_harden():
    changes = detect(say("support", "1"), say("mixed", "4"), say("oppose", "9"))

    assert [change.kind for change in changes] == [ChangeKind.SOFTEN, ChangeKind.FLIP]


def test_change_id_stays_when_a_better_report_of_it_comes():
    before, after = say("support", "1", confidence=0.97), report("oppose", "4", confidence=0.9)
    better = report("oppose", "4", quote_type=QuoteType.DIRECT, confidence=0.97)

    (first,) = detect(before, after)
    (second,) = detect(before, after, better)

    assert first.change_id == second.change_id
    assert second.after_statement_id == better.statement_id
    assert (first.state, second.state) == (ChangeState.CANDIDATE, ChangeState.CONFIRMED)


def test_what_the_trained_reader_alone_reads_is_a_candidate():
    alone = [say("oppose", day, decided_by=DecidedBy.READER) for day in ("4", "5")]

    (change,) = detect(say("support", "1"), *alone)

    assert change.state is ChangeState.CANDIDATE
    assert "no rule reads the new position, the trained reader alone does" in change.against


def test_a_rule_that_reads_it_too_confirms_what_the_reader_read_first():
    (change,) = detect(say("support", "1"), say("oppose", "4", decided_by=DecidedBy.READER), say("oppose", "5"))

    assert change.state is ChangeState.CONFIRMED


def test_evidence_is_what_a_rule_saw_rather_than_what_the_reader_alone_did():
    read = report("oppose", "4", confidence=0.97, quote_type=QuoteType.MIXED, decided_by=DecidedBy.READER)
    ruled = report("oppose", "4", confidence=0.9)

    (change,) = detect(say("support", "1"), read, ruled)

    assert change.after_statement_id == ruled.statement_id
