"""No text makes the language stage slow or crash, or costs what an ordinary paragraph beside it says.

`benchmarks/hostile_text.py` has more and larger ones, and takes a trained pipeline too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from spacy.language import Language

from volteface.config import load_config
from volteface.language.pipeline import build_nlp
from volteface.language.tag import Reading, read_passages, tag_passages
from volteface.models import AnalysisOutcome, Passage

CONFIG = load_config(Path(__file__).parents[2])
NOW = datetime(2024, 3, 27, 15, 50, tzinfo=UTC)
PLAIN = "Qatar called for an immediate ceasefire in Gaza on Monday.\n\n"
SECONDS = 20  # of one core; most take less than one, and machines differ
SPANISH = "El primer ministro de Israel dijo que no aceptará un alto el fuego en Gaza mientras siga la guerra.\n"
ARABIC = "قال رئيس الوزراء إن إسرائيل لن توافق على وقف إطلاق النار في غزة قبل الإفراج عن الرهائن.\n"
WORDS = "the talks on a deal in Gaza and the crossing at Rafah were held by officials who said that aid must go in "

TEXTS = {
    "punctuation": "!?.,;:-—()[]\"'“”’/" * 5_000,
    "quotation marks": "“" * 50_000 + "”" * 50_000,
    "spaced marks": '" ' * 10_000,
    "unbalanced quotations": "“The talks went on. " * 2_000,
    "brackets": "(" * 50_000 + ")" * 50_000,
    "one letter": "a" * 100_000,
    "abbreviations": "a." * 50_000,
    "titles": "Ms " * 10_000,
    "zero-width": "\u200b" * 100_000,
    "accents": "e\u0301" * 50_000,
    "emoji": "👩\u200d👩\u200d👧" * 20_000,
    "half pairs": "\ud83d" * 10_000,
    "right-to-left marks": "\u202e\u200f" * 10_000 + "a \u2067b\u2069 " * 2_000,
    "no stop": WORDS * 220,
    "nested": "Biden said that Netanyahu said that " * 1_000,
    "a phrase over marks": "Qatar called for an " + '" ' * 5_000 + "immediate ceasefire",
    "lines of a word": "Talks\n\n" * 5_000,
    "labels": "MR. EXAMPLE: Yes.\n" * 2_000,
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return build_nlp(CONFIG)


@pytest.fixture(scope="module")
def read(nlp: Language) -> Callable[[str], Reading]:
    def read_text(text: str) -> Reading:
        passage = Passage(
            article_id="a",
            version_id="v",
            origin_id="o",
            outlet="Example",
            title="Talks go on",
            text=text,
            published_at=NOW,
            known_from=NOW,
        )
        [reading] = read_passages(nlp, [passage], CONFIG)
        assert [reading.statements] == [statements for _, statements, _ in tag_passages(nlp, [passage], CONFIG)]
        return reading

    return read_text


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_is_read_in_time_and_costs_no_statement(name: str, read: Callable[[str], Reading]) -> None:
    text = PLAIN + TEXTS[name]
    began = time.process_time()

    reading = read(text)

    assert time.process_time() - began < SECONDS
    assert "qatar-government" in {one.actor_id for one in reading.statements if one.evidence_end <= len(PLAIN)}
    assert all(text[one.evidence_start : one.evidence_end] == one.evidence for one in reading.statements)


@pytest.mark.parametrize(("text", "language"), [(ARABIC, "ar"), (SPANISH, "es")])
def test_text_in_another_language_is_marked_and_never_tagged(
    text: str, language: str, read: Callable[[str], Reading]
) -> None:
    reading = read(text * 20)

    assert (reading.analysis.outcome, reading.analysis.language) == (AnalysisOutcome.NOT_ANALYSED, language)
    assert (reading.statements, reading.claims, reading.candidates) == ((), (), ())


def test_foreign_passage_in_an_english_article_is_not_tagged(read: Callable[[str], Reading]) -> None:
    foreign = "Netanyahu: no habrá alto el fuego, ha dicho Hamas; Israel dice no a un alto el fuego en Gaza.\n"
    text = PLAIN * 3 + foreign + PLAIN

    reading = read(text)

    assert reading.analysis.outcome is AnalysisOutcome.IN_PART
    assert {one.actor_id for one in reading.statements} == {"qatar-government"}
    assert all(one.evidence == PLAIN.strip() for one in reading.statements)


def test_passages_come_back_in_order_whatever_they_are(nlp: Language) -> None:
    texts = [PLAIN, ARABIC * 5, "", PLAIN * 2, SPANISH * 5]
    passages = [
        Passage(
            article_id=str(n), version_id=str(n), origin_id="o", outlet="E", title="", text=text, published_at=NOW, known_from=NOW
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip

    readings = list(read_passages(nlp, passages, CONFIG))

    assert [reading.passage for reading in readings] == passages
    assert [len(reading.statements) > 0 for reading in readings] == [True, False, False, True, False]
    assert [reading.analysis.version_id for reading in readings] == ["0", "1", "2", "3", "4"]
