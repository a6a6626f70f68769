"""From stance hits to statements: verbatim evidence, dates, ids. Adds no judgement of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from spacy.tokens import Doc

from volteface.language.annotations import Interval, IssueHit, Via
from volteface.language.clauses import find_condition
from volteface.language.dates import resolve_date
from volteface.language.declined import Refusal
from volteface.language.kinship import is_anonymous
from volteface.language.stance import StanceHit
from volteface.language.stance_footing import Footing
from volteface.language.stance_judge import Decision
from volteface.language.timing import tell_when
from volteface.language.unnamed import Unnamed, describe_unnamed
from volteface.models import Basis, DecidedBy, EventState, Passage, QuoteType, Stance, Statement, identify

_DECLINED_CONFIDENCE = 0.85
_PLANS = frozenset(
    {EventState.SCHEDULED, EventState.RESCHEDULED, EventState.POSTPONED, EventState.REQUESTED, EventState.AGREED}
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a Doc comes from: a passage's text or its title, and which model and rules read it. ``landmarks`` are the days
    of issues that judge something that happened on one.
    """

    passage: Passage
    doc: Doc
    evidence_in: str  # text | title
    model_version: str
    landmarks: Mapping[str, date] = field(default_factory=dict)

    def slice(self, interval: Interval | None) -> str | None:
        """Return the verbatim words of a token interval, without the white space at its ends."""
        return self.locate(interval)[0] if interval else None

    def locate(self, interval: Interval) -> tuple[str, int, int]:
        """Return the verbatim words of a token interval with their character offsets in the passage's own text."""
        span = self.doc[interval[0] : interval[1]]
        whole = self.passage.title if self.evidence_in == "title" else self.passage.text
        shown = span.text  # where a passage was blanked, spaces stand for its words
        start = span.start_char + len(shown) - len(shown.lstrip())
        text = whole[start : span.start_char + len(shown.rstrip())]
        return text, start, start + len(text)


def build_statement(place: Place, hit: StanceHit) -> Statement | None:
    """Return the statement that a stance hit makes; None for a rule that tells an event's state alone."""
    verdict, holding, passage = hit.verdict, hit.holding, place.passage
    if verdict.stance is None:
        return None
    evidence, start, end = place.locate(hit.sentence)
    speaker_text = holding.speaker_text or place.slice(holding.source) or ""
    unnamed = _describe_source(place, holding.actor_id, speaker_text, hit.sentence)
    return Statement(
        statement_id=_identify(
            place, holding.actor_id, verdict.hit.issue_id, stance=verdict.stance, basis=hit.basis, at=(start, end)
        ),
        article_id=passage.article_id,
        version_id=passage.version_id,
        origin_id=passage.origin_id,
        actor_id=holding.actor_id,
        speaker_text=speaker_text,
        issue_id=verdict.hit.issue_id,
        stance=verdict.stance,
        strength=verdict.strength,
        basis=hit.basis,
        quote_type=hit.quote_type,
        evidence=evidence,
        evidence_start=start,
        evidence_end=end,
        stated_at=_tell_when(place, hit.sentence, verdict.cue, is_plan=verdict.rule.event_state in _PLANS),
        known_from=passage.known_from,
        confidence=hit.confidence,
        rule_id=verdict.rule.id,
        model_version=place.model_version,
        evidence_in=place.evidence_in,
        conditional=hit.condition is not None,
        condition=place.slice(hit.condition),
        modality=verdict.modality,
        rationale=place.slice(hit.rationale),
        cue=place.slice(verdict.cue),
        reported_by=holding.reporter,
        is_private=hit.is_private,
        is_reported_change=hit.is_reported_change,
        source_count=unnamed.count,
        source_rank=unnamed.rank,
        speaker_via=holding.via,
    )


def build_read_statement(place: Place, decision: Decision, footing: Footing, sentence: Interval) -> Statement:
    """Return the statement that the trained reader alone makes of a sentence."""
    evidence, start, end = place.locate(sentence)
    passage, candidate = place.passage, decision.candidate
    actor_id, marks = candidate.pair.actor_id, place.doc._.stance_reading.sentences[candidate.pair.sentence]
    speaker_text = footing.speaker_text or place.slice(footing.source) or ""
    unnamed = _describe_source(place, actor_id, speaker_text, sentence)
    condition = find_condition(place.doc._.stance_reading, marks, (marks.start, marks.start), candidate.stance)
    return Statement(
        statement_id=_identify(
            place, actor_id, candidate.issue_id, stance=candidate.stance, basis=footing.basis, at=(start, end)
        ),
        article_id=passage.article_id,
        version_id=passage.version_id,
        origin_id=passage.origin_id,
        actor_id=actor_id,
        speaker_text=speaker_text,
        issue_id=candidate.issue_id,
        stance=candidate.stance,
        strength=footing.strength,
        basis=footing.basis,
        quote_type=footing.quote_type,
        evidence=evidence,
        evidence_start=start,
        evidence_end=end,
        stated_at=_tell_when(place, sentence, footing.cue or footing.source),
        known_from=passage.known_from,
        confidence=decision.confidence,
        rule_id=None,
        model_version=place.model_version,
        evidence_in=place.evidence_in,
        conditional=condition is not None,
        condition=place.slice(condition),
        cue=place.slice(footing.cue),
        reported_by=footing.reporter,
        is_private=footing.is_private,
        source_count=unnamed.count,
        source_rank=unnamed.rank,
        decided_by=DecidedBy.READER,
        reader_support=round(candidate.chances["support"], 4),
        reader_oppose=round(candidate.chances["oppose"], 4),
        speaker_via=footing.via,
    )


def _tell_when(place: Place, sentence: Interval, cue: Interval | None, *, is_plan: bool = False) -> datetime | None:
    at = place.passage.published_at
    return tell_when(place.doc, sentence, cue, published_at=at, landmarks=place.landmarks, is_plan=is_plan)


def build_refusal(place: Place, refusal: Refusal) -> Statement:
    """Return the statement that a refusal to comment makes: no position, on record."""
    evidence, start, end = place.locate(refusal.sentence)
    basis = Basis.ANONYMOUS if is_anonymous(refusal.actor_id) else Basis.ON_RECORD
    unnamed = _describe_source(place, refusal.actor_id, refusal.speaker_text, refusal.sentence)
    return Statement(
        statement_id=_identify(
            place, refusal.actor_id, refusal.issue_id, stance=Stance.NO_POSITION, basis=basis, at=(start, end)
        ),
        article_id=place.passage.article_id,
        version_id=place.passage.version_id,
        origin_id=place.passage.origin_id,
        actor_id=refusal.actor_id,
        speaker_text=refusal.speaker_text,
        issue_id=refusal.issue_id,
        stance=Stance.NO_POSITION,
        strength=1,
        basis=basis,
        quote_type=QuoteType.INDIRECT,
        evidence=evidence,
        evidence_start=start,
        evidence_end=end,
        stated_at=resolve_date(evidence, place.passage.published_at),
        known_from=place.passage.known_from,
        confidence=_DECLINED_CONFIDENCE * (0.9 if refusal.via is Via.PRONOUN else 1.0),
        rule_id="declined-to-comment",
        model_version=place.model_version,
        evidence_in=place.evidence_in,
        cue=place.slice(refusal.cue),
        is_declined=True,
        source_count=unnamed.count,
        source_rank=unnamed.rank,
        speaker_via=refusal.via,
    )


def _describe_source(place: Place, actor_id: str, speaker_text: str, sentence: Interval) -> Unnamed:
    """Tell how many unnamed people speak: by the words of the source, else of whoever reports it in the sentence.

    "Four officials said their country rejects it": the country is named, and the officials hold it for their side.
    """
    if not is_anonymous(actor_id):
        return Unnamed()
    said = (
        one.speaker_text
        for one in place.doc._.attributions
        if actor_id in one.speakers and one.cue and sentence[0] <= one.cue[0] < sentence[1]
    )
    found = (describe_unnamed(text) for text in (speaker_text, *said))
    return next((one for one in found if one != Unnamed()), Unnamed())


def find_main_issue(title_hits: Sequence[IssueHit], text_hits: Sequence[IssueHit]) -> str | None:
    """Return the issue that an article is about: the first of its title, else the one its text brings up most."""
    if title_hits:
        return title_hits[0].issue_id
    counts: dict[str, int] = {}
    for hit in text_hits:
        counts[hit.issue_id] = counts.get(hit.issue_id, 0) + 1
    return max(counts, key=lambda issue_id: counts[issue_id]) if counts else None


def keep_surest(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Keep one statement for each id, the surest, in order of first appearance."""
    best: dict[str, Statement] = {}
    for statement in statements:
        known = best.get(statement.statement_id)
        if known is None or statement.confidence > known.confidence:
            best[statement.statement_id] = statement
    return tuple(best.values())


def _identify(place: Place, actor_id: str, issue_id: str, *, stance: Stance, basis: Basis, at: Interval) -> str:
    title = ("title",) if place.evidence_in == "title" else ()
    return identify(place.passage.version_id, actor_id, issue_id, stance, basis, *at, *title)
