"""What becomes of stored changes when detection runs again."""

from __future__ import annotations

from dataclasses import replace

from saying import POLICY, on, say

from volteface.models import ChangeState
from volteface.positions.changes import detect_changes, reconcile_changes

NOW = on("30")


def flip(*, confidence=1.0):
    rows = [say("support", "1"), say("oppose", "4", confidence=confidence)]
    return detect_changes(rows, (), actors=(), issues=(), policy=POLICY)


def test_confirmed_change_that_is_gone_comes_back_as_retracted():
    (old,) = flip()

    (change,) = reconcile_changes([old], [], NOW)

    assert change == replace(
        old, state=ChangeState.RETRACTED, against=(*old.against, "2024-03-30: the statements no longer bear it")
    )


def test_confirmed_change_that_is_only_a_candidate_now_is_retracted_with_its_old_evidence():
    (old,), (doubtful,) = flip(), flip(confidence=0.8)
    assert old.change_id == doubtful.change_id

    (change,) = reconcile_changes([old], [doubtful], NOW)

    assert (change.state, change.after_statement_id) == (ChangeState.RETRACTED, old.after_statement_id)


def test_candidate_that_is_gone_is_left_out():
    assert reconcile_changes(flip(confidence=0.8), [], NOW) == ()


def test_candidate_that_is_confirmed_is_confirmed():
    (new,) = flip()

    assert reconcile_changes(flip(confidence=0.8), [new], NOW) == (new,)


def test_retracted_change_stays_retracted_until_it_is_confirmed_again():
    (old,) = flip()
    retracted = reconcile_changes([old], [], NOW)

    assert reconcile_changes(retracted, [], on("31")) == retracted
    assert reconcile_changes(retracted, [old], on("31")) == (old,)


def test_running_again_changes_nothing():
    new = flip()
    once = reconcile_changes([], new, NOW)

    assert reconcile_changes(once, new, on("31")) == once == new
