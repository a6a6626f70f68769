"""Every way to say who said what, in own words: source, cue and content of what stands in nobody else's words."""

import pytest
from reading import read


def tell(text: str) -> list[tuple[str, str, str]]:
    doc = read(text)
    return [
        (
            doc[slice(*one.source)].text if one.source else "",
            doc[slice(*one.cue)].text if one.cue else "",
            " .. ".join(doc[start:end].text for start, end in one.contents),
        )
        for one in doc._.attributions
        if not one.is_nested
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("“The crossing stays shut,” the mayor said.", "the mayor", "said", "“The crossing stays shut,”"),
        ("The mayor said the crossing would stay shut.", "The mayor", "said", "the crossing would stay shut"),
        ("The mayor said it would stay “shut for good”.", "The mayor", "said", "it would stay “shut for good”"),
        ("The crossing, the mayor said, would stay shut.", "the mayor", "said", "The crossing .. would stay shut"),
        ("The crossing is shut, according to the mayor.", "the mayor", "according to", "The crossing is shut"),
        ("According to two officials, it would stay shut.", "two officials", "According to", "it would stay shut"),
        ("“The crossing,” said the mayor, “stays shut.”", "the mayor", "said", "“The crossing,” .. “stays shut.”"),
        (
            "“It stays shut,” the mayor said. “Nobody gets through. Not tonight.”",
            "the mayor",
            "said",
            "“It stays shut,” .. “Nobody gets through. Not tonight.”",
        ),
        (
            "“It stays shut.\n\n“Nobody gets through,” the mayor said.",
            "the mayor",
            "said",
            "“It stays shut.\n\n“Nobody gets through,”",
        ),
        ("The mayor called it “a gift to smugglers”.", "The mayor", "called", "it “a gift to smugglers”"),
        ("The mayor opposed the plan.", "The mayor", "opposed", "the plan"),
        ("Biden backed the plan.", "Biden", "backed", "the plan"),
        ("Hamas says talks have failed", "Hamas", "says", "talks have failed"),
        ("Talks ‘have failed’, says Hamas", "Hamas", "says", "Talks ‘have failed’"),
        ("Netanyahu: talks have failed", "Netanyahu", ":", "talks have failed"),
        ("Talks have failed for good: Netanyahu", "Netanyahu", ":", "Talks have failed for good"),
        ("Biden repeated his call for a truce.", "Biden", "repeated", "his call for a truce"),
        ("Hamas issued a statement that it had failed.", "Hamas", "issued a statement", "that it had failed"),
    ],
)
def test_who_said_what_in_every_form(text: str, source: str, cue: str, content: str) -> None:
    assert tell(text) == [(source, cue, content)]


def test_a_name_after_a_colon_inside_a_text_says_nothing() -> None:
    assert tell("The talks had two guests: Netanyahu. They ended early.") == []


def test_two_speakers_of_one_exchange_keep_their_own_words() -> None:
    text = "The mayor said: “The crossing stays shut.\n\n“Never,” said the governor."

    assert tell(text) == [
        ("The mayor", "said", "“The crossing stays shut."),
        ("the governor", "said", "“Never,”"),
    ]


def test_what_one_had_told_another_stands_in_the_words_of_the_one_who_reports_it() -> None:
    doc = read("The governor said the mayor had told her that the crossing was shut.")

    outer, inner = doc._.attributions
    assert (outer.is_nested, inner.is_nested) == (False, True)
    assert [doc[start:end].text for start, end in inner.contents] == ["that the crossing was shut"]
