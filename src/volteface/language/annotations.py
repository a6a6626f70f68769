"""What the components write on a spaCy Doc, beside spans: mentions of actors and attributions.

Offsets are token indices, end exclusive. ``doc._.actor_mentions`` holds a tuple of ActorMention in text order,
``doc._.attributions`` a tuple of Attribution in order of their cues. Everything is a plain value.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Doc

from volteface.models import QuoteType

Interval = tuple[int, int]


class Via(StrEnum):
    """How a mention was resolved to its actor."""

    ALIAS = "alias"
    OFFICE = "office"
    METONYM = "metonym"
    SPOKESPERSON = "spokesperson"
    ROLE = "role"  # "the Israeli prime minister", by dated roles
    SHORT_FORM = "short_form"  # "Sullivan" after "Jake Sullivan"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"  # "the Israeli leader"
    ANONYMOUS = "anonymous"  # "a senior Israeli official" -> anonymous:israel-government
    CANDIDATE = "candidate"  # a name that is no configured actor -> other:<kebab-case-name>
    IMPLICIT = "implicit"  # the outlet's own voice, or a quotation going on


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention:
    """One place where the text names somebody who can hold a position.

    ``actor_id`` is a configured id, ``anonymous:<id>`` or ``other:<kebab-case-name>``.
    """

    start: int
    end: int
    actor_id: str
    via: Via


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """How far the parts of an attribution reach, as a trained component reads them."""

    source: Interval | None
    cue: Interval
    contents: tuple[Interval, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Somebody saying something: source, cue and content, after PARC and PolNeAR.

    ``speakers`` are actor ids (more than one for a joint statement; empty where unresolved: never a guess).
    ``reporter`` is the actor who says that the speaker holds it, for nested attributions. ``partners`` hold it too, by
    the speakers' word: the other side of a readout's "the two leaders agreed". ``is_doubtful``: rules alone see it, where
    a trained component has been and does not; it reports an act or an attitude rather than words. ``shown`` are the spans
    to show where a trained component gives them; speakers and stances are read in the rules' own.
    """

    source: Interval | None
    cue: Interval | None
    contents: tuple[Interval, ...]
    quote_type: QuoteType
    speakers: tuple[str, ...]
    via: Via | None
    speaker_text: str
    reporter: str | None = None
    partners: tuple[str, ...] = ()
    is_declined: bool = False
    is_private: bool = False
    is_nested: bool = False  # its cue stands inside what somebody else says
    is_doubtful: bool = False
    shown: Spans | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueHit:
    """One place where the text brings up a tracked issue. ``sign`` is -1 where the words name its contrary."""

    start: int
    end: int
    issue_id: str
    sign: int
    is_context: bool  # "the deal": means the issue only because the article brought it up before


def register_extensions() -> None:
    """Declare the Doc attributes; calling it again changes nothing."""
    for name in ("actor_mentions", "attributions", "attribution_spans", "issue_hits", "stance_hits"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=())
    for name in (
        "stance_reading",
        "published_at",
        "outlet_actor_id",
        "title",
    ):  # the last three are given with the text
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
