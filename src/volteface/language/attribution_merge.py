"""Put together what the rules and the trained component find: the component decides, the rules fill in.

The component knows top-level attributions only (PolNeAR has no others), so those inside what somebody says stay the
rules' own. What else the rules alone see (acts and attitudes, mostly) is kept as doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from volteface.config.cues import Cue, CueSense
from volteface.language.annotations import Interval, Spans
from volteface.language.attribution_decode import Found
from volteface.language.contents import find_contents, merge_intervals
from volteface.language.cues import CueHit
from volteface.language.drafts import Draft, set_nesting
from volteface.language.frames import Frame, Side
from volteface.language.layout import Layout

SEEN = 0.25
"""How probable a cue must be that the rules see too. Chosen on articles held aside, as the next ones are."""

ALONE = 0.6
"""How probable a cue must be that the rules do not see."""

OUTER = 0.5
"""How probable a cue must be to stand in nobody else's words, though it is inside a content."""

_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))


def merge_drafts(
    layout: Layout, drafts: Sequence[Draft], found: Sequence[Found], hits: Sequence[CueHit]
) -> list[Draft]:
    """Return the drafts to resolve, in order of their cues. A draft of the rules that nothing found bears out is doubtful."""
    by_token = {index: draft for draft in drafts for index in range(draft.frame.hit.start, draft.frame.hit.end)}
    listed = {index: hit for hit in hits for index in range(hit.start, hit.end)}
    merged: list[Draft] = []
    seen: set[int] = set()
    for one in found:
        same = next((by_token[index] for index in range(*one.cue) if index in by_token), None)
        if one.score < (SEEN if same else ALONE) or _names_the_hearer(layout, one):
            continue
        seen.update(range(*one.cue))
        hit = next((listed[index] for index in range(*one.cue) if index in listed), None)
        merged.append(_draft(layout, one, same, hit))
    rest = [draft for draft in drafts if not seen & set(range(draft.frame.hit.start, draft.frame.hit.end))]
    sure = {one.cue for one in found if one.score >= OUTER}
    return [_lift(draft, sure) for draft in set_nesting([*merged, *_keep_rest(rest, merged)])]


def _names_the_hearer(layout: Layout, one: Found) -> bool:
    """Tell whether the source is who was spoken to: "Smith was asked by reporters", "the club was urged by Smith to"."""
    if one.source is None or one.source[1] > one.cue[0]:
        return False
    is_agent_named = "by" in layout.lowers[one.cue[1] - 1 : one.cue[1] + 1]
    return is_agent_named and not _BE.isdisjoint(layout.lowers[one.source[1] : one.cue[1]])


def _lift(draft: Draft, sure: set[Interval]) -> Draft:
    """Take a draft out of the content of another one, which reaches too far, where the component is sure of it."""
    cue = draft.shown.cue if draft.shown else (draft.frame.hit.start, draft.frame.hit.end)
    return replace(draft, outer=None) if cue in sure else draft


def _draft(layout: Layout, one: Found, same: Draft | None, hit: CueHit | None) -> Draft:
    """Make a draft of what the component found.

    Where the rules see it too, theirs is what the stances are read in, and the component's what is shown; each gives the
    source or content that the other does not see.
    """
    start, end = one.cue
    read = merge_intervals(
        [_fill(layout, interval, one.cue) for found in one.contents if (interval := _strip(layout, found))]
    )
    if same is not None:
        shown = Spans(source=one.source or same.frame.source, cue=one.cue, contents=read or same.contents)
        return replace(same, outer=None, contents=same.contents or read, shown=shown)
    frame = Frame(
        CueHit(start, end, hit.cue if hit else _describe(layout, one.cue), is_noun_form=False, is_participle=False),
        one.source,
        Side.LEFT if read and read[-1][1] <= start else Side.RIGHT,
        min(start, one.source[0]) if one.source else start,
        max(end, one.source[1]) if one.source else end,
    )
    sentence = layout.sentences[layout.sentence_of[start]]
    return Draft(frame, read or find_contents(layout, frame, sentence, ()), sentence)


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


def _keep_rest(rest: Sequence[Draft], merged: Sequence[Draft]) -> Iterator[Draft]:
    """Keep the drafts that only the rules have; doubtful but for those inside what somebody says, and refusals to speak."""
    inside = {index for draft in merged for start, end in draft.contents for index in range(start, end)}
    for draft in rest:
        is_borne_out = draft.frame.hit.start in inside or draft.frame.hit.cue.declined
        yield replace(draft, outer=None, is_doubtful=not is_borne_out)
