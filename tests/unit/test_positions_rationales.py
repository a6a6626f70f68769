"""The same position for another reason."""

from __future__ import annotations

import pytest
from saying import POLICY, report

from volteface.models import Basis, ChangeKind, ChangeState, QuoteType
from volteface.positions.changes import detect_changes
from volteface.positions.rationales import share_few_words

PROTEST = ("in protest at the abstention", "because the council's vote was let through")
MESSAGE = ("a message to the fighters", "to show militants that pressure will not save them")


def detect(*rows):
    return detect_changes(rows, (), actors=(), issues=(), policy=POLICY)


def refuse(day, rationale, **fields):
    return report("oppose", day, rationale=rationale, **fields)


def test_new_reason_for_the_same_refusal_is_one_change_in_however_many_words():
    deeds = [refuse("25", reason, basis=Basis.ACT) for reason in PROTEST]
    words = [refuse(day, reason, quote_type=QuoteType.DIRECT) for reason in MESSAGE for day in ("27", "28")]

    (change,) = detect(*deeds, *words)

    assert (change.kind, change.state, change.basis) == (
        ChangeKind.RATIONALE_CHANGE, ChangeState.CONFIRMED, Basis.ON_RECORD,
    )  # fmt: skip
    assert change.changed_at.day == 27


def test_old_reason_told_again_beside_the_new_one_is_no_second_change():
    rows = [refuse("25", PROTEST[0]), refuse("27", MESSAGE[0]), refuse("27", PROTEST[0])]
    later = [refuse("2024-04-20", PROTEST[0]), refuse("2024-04-21", MESSAGE[0])]

    assert len(detect(*rows, *later)) == 1


def test_retelling_of_a_deed_gives_no_new_reason():
    assert detect(refuse("25", PROTEST[0], basis=Basis.ACT), refuse("27", MESSAGE[0], basis=Basis.ACT)) == ()


def test_first_reason_is_no_change():
    assert detect(report("oppose", "25"), refuse("27", MESSAGE[0])) == ()


def test_new_reason_for_the_other_sign_is_no_change_of_rationale():
    rows = [refuse("25", PROTEST[0]), report("support", "27", rationale=MESSAGE[0])]

    assert ChangeKind.RATIONALE_CHANGE not in {change.kind for change in detect(*rows)}


@pytest.mark.parametrize(
    ("first", "second", "few"),
    [
        ("protest at the American abstention", "protest at the U.S. abstention in the Council", False),
        ("protests against abstaining", "in protest at those who abstained", False),
        (PROTEST[0], MESSAGE[0], True),
        ("because of it", MESSAGE[0], False),
    ],
)
def test_reasons_share_words_whatever_their_inflection(first, second, few):
    assert share_few_words(first, second) is few


def test_words_that_only_hint_at_a_position_give_no_reason_for_it():
    rows = [refuse("25", PROTEST[0], strength=1), refuse("27", MESSAGE[0], strength=1)]

    assert not detect(*rows)
