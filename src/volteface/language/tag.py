"""Tag passages: from article texts to statements and event claims. The way into the language stage."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from spacy.language import Language

from volteface.config import Config
from volteface.config.issues import PlannedEvent
from volteface.config.settings import StanceReading
from volteface.language.annotations import IssueHit
from volteface.language.declined import find_refusals
from volteface.language.event_roots import EventTeller, Pair, add_event
from volteface.language.events import build_claims, keep_distinct
from volteface.language.intake import Intake, take_in
from volteface.language.judged import Decisions, add_read, confirm
from volteface.language.kinship import Kinship
from volteface.language.newcomers import NewcomerFinder
from volteface.language.pipeline import model_version
from volteface.language.stance import StanceHit
from volteface.language.stance_judge import StanceJudge
from volteface.language.stance_model import load_stance_model
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


@dataclass(frozen=True, slots=True)
class _Finders:
    """What reads beside the pipeline, once for all batches. ``teller`` is None where the settings want no events, ``judge``
    where they want the rules alone.
    """

    version: str
    events: dict[str, PlannedEvent]
    landmarks: dict[str, date]
    newcomers: NewcomerFinder
    teller: EventTeller | None
    judge: StanceJudge | None
    kinship: Kinship


def tag_passages(nlp: Language, passages: Iterable[Passage], config: Config) -> Iterator[Tagged]:
    """Yield each passage with the statements and event claims that its title and text make, in order."""
    for reading in read_passages(nlp, passages, config):
        yield reading.passage, reading.statements, reading.claims


def read_passages(
    nlp: Language, passages: Iterable[Passage], config: Config, *, judge: StanceJudge | None = None
) -> Iterator[Reading]:
    """Yield what each passage says, in order. One in a foreign language says nothing: its analysis tells so.

    ``judge`` stands in for the shipped one, to measure it.

    A text is read up to ``settings.language.max_characters``. Evidence offsets are characters of the passage's own
    text or title.
    """
    settings = config.settings.language
    kinship = Kinship(config.actors)
    finders = _Finders(
        version=model_version(config, nlp),
        events={issue.id: issue.event for issue in config.issues if issue.event},
        landmarks={issue.id: issue.happened_on for issue in config.issues if issue.happened_on},
        newcomers=NewcomerFinder(config.actors),
        teller=EventTeller(kinship) if settings.events else None,
        judge=judge
        or (StanceJudge(load_stance_model(), config.issues) if settings.stances is StanceReading.TRAINED else None),
        kinship=kinship,
    )
    waiting: list[Intake] = []
    size = 0
    with _spare_collector():
        for passage in passages:
            intake = take_in(nlp, passage, settings)
            waiting.append(intake)
            size += sum(map(len, intake.docs or ()))
            if len(waiting) == settings.batch_size or size >= BATCH_TOKENS:
                yield from _tell_events(_read_batch(nlp, waiting, finders), finders.teller)
                waiting, size = [], 0
        yield from _tell_events(_read_batch(nlp, waiting, finders), finders.teller)


@contextmanager
def _spare_collector() -> Iterator[None]:
    """Take what is loaded out of the garbage collector's sight: it would go through it all with every few documents, a
    tenth of the time.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _read_batch(nlp: Language, intakes: Sequence[Intake], finders: _Finders) -> Iterator[tuple[Reading, list[Pair]]]:
    docs = nlp.pipe([doc for intake in intakes for doc in intake.docs or ()])
    for intake in intakes:
        if intake.docs is None:
            yield Reading(intake.passage, intake.analysis), []
            continue
        title = Place(intake.passage, next(docs), "title", finders.version, finders.landmarks)
        text = Place(intake.passage, next(docs), "text", finders.version, finders.landmarks)
        decisions = finders.judge.judge((title.doc, text.doc)) if finders.judge else {}
        statements, claims = _tag_places((title, text), finders, decisions)
        candidates = finders.newcomers.find(text)
        pairs = finders.teller.pair_up((title, text), statements) if finders.teller else []
        yield Reading(intake.passage, intake.analysis, statements, claims, candidates), pairs


def _tell_events(found: Iterator[tuple[Reading, list[Pair]]], teller: EventTeller | None) -> Iterator[Reading]:
    """Yield the readings of a batch, their statements with the events that the teller finds in all of them at once."""
    if teller is None:
        yield from (reading for reading, _ in found)
        return
    batch = list(found)
    told = teller.tell([pair for _, pairs in batch for pair in pairs])
    for reading, _ in batch:
        statements = tuple(add_event(statement, told.get(statement.statement_id)) for statement in reading.statements)
        yield replace(reading, statements=statements)


def _tag_places(
    places: tuple[Place, Place], finders: _Finders, decisions: Decisions
) -> tuple[tuple[Statement, ...], tuple[EventClaim, ...]]:
    statements: list[Statement] = []
    claims: list[EventClaim] = []
    main = find_main_issue(*(_issue_hits(place) for place in places))
    for place in places:
        for hit in place.doc._.stance_hits:
            statement = _judge(place, hit, finders, decisions)
            statements += [statement] if statement else []
            claims += build_claims(place, hit, finders.events, statement)
        if finders.judge:
            statements += add_read(place, decisions, finders.kinship, finders.judge)
        if main is not None:
            statements += [build_refusal(place, refusal) for refusal in find_refusals(place.doc, main)]
    return keep_surest(statements), keep_distinct(claims)


def _judge(place: Place, hit: StanceHit, finders: _Finders, decisions: Decisions) -> Statement | None:
    """Return the statement of a stance hit, judged where the reader knows its issue."""
    statement = build_statement(place, hit)
    if statement is None or finders.judge is None or statement.issue_id not in finders.judge.issues:
        return statement
    return confirm(place, hit, statement, decisions)


def _issue_hits(place: Place) -> Sequence[IssueHit]:
    return tuple(place.doc._.issue_hits)
