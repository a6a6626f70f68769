"""Joint statements: a source of which only the end was taken, "Canada, France, Japan | and Italy said".

A row reaches to the left over commas, from "the foreign ministers of Canada, ..." over the "and" before it to who else
speaks. A row that hangs on another word ("in Canada, France said") is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from volteface.language.annotations import ActorMention, Attribution, Via
from volteface.language.kinship import body_of
from volteface.language.lexicon import DETERMINERS, PREPOSITIONS

_HOLDERS = frozenset(
    ("ministers", "leaders", "presidents", "governments", "diplomats", "ambassadors", "heads", "states")
)
_LONGEST_PHRASE = 5  # "and the foreign ministers of"


def widen_source(attribution: Attribution, words: Sequence[str], mentions: Sequence[ActorMention]) -> Attribution:
    """Return the attribution with all who speak in its row; the same where its source is no end of a row."""
    if attribution.source is None or not attribution.speakers or attribution.is_nested:
        return attribution
    start, end = attribution.source
    if "and" not in words[start:end]:
        return attribution
    row = _list_row(words, mentions, start)
    if not row:
        return attribution
    first = row[-1].start
    speakers = [body_of(one.actor_id) for one in reversed(row)]
    before = words[max(0, first - _LONGEST_PHRASE) : first]
    phrase = words[row[-1].start : row[-1].end]
    if not _HOLDERS.isdisjoint((*before, *phrase)):
        first, others = _find_fellow(words, mentions, first)
        speakers = [*others, *speakers]
    elif before and before[-1] in PREPOSITIONS:
        return attribution
    return replace(
        attribution,
        source=(first, end),
        speakers=tuple(dict.fromkeys((*speakers, *attribution.speakers))),
        speaker_text="",
    )


def _list_row(words: Sequence[str], mentions: Sequence[ActorMention], start: int) -> list[ActorMention]:
    """Return the mentions that commas join to what starts here, the nearest first."""
    row: list[ActorMention] = []
    while start > 1:
        at = start - 1
        while words[at] in DETERMINERS:
            at -= 1
        found = next((one for one in mentions if one.end == at and words[at] == ","), None)
        if found is None:
            break
        row.append(found)
        start = found.start
    return row


def _find_fellow(words: Sequence[str], mentions: Sequence[ActorMention], start: int) -> tuple[int, list[str]]:
    """Return who stands before "and the ministers of", and where the whole then starts."""
    for at in range(start, max(1, start - _LONGEST_PHRASE), -1):
        if words[at - 1] == "and":
            fellow = next((one for one in mentions if one.end == at - 1 and one.via is not Via.ANONYMOUS), None)
            return (fellow.start, [fellow.actor_id]) if fellow else (start, [])
    return start, []
