"""What the language stage reads and finds: passages, statements, claims about planned events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from volteface.models.vocabulary import (
    AnalysisOutcome,
    Basis,
    CandidateKind,
    DecidedBy,
    EventRoot,
    EventState,
    Modality,
    QuoteType,
    Stance,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What the language stage reads: one article version with its dates and where it comes from."""

    article_id: str
    version_id: str
    origin_id: str
    outlet: str
    title: str
    text: str
    published_at: datetime | None
    known_from: datetime
    outlet_actor_id: str | None = None  # set where the outlet itself is an actor's voice: a ministry's own site


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """How much of an article version was read. ``language`` is a two-letter code, None where there is too little to tell."""

    version_id: str
    outcome: AnalysisOutcome
    language: str | None
    read_characters: int  # from the text's beginning
    blanked_characters: int  # letters and digits among them that were passed over: foreign passages, data
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateActor:
    """Somebody who speaks in an article version and is not configured. ``context`` is ``text[context_start:context_end]``."""

    version_id: str
    model_version: str
    candidate_id: str  # other:<name>, as in the actor ids of statements
    name: str
    kind: CandidateKind
    introduced_as: str | None  # verbatim: "a political analyst"
    speech_count: int
    context: str
    context_start: int
    context_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One actor holding one stance on one issue in one place of one article version.

    ``evidence`` is ``text[evidence_start:evidence_end]`` of the version's text, or of its title where
    ``evidence_in`` is "title". ``stated_at`` is None where neither the text nor the outlet dates it, and where
    the text puts it into a past that it does not date.
    """

    statement_id: str
    article_id: str
    version_id: str
    origin_id: str
    actor_id: str
    speaker_text: str
    issue_id: str
    stance: Stance
    strength: int  # 1 hedged or implied, 2 explicit
    basis: Basis
    quote_type: QuoteType
    evidence: str
    evidence_start: int
    evidence_end: int
    stated_at: datetime | None
    known_from: datetime
    confidence: float  # 0..1
    rule_id: str | None
    model_version: str
    evidence_in: str = "text"
    conditional: bool = False
    condition: str | None = None
    modality: Modality = Modality.ACTUAL
    rationale: str | None = None
    cue: str | None = None
    reported_by: str | None = None  # the actor that says so, where basis is reported_by_other
    is_private: bool = False  # said in private, made known by somebody: the quiet request
    is_declined: bool = False  # declined to comment
    is_reported_change: bool = False  # the article itself says that the actor changed its position here
    source_count: int | None = None  # how many unnamed people say so, of all their bodies together; None: not told
    source_rank: str | None = None  # what the words call them: senior, top, high-ranking
    target_actor_id: str | None = None  # the other side that the evidence names, where something is done to it
    event_root: EventRoot | None = None  # what the actor does to it; None: nothing, or unsure
    event_confidence: float | None = None  # 0..1
    decided_by: DecidedBy = DecidedBy.RULES
    reader_support: float | None = None  # what the trained reader gives each sign, 0..1; None where it did not read
    reader_oppose: float | None = None
    speaker_via: str | None = None  # how the words name the actor: alias, short_form, pronoun ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClaim:
    """One claimant saying where one planned event stands."""

    claim_id: str
    event_id: str
    issue_id: str | None
    state: EventState
    claimed_by: str  # actor id; an act is claimed by the one who did it
    about_actor_id: str | None  # whose decision is claimed: the White House says that Israel agreed
    basis: Basis
    mode: str | None  # in_person | virtual
    scheduled_for: datetime | None
    statement_id: str | None
    article_id: str
    version_id: str
    origin_id: str
    evidence: str
    evidence_start: int
    evidence_end: int
    stated_at: datetime | None
    known_from: datetime
    confidence: float
    rule_id: str | None
    model_version: str
    is_private: bool = False
