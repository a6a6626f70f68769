"""The entity scheme of training/: titles cut, names by majority, dates whole, closed lists."""

from __future__ import annotations

import pytest
from labels import Repair, Span, complete, is_loc, label_place, read_bio, split_places


def _spans(words: str, spans: list[Span]) -> list[tuple[str, str]]:
    split = words.split()
    return [(" ".join(split[span.start : span.end]), span.label) for span in spans]


def _teach(*uses: tuple[str, str, int]) -> Repair:
    repair = Repair()
    repair.learn(
        ([*name.split()], [Span(0, len(name.split()), label)]) for name, label, times in uses for _ in [0] * times
    )
    return repair


def test_a_tag_sequence_becomes_spans_and_unknown_labels_are_dropped() -> None:
    tags = ["B-per", "I-per", "O", "I-geo", "B-geo", "B-art"]
    assert read_bio(tags, {"per": "PERSON", "geo": "GPE"}) == [
        Span(0, 2, "PERSON"),
        Span(3, 4, "GPE"),
        Span(4, 5, "GPE"),
    ]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Jordan", "GPE"),
        ("Jordan River", "LOC"),
        ("West Bank", "LOC"),
        ("Lake Victoria", "LOC"),
        ("Springfield", "GPE"),
    ],
)
def test_a_place_is_a_loc_where_its_name_says_so(name: str, label: str) -> None:
    assert label_place(tuple(name.split())) == label


def test_a_country_whose_last_word_is_a_landform_stays_a_gpe() -> None:
    assert label_place(("Cape", "Verde")) == "GPE"
    assert is_loc(("Cape", "Verde"))


def test_titles_are_cut_off_persons_and_a_title_alone_is_none() -> None:
    words = ["Prime", "Minister", "Jane", "Roe", "met", "Mr.", "on", "Friday"]
    mended = Repair().apply(words, [Span(0, 4, "PERSON"), Span(5, 6, "PERSON")])
    assert _spans(" ".join(words), mended) == [("Jane Roe", "PERSON"), ("Friday", "DATE")]


def test_a_secretary_of_state_is_a_title_to_its_end() -> None:
    words = ["Secretary", "of", "State", "Jane", "Roe"]
    assert Repair().apply(words, [Span(0, 5, "PERSON")]) == [Span(3, 5, "PERSON")]


def test_a_name_gets_the_label_of_most_of_its_uses() -> None:
    repair = _teach(("Acme", "ORG", 9), ("Acme", "GPE", 3))
    assert repair.apply(["Acme"], [Span(0, 1, "GPE")]) == [Span(0, 1, "ORG")]


@pytest.mark.parametrize("uses", [[("Acme", "ORG", 6), ("Acme", "GPE", 3)], [("Acme", "ORG", 11), ("Acme", "GPE", 9)]])
def test_few_uses_or_a_slight_majority_decide_nothing(uses: list[tuple[str, str, int]]) -> None:
    assert _teach(*uses).apply(["Acme"], [Span(0, 1, "GPE")]) == [Span(0, 1, "GPE")]


def test_what_follows_mr_is_a_person() -> None:
    assert Repair().apply(["Mr.", "Roe"], [Span(1, 2, "ORG")]) == [Span(1, 2, "PERSON")]


def test_a_date_without_a_calendar_word_is_none_and_a_unit_completes_one() -> None:
    words = ["about", "12", "people", "waited", "three", "weeks"]
    mended = Repair().apply(words, [Span(1, 2, "DATE"), Span(4, 5, "DATE")])
    assert _spans(" ".join(words), mended) == [("three weeks", "DATE")]


def test_peoples_dates_and_wars_are_added_but_never_over_a_name() -> None:
    words = [
        "Israeli",
        "envoys",
        "recalled",
        "World",
        "War",
        "II",
        "on",
        "March",
        "3",
        ",",
        "2021",
        "in",
        "Friday",
        "Harbor",
    ]
    found = complete(words, [Span(12, 14, "GPE")], frozenset(["Israeli"]))
    assert _spans(" ".join(words), found) == [
        ("Israeli", "NORP"),
        ("World War II", "EVENT"),
        ("March 3 , 2021", "DATE"),
        ("Friday Harbor", "GPE"),
    ]


def test_places_are_split_and_other_labels_left_alone() -> None:
    words = ["the", "Red", "Sea", "near", "Acme"]
    assert split_places(words, [Span(1, 3, "GPE"), Span(4, 5, "ORG")]) == [Span(1, 3, "LOC"), Span(4, 5, "ORG")]
