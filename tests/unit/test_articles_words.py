"""Which two wordings say the same, and what the gravest difference is where they do not."""

from __future__ import annotations

import pytest

from volteface.articles.quotations import find_quoted
from volteface.articles.spelling import is_spelling_fix
from volteface.articles.words import classify_change, split_words


def classify(before: str, after: str, *, is_quoted: bool = True) -> str | None:
    return classify_change(split_words(before), split_words(after), is_quoted=is_quoted)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("cease-fire", "ceasefire"),
        ("the U.S. envoys", "the US envoys"),
        ("won't go", "will not go"),
        ("can’t", "cannot"),
        ("five per cent", "5%"),
        ("1,200 trucks", "1200 trucks"),
        ("we organise our defence", "we organize our defense"),
        ("Erdoğan", "Erdogan"),
        ("the goverment", "the government"),
        ("we recieve", "we receive"),
        ("the comittee", "the committee"),
        ("the independant body", "the independent body"),
        ("we said the gate", "we said that the gate"),
        ("Council", "council"),
    ],
)
def test_the_same_words_set_in_another_way(before: str, after: str) -> None:
    assert classify(before, after) is None


@pytest.mark.parametrize(
    ("before", "after", "word_class"),
    [
        ("we will go", "we will not go", "negation"),
        ("we won't go", "we will go", "negation"),
        ("12 votes", "14 votes", "number"),
        ("five votes", "six votes", "number"),
        ("we could go", "we would go", "modal"),
        ("Iran has it", "Iraq has it", "name"),
        ("legal", "illegal", "word"),
        ("the hostage", "the hostages", "word"),
        ("they withdraw", "they withdrew", "word"),
        ("a contact", "a contract", "word"),
        ("form", "from", "word"),
        ("on Monday", "on Tuesday", "word"),
    ],
)
def test_other_words_are_told_with_the_gravest(before: str, after: str, word_class: str) -> None:
    assert classify(before, after) == word_class


def test_days_and_plain_verbs_of_saying_count_only_in_a_quotation() -> None:
    assert classify("said on Monday", "told reporters on Tuesday", is_quoted=False) is None
    assert classify("said on Monday", "told reporters on Tuesday") is not None
    assert classify("said no", "denied it", is_quoted=False) == "negation"


@pytest.mark.parametrize(
    ("one", "other"), [("planned", "planed"), ("govern", "govenr"), ("1234567", "1234568"), ("same", "some")]
)
def test_short_words_and_figures_are_never_mended(one: str, other: str) -> None:
    assert is_spelling_fix(one, other) is (one == "planned")  # "planed" is the price of "Galant" for "Gallant"


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in find_quoted(text)]


def test_quotations_in_all_marks_end_with_their_paragraph() -> None:
    assert quoted('“One two,” he said. "Three four."\n«Five six» and “never closed\nhere') == [
        "One two,",
        "Three four.",
        "Five six",
        "never closed",
    ]


def test_an_apostrophe_is_no_quotation_mark() -> None:
    assert quoted("The workers' gate isn't the council's, he said.") == []
    assert quoted("‘We won’t open the gate,’ she said.") == ["We won’t open the gate,"]
    assert quoted("\"It isn't 'a very long road' yet\"") == ["It isn't 'a very long road' yet"]
