"""Take a passage in: which language it is in, how far it is read, what is blanked; then its title and text as Docs.

Nothing is left out in silence: what was not read is counted in the passage's Analysis. Offsets of the Docs are those of
the passage's own title and text.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from volteface.config.settings import LanguageSettings
from volteface.language.annotations import Interval
from volteface.language.foreign import Foreign, blank, find_foreign, has_enough_letters
from volteface.language.text import find_readable_end, mask_text
from volteface.language.wrapping import unwrap_text
from volteface.models import Analysis, AnalysisOutcome, Passage

MAX_TOKENS = 25_000
"""Tokens that are read. Prose of 100,000 characters has some 20,000; with a trained pipeline each costs some 20 KB."""


@dataclass(frozen=True, slots=True)
class Intake:
    """A passage with its Docs (title, then text), tokenised and no more; None where it is not analysed."""

    passage: Passage
    analysis: Analysis
    docs: tuple[Doc, Doc] | None


def take_in(nlp: Language, passage: Passage, settings: LanguageSettings) -> Intake:
    """Return a passage ready for the pipeline, or marked as not analysed where most of it is in another language."""
    end = find_readable_end(passage.text, settings.max_characters)
    text = passage.text[:end]
    of_title, of_text = find_foreign(passage.title), find_foreign(text)
    whole = of_text if has_enough_letters(text) else _choose(of_title, of_text)
    if whole.is_most:
        outcome = AnalysisOutcome.NOT_ANALYSED
        return Intake(passage, _analyse(passage, outcome, whole.language, read=0, blanked=0), None)
    title_end = find_readable_end(passage.title, settings.max_characters)
    title, _ = make_doc(nlp, passage.title[:title_end], of_title.intervals)
    doc, masked = make_doc(nlp, text, of_text.intervals)
    read = len(doc.text)
    blanked = _count_blanked(text, masked[:read])
    is_whole = read == len(passage.text) and not blanked
    outcome = AnalysisOutcome.ANALYSED if is_whole else AnalysisOutcome.IN_PART
    for each in (title, doc):
        each._.published_at = passage.published_at
        each._.outlet_actor_id = passage.outlet_actor_id
        each._.title = passage.title
    return Intake(passage, _analyse(passage, outcome, whole.language, read=read, blanked=blanked), (title, doc))


def make_doc(nlp: Language, text: str, foreign: tuple[Interval, ...] = ()) -> tuple[Doc, str]:
    """Return a text tokenised, up to ``MAX_TOKENS``, and as it was given to the tokenizer: at the same length.

    ``foreign``: characters to leave out.
    """
    masked = mask_text(unwrap_text(blank(text, foreign)))
    doc = nlp.make_doc(masked)
    if len(doc) > MAX_TOKENS:
        doc = nlp.make_doc(masked[: doc[MAX_TOKENS].idx])
    return doc, masked


def _choose(of_title: Foreign, of_text: Foreign) -> Foreign:
    """Of a title and a text too short to judge, the one that is foreign speaks for both."""
    return of_text if of_text.is_most else of_title


def _analyse(passage: Passage, outcome: AnalysisOutcome, language: str | None, *, read: int, blanked: int) -> Analysis:
    return Analysis(
        version_id=passage.version_id,
        outcome=outcome,
        language=language,
        read_characters=read,
        blanked_characters=blanked,
    )


def _count_blanked(text: str, masked: str) -> int:
    """Return how many letters and digits are spaces now. Ornament does not count."""
    if text.startswith(masked):
        return 0
    return sum(was != now and now == " " and was.isalnum() for was, now in zip(text, masked, strict=False))
