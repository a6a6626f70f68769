"""What the judge's decisions make of an article: which of the rules' statements stand, and what the reader adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from volteface.language.annotations import Interval
from volteface.language.kinship import Kinship
from volteface.language.stance import StanceHit
from volteface.language.stance_footing import find_footing
from volteface.language.stance_judge import Decision, StanceJudge
from volteface.language.stance_judge import Place as JudgedPlace
from volteface.language.stance_pairs import find_sentence
from volteface.language.statements import Place, build_read_statement
from volteface.models import DecidedBy, Statement

Decisions = Mapping[JudgedPlace, Decision]


def confirm(place: Place, hit: StanceHit, statement: Statement, decisions: Decisions) -> Statement | None:
    """Return a statement of the rules as the judge leaves it: with its probability, or None where it does not stand."""
    number = find_sentence(place.doc._.stance_reading, hit.sentence[0])
    decision = decisions.get((place.evidence_in == "title", number, statement.actor_id, statement.issue_id))
    if decision is None or decision.candidate.stance is not statement.stance:
        return None
    chances = decision.candidate.chances
    return replace(
        statement,
        confidence=decision.confidence,
        decided_by=DecidedBy.BOTH,
        reader_support=round(chances["support"], 4),
        reader_oppose=round(chances["oppose"], 4),
    )


def add_read(place: Place, decisions: Decisions, kinship: Kinship, judge: StanceJudge) -> Iterator[Statement]:
    """Yield the statements of a place that the reader alone makes."""
    reading = place.doc._.stance_reading
    for (in_title, number, _, _), decision in decisions.items():
        if in_title == (place.evidence_in == "title") and decision.candidate.ruled is None:
            sentence = reading.sentences[number]
            span: Interval = (sentence.start, sentence.end)
            footing = find_footing(decision.candidate.pair, reading, kinship, judge.model)
            yield build_read_statement(place, decision, footing, span)
