"""The nouns of volteface: frozen values that pass between the stages.

Nothing here reads a clock, a file or the network. Instants are aware datetimes in UTC; a missing date is None, never
the present. Identifiers are made by ``identify``. Two clocks run through everything: ``stated_at`` (when it was said)
and ``known_from`` (when we learned it).
"""

from __future__ import annotations

from volteface.models.alerts import Alert, Delivery, Evidence
from volteface.models.collection import (
    Article,
    ArticleVersion,
    Entry,
    ExtractedPage,
    FeedFetch,
    FeedState,
    FetchResult,
    HostState,
    Origin,
    PageFetch,
    ParsedFeed,
    TextSignature,
)
from volteface.models.edits import QuoteEdit, VersionComparison, VersionPair
from volteface.models.health import FeedRecord, Notice, NoticeKind
from volteface.models.identity import identify
from volteface.models.language import Analysis, CandidateActor, EventClaim, Passage, Statement
from volteface.models.positions import Position, PositionChange
from volteface.models.runs import Run
from volteface.models.spoken import Spoken, SpokenRow
from volteface.models.vocabulary import (
    AnalysisOutcome,
    Basis,
    CandidateKind,
    ChangeKind,
    ChangeState,
    DecidedBy,
    DeliveryState,
    EditKind,
    EventRoot,
    EventState,
    ExtractOutcome,
    FetchOutcome,
    Modality,
    ParseStatus,
    QuoteType,
    Stance,
    WordClass,
)

__all__ = [
    "Alert",
    "Analysis",
    "AnalysisOutcome",
    "Article",
    "ArticleVersion",
    "Basis",
    "CandidateActor",
    "CandidateKind",
    "ChangeKind",
    "ChangeState",
    "DecidedBy",
    "Delivery",
    "DeliveryState",
    "EditKind",
    "Entry",
    "EventClaim",
    "EventRoot",
    "EventState",
    "Evidence",
    "ExtractOutcome",
    "ExtractedPage",
    "FeedFetch",
    "FeedRecord",
    "FeedState",
    "FetchOutcome",
    "FetchResult",
    "HostState",
    "Modality",
    "Notice",
    "NoticeKind",
    "Origin",
    "PageFetch",
    "ParseStatus",
    "ParsedFeed",
    "Passage",
    "Position",
    "PositionChange",
    "QuoteEdit",
    "QuoteType",
    "Run",
    "Spoken",
    "SpokenRow",
    "Stance",
    "Statement",
    "TextSignature",
    "VersionComparison",
    "VersionPair",
    "WordClass",
    "identify",
]
