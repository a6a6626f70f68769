"""How a passage is taken in: what is read, what is passed over, and that both are told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import spacy

from volteface.config.settings import LanguageSettings
from volteface.language.annotations import register_extensions
from volteface.language.intake import MAX_TOKENS, Intake, take_in
from volteface.models import AnalysisOutcome, Passage

NLP = spacy.blank("en")
register_extensions()
NOW = datetime(2024, 3, 27, tzinfo=UTC)
ENGLISH = "The minister said on Monday that the talks would go on, and that both of the sides had sent their envoys.\n"
SPANISH = "El primer ministro dijo el lunes que no aceptará un alto el fuego en Gaza mientras siga la guerra.\n"
HEBREW = "ראש הממשלה אמר כי ישראל לא תסכים להפסקת אש ברצועת עזה לפני שחרור החטופים.\n"


def take(text: str, title: str = "", **settings: int) -> Intake:
    passage = Passage(
        article_id="a",
        version_id="v",
        origin_id="o",
        outlet="Example",
        title=title,
        text=text,
        published_at=NOW,
        known_from=NOW,
        outlet_actor_id="ministry",
    )
    return take_in(NLP, passage, LanguageSettings(**settings))


def test_an_ordinary_text_is_read_whole_with_its_context() -> None:
    intake = take(ENGLISH, "Talks go on")
    assert intake.docs is not None
    title, doc = intake.docs

    assert (title.text, doc.text) == ("Talks go on", ENGLISH)
    assert (doc._.published_at, doc._.outlet_actor_id, doc._.title) == (NOW, "ministry", "Talks go on")
    assert (intake.analysis.outcome, intake.analysis.language) == (AnalysisOutcome.ANALYSED, "en")
    assert (intake.analysis.read_characters, intake.analysis.blanked_characters) == (len(ENGLISH), 0)


@pytest.mark.parametrize(("text", "language"), [(SPANISH * 3, "es"), (HEBREW * 3, "he")])
def test_a_text_in_another_language_is_not_analysed_whatever_its_title(text: str, language: str) -> None:
    intake = take(text, "Netanyahu rejects ceasefire")

    assert intake.docs is None
    assert (intake.analysis.outcome, intake.analysis.language) == (AnalysisOutcome.NOT_ANALYSED, language)
    assert intake.analysis.read_characters == 0


def test_a_foreign_title_alone_tells_of_an_article_without_a_text() -> None:
    assert take("", SPANISH.strip()).analysis.outcome is AnalysisOutcome.NOT_ANALYSED
    assert take("", "Qatar calls for ceasefire").analysis.outcome is AnalysisOutcome.ANALYSED


def test_a_foreign_passage_is_passed_over_and_counted() -> None:
    intake = take(ENGLISH * 3 + HEBREW + ENGLISH)
    assert intake.docs is not None

    assert intake.analysis.outcome is AnalysisOutcome.IN_PART
    assert intake.analysis.blanked_characters == sum(map(str.isalpha, HEBREW))
    assert len(intake.docs[1].text) == intake.analysis.read_characters == len(ENGLISH * 4 + HEBREW)
    assert not any(letter in intake.docs[1].text for letter in "אבגדה")


def test_a_long_text_is_read_up_to_the_limit_and_that_is_told() -> None:
    intake = take(ENGLISH * 40, max_characters=1_000)

    assert intake.analysis.outcome is AnalysisOutcome.IN_PART
    assert 500 < intake.analysis.read_characters <= 1_000


def test_a_text_of_too_many_tokens_is_cut_and_that_is_told() -> None:
    intake = take(ENGLISH + "- " * 40_000)
    assert intake.docs is not None

    assert len(intake.docs[1]) == MAX_TOKENS
    assert intake.analysis.outcome is AnalysisOutcome.IN_PART
    assert intake.analysis.read_characters < 2 * MAX_TOKENS + len(ENGLISH)


def test_data_is_passed_over_and_counted_and_ornament_is_not() -> None:
    data = take(ENGLISH + "x" * 1_000)
    ornament = take(ENGLISH + "*" * 1_000)

    assert (data.analysis.outcome, data.analysis.blanked_characters) == (AnalysisOutcome.IN_PART, 600)
    assert (ornament.analysis.outcome, ornament.analysis.blanked_characters) == (AnalysisOutcome.ANALYSED, 0)
