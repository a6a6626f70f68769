"""Tag passages: from article texts to statements and event claims. The way into the language stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language

from volteface.config import Config
from volteface.config.issues import PlannedEvent
from volteface.language.annotations import IssueHit
from volteface.language.declined import find_refusals
from volteface.language.events import build_claims, keep_distinct
from volteface.language.intake import Intake, take_in
from volteface.language.newcomers import NewcomerFinder
from volteface.language.pipeline import model_version
from volteface.language.statements import Place, build_refusal, build_statement, find_main_issue, keep_surest
from volteface.models import Analysis, CandidateActor, EventClaim, Passage, Statement

BATCH_TOKENS = 25_000
"""Tokens after which a batch is full: a trained pipeline keeps some 20 KB for each while it reads them together."""

Tagged = tuple[Passage, tuple[Statement, ...], tuple[EventClaim, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """One passage with what it says, and how much of it was read."""

    passage: Passage
    analysis: Analysis
    statements: tuple[Statement, ...] = ()
    claims: tuple[EventClaim, ...] = ()
    candidates: tuple[CandidateActor, ...] = ()


def tag_passages(nlp: Language, passages: Iterable[Passage], config: Config) -> Iterator[Tagged]:
    """Yield each passage with the statements and event claims that its title and text make, in order."""
    for reading in read_passages(nlp, passages, config):
        yield reading.passage, reading.statements, reading.claims


def read_passages(nlp: Language, passages: Iterable[Passage], config: Config) -> Iterator[Reading]:
    """Yield what each passage says, in order. One in a foreign language says nothing: its analysis tells so.

    A text is read up to ``settings.language.max_characters``. Evidence offsets are characters of the passage's own
    text or title.
    """
    version = model_version(config, nlp)
    events = {issue.id: issue.event for issue in config.issues if issue.event}
    newcomers = NewcomerFinder(config.actors)
    settings = config.settings.language
    waiting: list[Intake] = []
    size = 0
    for passage in passages:
        intake = take_in(nlp, passage, settings)
        waiting.append(intake)
        size += sum(map(len, intake.docs or ()))
        if len(waiting) == settings.batch_size or size >= BATCH_TOKENS:
            yield from _read_batch(nlp, waiting, version, events, newcomers)
            waiting, size = [], 0
    yield from _read_batch(nlp, waiting, version, events, newcomers)


def _read_batch(
    nlp: Language, intakes: Sequence[Intake], version: str, events: dict[str, PlannedEvent], newcomers: NewcomerFinder
) -> Iterator[Reading]:
    docs = nlp.pipe([doc for intake in intakes for doc in intake.docs or ()])
    for intake in intakes:
        if intake.docs is None:
            yield Reading(intake.passage, intake.analysis)
            continue
        title = Place(intake.passage, next(docs), "title", version)
        text = Place(intake.passage, next(docs), "text", version)
        statements, claims = _tag_places((title, text), events)
        candidates = newcomers.find(text)
        yield Reading(intake.passage, intake.analysis, statements, claims, candidates)


def _tag_places(
    places: tuple[Place, Place], events: dict[str, PlannedEvent]
) -> tuple[tuple[Statement, ...], tuple[EventClaim, ...]]:
    statements: list[Statement] = []
    claims: list[EventClaim] = []
    main = find_main_issue(*(_issue_hits(place) for place in places))
    for place in places:
        for hit in place.doc._.stance_hits:
            statement = build_statement(place, hit)
            statements += [statement] if statement else []
            claims += build_claims(place, hit, events, statement)
        if main is not None:
            statements += [build_refusal(place, refusal) for refusal in find_refusals(place.doc, main)]
    return keep_surest(statements), keep_distinct(claims)


def _issue_hits(place: Place) -> Sequence[IssueHit]:
    return tuple(place.doc._.issue_hits)
