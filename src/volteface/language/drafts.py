"""From cues to drafts: each cue that reports, with its content, and in whose words it stands.

Order: judge every cue of a sentence, give it its content up to the next one, then find which stand inside another's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from volteface.language.annotations import Interval, Spans
from volteface.language.contents import find_contents
from volteface.language.cues import CueHit
from volteface.language.frames import Frame, Side, judge_cue
from volteface.language.grammar import is_verb_like
from volteface.language.layout import Layout
from volteface.language.lexicon import DASHES, PAST_FORMS, SUBORDINATORS, words
from volteface.models import QuoteType

_PAST_CUES = words("said told wrote thought knew felt was were had did")
_CLAUSE_OPENERS = frozenset(("but", "while", "although", "though", "whereas", ";"))
_QUOTED_SHARE = 0.9  # of the tokens of a direct quotation; marks and commas may stand apart


@dataclass(frozen=True, slots=True)
class Draft:
    """A frame with its content; ``outer`` is the number of the draft whose content it stands in.

    ``shown`` and ``is_doubtful`` as in Attribution.
    """

    frame: Frame
    contents: tuple[Interval, ...]
    sentence: Interval
    outer: int | None = None
    shown: Spans | None = None
    is_doubtful: bool = False


def draft_attributions(layout: Layout, hits: Sequence[CueHit]) -> list[Draft]:
    """Return the drafts of a text in order of their cues, each with the number of the one that it is nested in."""
    by_sentence: dict[int, list[CueHit]] = {}
    for hit in hits:
        by_sentence.setdefault(layout.sentence_of[hit.start], []).append(hit)
    drafts: list[Draft] = []
    for number, found in by_sentence.items():
        sentence = layout.sentences[number]
        frames = [frame for hit in found if (frame := judge_cue(layout, hit, sentence)) is not None]
        drafts.extend(_draft_sentence(layout, frames, sentence))
    return set_nesting(drafts)


def _draft_sentence(layout: Layout, frames: list[Frame], sentence: Interval) -> Iterator[Draft]:
    outside = [frame for frame in frames if layout.quote_of[frame.hit.start] < 0]
    for frame in outside:
        later = [other for other in outside if _ends_content(layout, frame, other)]
        contents = find_contents(layout, frame, sentence, later)
        kinds = frame.hit.cue.quote_types
        if (contents and find_quote_type(layout, contents) in kinds) or frame.hit.cue.declined:
            yield Draft(frame, contents, sentence)


def _ends_content(layout: Layout, frame: Frame, other: Frame) -> bool:
    """Tell whether a later frame of the sentence stands beside this one, not inside its content."""
    if other.start <= frame.hit.end:
        return False
    if other.inherits:
        return other.hit.is_participle or not _holds_finite(layout, frame, other)
    before = layout.lowers[other.start - 1]
    if other.hit.cue.kind == "preposition":
        return before in (",", ";") or before in DASHES
    if other.source is None or other.side is Side.LEFT:
        return other.side is Side.LEFT
    return before in _CLAUSE_OPENERS or (before == "," and _is_in_opening_clause(layout, frame))


def _is_in_opening_clause(layout: Layout, frame: Frame) -> bool:
    """As in "After B rejected it, A said ...": the main clause comes after the comma."""
    opener = layout.lowers[layout.sentences[layout.sentence_of[frame.start]][0]]
    return opener in SUBORDINATORS and opener not in ("that", "what", "how", "why", "where", "whether")


def _holds_finite(layout: Layout, frame: Frame, other: Frame) -> bool:
    """Tell whether a verb between two cues could be the one that the second is joined to ("said B left and vowed")."""
    if not _is_past(layout, frame.hit.start) or not _is_past(layout, other.hit.start):
        return any(is_verb_like(layout, index) for index in range(frame.hit.end, other.start))
    return any(_is_past(layout, index) for index in range(frame.hit.end, other.start))


def _is_past(layout: Layout, index: int) -> bool:
    lower = layout.lowers[index]
    return lower in PAST_FORMS or lower in _PAST_CUES or (len(lower) > 4 and lower.endswith("ed"))  # noqa: PLR2004 -- "need"


def set_nesting(drafts: list[Draft]) -> list[Draft]:
    """Number the draft in whose content each cue stands; of two in each other's, the first is the outer one."""
    ordered = sorted(drafts, key=lambda draft: draft.frame.hit.start)
    cues = [draft.frame.hit.start for draft in ordered]
    inside: dict[int, set[int]] = {number: set() for number in range(len(ordered))}
    for number, draft in enumerate(ordered):
        for start, end in draft.contents:
            for held in range(bisect_left(cues, start), bisect_left(cues, end)):
                inside[held].add(number)
    nested: list[Draft] = []
    for number, draft in enumerate(ordered):
        outer = [other for other in inside[number] if other < number or number not in inside[other]]
        nested.append(replace(draft, outer=max(outer) if outer else None))
    return nested


def find_quote_type(layout: Layout, contents: Sequence[Interval]) -> QuoteType:
    """Return how the words are given: all within quotation marks, some of them, or none."""
    tokens = [index for start, end in contents for index in range(start, end) if not layout.texts[index].isspace()]
    quoted = sum(layout.quote_of[index] >= 0 for index in tokens)
    if not quoted:
        return QuoteType.INDIRECT
    return QuoteType.DIRECT if quoted >= _QUOTED_SHARE * len(tokens) else QuoteType.MIXED
