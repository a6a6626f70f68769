"""The closed vocabularies: every word that a field of the models may hold."""

from __future__ import annotations

from enum import StrEnum


class FetchOutcome(StrEnum):
    """What became of one request."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    UNCHANGED = "unchanged"  # 200, but the same bytes as last time
    HTTP_ERROR = "http_error"
    NETWORK_ERROR = "network_error"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    REFUSED = "refused"  # our own rules: scheme, address, robots
    POSTPONED = "postponed"  # not asked now: its host wants to be left alone, or the run had no time for it


class ParseStatus(StrEnum):
    """What became of one feed body."""

    OK = "ok"
    RECOVERED = "recovered"
    FAILED = "failed"


class ExtractOutcome(StrEnum):
    """What became of one page."""

    OK = "ok"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_HTML = "not_html"
    TOO_DEEP = "too_deep"  # elements nested deeper than the extractor follows
    FLAPPING = "flapping"  # a text that changes at every look: no further version of it is kept
    FAILED = "failed"
    TIMEOUT = "timeout"  # these three: the worker process that read it had to be given up
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"


class AnalysisOutcome(StrEnum):
    """How much of an article version the language stage read."""

    ANALYSED = "analysed"
    IN_PART = "analysed_in_part"  # too long, or with passages that are foreign or no words
    NOT_ANALYSED = "not_analysed"  # most of it is in another language
    FAILED = "failed"  # it broke the reader: a fault of ours, which costs no other article


class CandidateKind(StrEnum):
    """What somebody is who is not configured, as far as the text shows."""

    PERSON = "person"
    BODY = "body"
    OUTLET = "outlet"  # a paper or an agency, or its reporter: it tells what others hold
    UNKNOWN = "unknown"


class Stance(StrEnum):
    """Towards the proposition of an issue."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    MIXED = "mixed"
    NO_POSITION = "no_position"


class Basis(StrEnum):
    """On what footing a position is known. Positions are kept apart by it."""

    ON_RECORD = "on_record"
    ANONYMOUS = "anonymous"
    REPORTED_BY_OTHER = "reported_by_other"
    ACT = "act"
    VOTE = "vote"


class QuoteType(StrEnum):
    """How the words are given. NONE is for acts."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    NONE = "none"


class Modality(StrEnum):
    """How real the thing is that the statement speaks of (PLOVER's auxiliary modes)."""

    ACTUAL = "actual"
    INTENDED = "intended"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"
    PAST = "past"


class EventState(StrEnum):
    """Where a planned event stands, according to one claimant."""

    PROPOSED = "proposed"
    REQUESTED = "requested"
    AGREED = "agreed"
    SCHEDULED = "scheduled"
    DENIED = "denied"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    RESCHEDULED = "rescheduled"
    HELD = "held"


class EventRoot(StrEnum):
    """What one actor does to another: the root codes of PLOVER, as its corpus of marked pairs uses them.

    YIELD covers what later versions of the codebook tell apart as CONCEDE and RETREAT.
    """

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    COOPERATE = "COOPERATE"
    AID = "AID"
    YIELD = "YIELD"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class DecidedBy(StrEnum):
    """What made a statement of the words."""

    RULES = "rules"
    READER = "reader"  # the trained stance reader alone
    BOTH = "both"


class ChangeKind(StrEnum):
    """The kinds of position change."""

    FLIP = "flip"
    SOFTEN = "soften"
    HARDEN = "harden"
    CONDITION_ADDED = "condition_added"
    CONDITION_DROPPED = "condition_dropped"
    DENIAL = "denial"
    CONTRADICTION = "contradiction"
    SAID_VS_DID = "said_vs_did"
    RATIONALE_CHANGE = "rationale_change"
    SILENCE = "silence"
    RESUMED = "resumed"
    PUBLIC_PRIVATE_GAP = "public_private_gap"
    LIFECYCLE = "lifecycle"
    FIRST_POSITION = "first_position"


class ChangeState(StrEnum):
    """How far a change is believed."""

    CANDIDATE = "candidate"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    RETRACTED = "retracted"


class EditKind(StrEnum):
    """What became of an attributed span from one version of its article to a later one."""

    UNCHANGED = "unchanged"
    MOVED = "moved"  # the same words at another place of the text
    TYPOGRAPHIC = "typographic"  # the same words set in another way: marks, case, spelling, around a tag
    ALTERED = "altered"
    ATTRIBUTION_CHANGED = "attribution_changed"  # the same words, said to be another's
    REMOVED = "removed"
    ADDED = "added"


class WordClass(StrEnum):
    """The gravest thing in which two wordings differ, gravest first."""

    NEGATION = "negation"
    NUMBER = "number"
    MODAL = "modal"
    NAME = "name"
    WORD = "word"


class DeliveryState(StrEnum):
    """What became of one alert on one channel."""

    PENDING = "pending"
    SENT = "sent"
    DEAD = "dead"  # given up after the last attempt; kept
