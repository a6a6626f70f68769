"""Private against public, and denials."""

from __future__ import annotations

from saying import POLICY, report, say

from volteface.models import Basis, ChangeKind, ChangeState
from volteface.positions.changes import detect_changes


def detect(*rows):
    return detect_changes(rows, (), actors=(), issues=(), policy=POLICY)


def whisper(stance, day, **fields):
    return report(stance, day, **({"basis": Basis.ANONYMOUS, "is_private": True} | fields))


def tell(stance, day, **fields):
    return report(stance, day, **({"basis": Basis.REPORTED_BY_OTHER, "reported_by": "b"} | fields))


def test_private_word_against_the_public_one_is_one_gap():
    public, private = [report("oppose", "1") for _ in "ab"], [whisper("support", day) for day in ("2", "2", "4")]

    (change,) = detect(*public, *private)

    assert (change.kind, change.state, change.basis) == (
        ChangeKind.PUBLIC_PRIVATE_GAP, ChangeState.CONFIRMED, Basis.ANONYMOUS,
    )  # fmt: skip
    assert change.before_statement_id in {one.statement_id for one in public}
    assert change.after_origin_count == 3


def test_what_unnamed_people_of_no_known_side_expect_is_no_private_word():
    public = [report("oppose", "1") for _ in "ab"]
    told = {"basis": Basis.ANONYMOUS, "is_private": False}

    def found(reporter):
        return [
            change.kind
            for change in detect(*public, *[whisper("support", "2", reported_by=reporter, **told) for _ in "ab"])
        ]

    assert found("anonymous:unknown") == []
    assert found("anonymous:b") == []
    assert found("anonymous:a") == [ChangeKind.PUBLIC_PRIVATE_GAP]


def test_a_gap_whose_one_side_comes_from_one_origin_without_a_quote_is_a_candidate():
    (change,) = detect(report("oppose", "1"), *[whisper("support", day) for day in ("2", "2", "4")])

    assert (change.kind, change.state) == (ChangeKind.PUBLIC_PRIVATE_GAP, ChangeState.CANDIDATE)


def test_gap_stands_against_the_first_public_word_after_it():
    assert [c.kind for c in detect(whisper("support", "2"), report("oppose", "5"))] == [ChangeKind.PUBLIC_PRIVATE_GAP]


def test_no_gap_without_a_public_position_in_time():
    assert detect(whisper("support", "2"), report("oppose", "20")) == ()


def test_private_word_that_agrees_is_no_gap():
    assert detect(report("oppose", "1"), whisper("oppose", "2")) == ()


def test_unnamed_officials_are_their_bodys_private_voice():
    (change,) = detect(report("oppose", "1"), whisper("support", "2", actor_id="anonymous:a", is_private=False))

    assert change.actor_id == "a"


def test_named_actor_carries_the_gap_where_unnamed_officials_speak_too():
    rows = [whisper("support", "2", actor_id="anonymous:a", confidence=0.95), whisper("support", "2")]

    (change,) = detect(report("oppose", "1"), *rows)

    assert change.after_statement_id == rows[1].statement_id


def test_private_words_weeks_apart_are_two_gaps():
    changes = detect(report("oppose", "1"), whisper("support", "2"), whisper("support", "25"))

    assert [change.changed_at.day for change in changes] == [2, 25]


def test_gap_told_in_one_article_alone_is_a_candidate():
    (change,) = detect(report("oppose", "1", origin_id="x"), whisper("support", "2", origin_id="x"))

    assert change.state is ChangeState.CANDIDATE


def test_on_record_word_against_what_another_reports_is_one_denial():
    reports = [tell("support", day) for day in ("26", "27")]
    answers = [report("oppose", day) for day in ("27", "28", "30")]

    (change,) = detect(*reports, *answers)

    assert (change.kind, change.state, change.counter_actor_id) == (ChangeKind.DENIAL, ChangeState.CONFIRMED, "b")
    assert change.before_statement_id == reports[0].statement_id
    assert change.after_statement_id == answers[0].statement_id


def test_denial_comes_in_time_and_after_the_report():
    assert detect(tell("support", "1"), report("oppose", "20")) == ()
    assert detect(report("oppose", "1"), tell("support", "2")) == ()


def test_report_that_agrees_is_no_denial():
    assert detect(tell("support", "1"), report("support", "2")) == ()


def test_own_sides_report_is_nothing_to_deny():
    assert detect(tell("support", "1", reported_by="a"), report("oppose", "2")) == ()


def test_deed_is_no_denial():
    assert detect(tell("support", "1"), report("oppose", "2", basis=Basis.ACT)) == ()


def test_report_by_another_is_never_the_actors_position():
    rows = [report("oppose", "1"), tell("support", "2"), report("oppose", "3")]

    assert ChangeKind.FLIP not in {change.kind for change in detect(*rows)}


def test_denial_is_one_where_the_same_dispute_goes_on_for_weeks():
    rows = [say_day for day in range(1, 28, 3) for say_day in (tell("support", str(day)), report("oppose", str(day)))]

    assert len(detect(*rows)) == 1


def test_second_dispute_months_later_is_a_second_denial():
    rows = [tell("support", "2024-01-01"), report("oppose", "2024-01-02"), tell("support", "2024-06-01")]

    assert len(detect(*rows, report("oppose", "2024-06-01"))) == 2


def test_sure_hand_coded_denial_is_confirmed_by_its_probability():
    told = say("support", "1", basis=Basis.REPORTED_BY_OTHER, reported_by="b")

    assert detect(told, say("oppose", "1"))[0].state is ChangeState.CONFIRMED
