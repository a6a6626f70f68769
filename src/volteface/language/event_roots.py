"""What kind of event a statement is between its actor and another one: PLOVER root codes, where the reader is sure.

A pair is the statement's actor and another side that its sentence names too. Codes are those of the corpus that the
reader learnt from: YIELD stands where later versions of the codebook say CONCEDE or RETREAT, and there is no NONE among
what is told: that, and what is unsure, is no event. Only the actor's own deed or word counts: direction is read from
the marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from volteface.language.annotations import ActorMention
from volteface.language.kinship import UNKNOWN, Kinship
from volteface.language.marked_reader import MarkedReader, load_reader
from volteface.language.marked_text import NONE, MarkedText, Span
from volteface.language.statements import Place
from volteface.models import EventRoot, Statement

TASK = "plover"
_MOST_TARGETS = 2  # other sides of one sentence that are asked about


@dataclass(frozen=True, slots=True)
class Pair:
    """A statement's sentence with its actor and one other side marked."""

    statement_id: str
    target_actor_id: str
    marked: MarkedText


@dataclass(frozen=True, slots=True)
class Event:
    """What the statement's actor does to another: a PLOVER root code and its probability, 0..1."""

    target_actor_id: str
    root: EventRoot
    confidence: float


class EventTeller:
    """Finds the pairs of statements, and asks the reader about them. Loads the reader with the first pair."""

    def __init__(self, kinship: Kinship) -> None:
        self._kinship = kinship

    def pair_up(self, places: Iterable[Place], statements: Sequence[Statement]) -> list[Pair]:
        """Return the pairs of a passage's statements, which come from its places. A refusal to comment is no event."""
        return [
            pair
            for place in places
            for statement in statements
            if statement.evidence_in == place.evidence_in and not statement.is_declined
            for pair in islice(find_pairs(place, statement, self._kinship), _MOST_TARGETS)
        ]

    def tell(self, pairs: Sequence[Pair]) -> dict[str, Event]:
        """Return the event of each statement id that has one."""
        return read_events(pairs, load_reader()) if pairs else {}


def read_events(pairs: Sequence[Pair], reader: MarkedReader) -> dict[str, Event]:
    """Return the surest event of each statement id that has one; a probability under the model's threshold is none."""
    labels, least = reader.labels(TASK), float(reader.meta["thresholds"][TASK])
    texts = list(dict.fromkeys(pair.marked for pair in pairs))
    answers = dict(zip(texts, reader.answer(texts, TASK), strict=True))
    events: dict[str, Event] = {}
    for pair in pairs:
        chances = answers[pair.marked]
        best = int(chances.argmax())
        chance = round(float(chances[best]), 4)
        known = events.get(pair.statement_id)
        if labels[best] != NONE and chance >= least and (not known or chance > known.confidence):
            events[pair.statement_id] = Event(pair.target_actor_id, EventRoot(labels[best]), chance)
    return events


def add_event(statement: Statement, event: Event | None) -> Statement:
    """Return the statement with its event, as it is where there is none."""
    if event is None:
        return statement
    return replace(
        statement,
        target_actor_id=event.target_actor_id,
        event_root=event.root,
        event_confidence=event.confidence,
    )


def find_pairs(place: Place, statement: Statement, kinship: Kinship) -> Iterator[Pair]:
    """Yield the statement's actor with each other side, in order; nothing where its sentence does not name the actor.

    Who reports what the actor holds is no other side.
    """
    inside = [
        (mention, span)
        for mention in place.doc._.actor_mentions
        if (span := _place_in(place, mention, statement)) is not None
    ]
    source = next((span for mention, span in inside if mention.actor_id == statement.actor_id), None)
    if source is None:
        return
    seen = {statement.reported_by, UNKNOWN}
    for mention, span in inside:
        other = mention.actor_id
        is_apart = span[1] <= source[0] or source[1] <= span[0]
        if is_apart and other not in seen and not kinship.is_same_voice(statement.actor_id, other):
            seen.add(other)
            yield Pair(statement.statement_id, other, MarkedText(statement.evidence, source, span))


def _place_in(place: Place, mention: ActorMention, statement: Statement) -> Span | None:
    """Return where a mention stands in the statement's evidence, None where it does not."""
    _, start, end = place.locate((mention.start, mention.end))
    if start < statement.evidence_start or end > statement.evidence_end or start >= end:
        return None
    return start - statement.evidence_start, end - statement.evidence_start
