"""Put together what the rules and the trained component find: the component decides, the rules fill in.

The component knows top-level attributions only (PolNeAR has no others), so those inside what somebody says stay the
rules' own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from volteface.config.cues import Cue, CueSense
from volteface.language.annotations import Interval
from volteface.language.attribution_decode import Found
from volteface.language.contents import find_contents, merge_intervals
from volteface.language.cues import CueHit
from volteface.language.drafts import Draft, set_nesting
from volteface.language.frames import Frame, Side
from volteface.language.layout import Layout

ALONE = 0.7
"""How probable a cue must be that the rules do not see. Chosen on articles held aside, as the next one is."""

OUTER = 0.8
"""How probable a cue must be to stand in nobody else's words, though the rules have it inside a content."""


def merge_drafts(
    layout: Layout, drafts: Sequence[Draft], found: Sequence[Found], hits: Sequence[CueHit]
) -> list[Draft]:
    """Return the drafts to resolve, in order of their cues. A draft of the rules that nothing found bears out is let go."""
    by_token = {index: draft for draft in drafts for index in range(draft.frame.hit.start, draft.frame.hit.end)}
    listed = {index: hit for hit in hits for index in range(hit.start, hit.end)}
    merged: list[Draft] = []
    seen: set[int] = set()
    for one in found:
        same = next((by_token[index] for index in range(*one.cue) if index in by_token), None)
        if same is None and one.score < ALONE:
            continue
        seen.update(range(*one.cue))
        hit = next((listed[index] for index in range(*one.cue) if index in listed), None)
        merged.append(_draft(layout, one, same, hit))
    rest = [draft for draft in drafts if not seen & set(range(draft.frame.hit.start, draft.frame.hit.end))]
    sure = {one.cue for one in found if one.score >= OUTER}
    return [_lift(draft, sure) for draft in set_nesting([*merged, *_keep_inner(rest, merged)])]


def _lift(draft: Draft, sure: set[Interval]) -> Draft:
    """Take a draft out of the content of another one, which reaches too far, where the component is sure of it."""
    hit = draft.frame.hit
    return replace(draft, outer=None) if (hit.start, hit.end) in sure else draft


def _draft(layout: Layout, one: Found, same: Draft | None, hit: CueHit | None) -> Draft:
    """Make a draft of what the component found.

    The rules read contents better, where they see the cue at all; the component is better at sources.
    """
    start, end = one.cue
    row = hit.cue if hit else _describe(layout, one.cue)
    read = merge_intervals(
        [_fill(layout, interval, one.cue) for found in one.contents if (interval := _strip(layout, found))]
    )
    source = one.source or (same.frame.source if same else None)
    frame = Frame(
        CueHit(start, end, row, is_noun_form=False, is_participle=bool(hit and hit.is_participle)),
        source,
        Side.LEFT if read and read[-1][1] <= start else Side.RIGHT,
        min(start, source[0]) if source else start,
        max(end, source[1]) if source else end,
        inherits=source is None and same is not None and same.frame.inherits,
    )
    sentence = layout.sentences[layout.sentence_of[start]]
    contents = (same.contents if same else ()) or read or find_contents(layout, frame, sentence, ())
    return Draft(frame, contents, sentence)


def _describe(layout: Layout, interval: Interval) -> Cue:
    """Make a row for a cue that is on no list: it says that somebody says something, and no more."""
    form = " ".join(layout.lowers[slice(*interval)])
    return Cue(id="trained", forms=(form,), sense=CueSense.SPEECH)


def _strip(layout: Layout, interval: Interval) -> Interval | None:
    """Drop line breaks and spaces around a content."""
    start, end = interval
    while start < end and layout.texts[start].isspace():
        start += 1
    while end > start and layout.texts[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None


def _fill(layout: Layout, interval: Interval, cue: Interval) -> Interval:
    """Take a quotation in whole of which a part was found: they are longer than the component sees."""
    start, end = interval
    first, last = layout.quote_of[start], layout.quote_of[end - 1]
    if first >= 0 and first != layout.quote_of[cue[0]]:
        start = layout.quotations[first].start
    if last >= 0 and last != layout.quote_of[cue[0]]:
        end = layout.quotations[last].end
    return start, end


def _keep_inner(rest: Sequence[Draft], merged: Sequence[Draft]) -> Iterator[Draft]:
    """Of the drafts that only the rules have, keep those inside what somebody says, and refusals to say anything."""
    inside = {index for draft in merged for start, end in draft.contents for index in range(start, end)}
    for draft in rest:
        if draft.frame.hit.start in inside or draft.frame.hit.cue.declined:
            yield replace(draft, outer=None)
