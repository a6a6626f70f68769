"""Who a source is, from the words to the actors: names, descriptions, rows, voices; and never a wrong person."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from reading import read


def list_speakers(text: str, day: str = "2024-03-31") -> list[tuple[str, ...]]:
    doc = read(text, day=datetime.fromisoformat(day).replace(tzinfo=UTC))
    return [one.speakers for one in doc._.attributions]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Polish Foreign Minister Jan Example met envoys. The minister said the plan was bad.", "other:jan-example"),
        ("Ann Example, a professor of law, left. The professor said it was bad.", "other:ann-example"),
        ("Her husband, Peter Example, said it was bad.", "other:peter-example"),
        ("His father Peter Example said it was bad.", "other:peter-example"),
        ("Peter Example himself said it was bad.", "other:peter-example"),
        ("Jane Roe met envoys. She said it was bad.", "other:jane-roe"),
        ("A spokesman for Benjamin Netanyahu said it was bad.", "israel-government"),
        ("A spokesman for Prime Minister Benjamin Netanyahu said it was bad.", "israel-government"),
        ("Biden adviser Jake Sullivan said it was bad.", "jake-sullivan"),
        ("A senior administration official said it was bad.", "anonymous:unknown"),
    ],
)
def test_people_are_known_by_what_the_text_says_of_them(text: str, speaker: str) -> None:
    found = list_speakers(text)[-1]

    assert found == (speaker,) or (
        speaker == "anonymous:unknown" and all(one.startswith("anonymous:") for one in found)
    )


@pytest.mark.parametrize(
    "text",
    [
        "An adviser to Netanyahu said it was bad.",
        "An aide to Prime Minister Netanyahu said it was bad.",
        "Netanyahu's son said it was bad.",
        "Critics of Netanyahu said it was bad.",
        "A spokesman for Donald Trump said it was bad.",
        "Protesters outside the White House said it was bad.",
        "Netanyahu met Gallant. His wife said it was bad.",
        "The Examples said it was bad.",
        "Netanyahu left.\nWhat they're saying: “It is bad and it will not end well.”",
    ],
)
def test_who_stands_beside_somebody_is_not_that_one(text: str) -> None:
    assert {speaker for speakers in list_speakers(text) for speaker in speakers} == set()


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Joe Biden and Emmanuel Macron called for a ceasefire.", {"joe-biden", "emmanuel-macron"}),
        ("“No,” Biden and Macron said in a joint statement.", {"joe-biden", "emmanuel-macron"}),
        (
            "The foreign ministers of Saudi Arabia and Jordan said in a joint statement that it must end.",
            {"saudi-government", "jordan-government"},
        ),
        (
            "The prime ministers of Canada and Australia said it must end.",
            {"canada-government", "australia-government"},
        ),
        (
            "Two senior U.S. officials and an Egyptian diplomat said a deal was near.",
            {"anonymous:us-government", "anonymous:egypt-government"},
        ),
        ("Qatar and Egypt urged calm. They said a deal was near.", {"qatar-government", "egypt-government"}),
        ("Cairo and Doha said a deal was near.", {"egypt-government", "qatar-government"}),
    ],
)
def test_who_speaks_together_is_heard_each(text: str, speakers: set[str]) -> None:
    assert set(list_speakers(text)[-1]) == speakers


def test_it_is_never_two() -> None:
    assert list_speakers("Qatar and Egypt urged calm. It said a deal was near.")[-1] == ()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Israel's ambassador in Egypt, Ann Example, said it was bad.", "other:ann-example"),
        ("Caretaker Minister for Foreign Affairs Bob Example said it was bad.", "other:bob-example"),
        ("The Hamas group said it was bad.", "hamas"),
        ("Thailand's foreign ministry said it was bad. It said more.", "other:thailand-government"),
        ("“It is bad,” said Bob Example, a professor of law. “It will end,” he told us.", "other:bob-example"),
    ],
)
def test_an_office_beside_a_name_takes_nothing_from_it(text: str, speaker: str) -> None:
    assert list_speakers(text)[-1] == (speaker,)
