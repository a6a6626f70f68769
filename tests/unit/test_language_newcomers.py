"""Who speaks though nobody configured them: whom the list names, and whom it must not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from reading import CONFIG, read

from volteface.language.newcomers import NewcomerFinder
from volteface.language.statements import Place
from volteface.models import CandidateActor, CandidateKind, Passage

FINDER = NewcomerFinder(CONFIG.actors)
NOW = datetime(2024, 3, 27, tzinfo=UTC)


def find(text: str) -> tuple[CandidateActor, ...]:
    passage = Passage(
        article_id="a",
        version_id="v",
        origin_id="o",
        outlet="Example",
        title="",
        text=text,
        published_at=NOW,
        known_from=NOW,
    )
    return FINDER.find(Place(passage, read(text), "text", "m"))


def test_somebody_with_a_description_is_found_with_words_and_counts() -> None:
    text = (
        "The talks went on.\nOmar Baddar, a political analyst, said the deal was near. "
        "“It may hold,” Baddar said. Baddar added that aid must go in."
    )

    [found] = find(text)

    assert (found.candidate_id, found.name, found.kind) == ("other:omar-baddar", "Omar Baddar", CandidateKind.PERSON)
    assert found.introduced_as == "a political analyst"
    assert found.speech_count == 3
    assert found.context == "Omar Baddar, a political analyst, said the deal was near."
    assert text[found.context_start : found.context_end] == found.context
    assert (found.version_id, found.model_version) == ("v", "m")


@pytest.mark.parametrize(
    ("text", "name", "introduced_as"),
    [
        (
            "Norwegian Foreign Minister Ola Nordmann said the deal was near.",
            "Ola Nordmann",
            "Norwegian Foreign Minister",
        ),
        ("“It is near,” said Prof Ada Example, head of the institute.", "Ada Example", "Prof; head of the institute"),
    ],
)
def test_title_and_description_introduce(text: str, name: str, introduced_as: str) -> None:
    [found] = find(text)

    assert (found.name, found.introduced_as) == (name, introduced_as)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The World Example Programme said two had died.", "World Example Programme", CandidateKind.BODY),
        ("The Palestinian Example Society said two had died.", "Palestinian Example Society", CandidateKind.BODY),
        ("The EXMPL said two had died.", "EXMPL", CandidateKind.BODY),
        ("The Example Times reported that two had died.", "Example Times", CandidateKind.OUTLET),
        ("A spokesman for the Example Relief Fund said two had died.", "Example Relief Fund", CandidateKind.BODY),
    ],
)  # fmt: skip
def test_bodies_and_outlets_are_found(text: str, name: str, kind: CandidateKind) -> None:
    assert [(one.name, one.kind) for one in find(text)] == [(name, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Example, reporting from the border, said trucks had gone in.",
        "The Daily News's Ada Example said trucks had gone in.",
        "Daily News correspondent Ada Example said trucks had gone in.",
    ],
)
def test_a_reporter_is_an_outlets_voice(text: str) -> None:
    [found] = find(text)

    assert (found.name, found.kind) == ("Ada Example", CandidateKind.OUTLET)


def test_a_text_that_names_thousands_gives_no_more_than_a_hundred() -> None:
    letters = "abcdefghij"
    names = [f"Ann Ex{a}{b}{c}le" for a in letters for b in letters for c in letters[:2]]

    assert 50 < len(find(" ".join(f"{name} said it." for name in names))) <= 100


@pytest.mark.parametrize(
    "text",
    [
        "Netanyahu said there would be no deal.",
        "The White House said talks went on.",
        "Antony J. Blinken said talks went on.",
        "Critics of the Example Relief Fund said two had died.",
        "People in Rafah said two had died.",
        "Officials said on Monday that two had died.",
        "He said two had died.",
        "On Monday, witnesses said two had died.",
        "Many said two had died.",
        "Omar Baddar walked home.",
        "",
    ],
)
def test_configured_and_unnamed_speakers_are_not_candidates(text: str) -> None:
    assert find(text) == ()
