"""A government's own documents: the turns of a transcript, and statements in the first person.

"We support ..." on a ministry's own site is the ministry's word; under the title "Statement from President Example" it
is that person's. A reporter's question in a transcript is nobody's position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from volteface.language.annotations import ActorMention, Attribution, Interval, Via
from volteface.language.layout import Layout
from volteface.language.roster import Roster
from volteface.language.voices import last_word, make_attribution
from volteface.models import QuoteType

_MAX_LABEL = 10
_MIN_LABELS = 2  # one capital word with a colon is no transcript
_LABEL_TITLES = frozenset(
    "MR MS MRS DR PRESIDENT VICE SECRETARY ADMIRAL GENERAL MINISTER PRIME TAOISEACH CHANCELLOR KING QUEEN PRINCE CROWN EMIR"  # noqa: SIM905 -- a list of words reads best as words
    " SULTAN SENATOR AMBASSADOR ADMINISTRATOR COLONEL MAJOR DIRECTOR SPEAKER GOVERNOR MAYOR".split()
)
_READOUT = re.compile(
    r"^readout of (.+?)[’'](?:s|\b) ?\S* ?\S* ?(?:call|meeting|conversation|lunch|visit)", re.IGNORECASE
)
_JOINT = frozenset(("they", "two leaders", "leaders", "both leaders", "two", "two presidents"))
_BOTH = ("two ", "both ")
_FIRST_PERSON = frozenset(("i", "we"))


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a text beside its words: whose own site it stands on, its title, its day."""

    outlet_actor_id: str | None
    title: str
    published_at: datetime | None


def find_turns(
    layout: Layout, mentions: Sequence[ActorMention], roster: Roster, context: Context
) -> Iterator[Attribution]:
    """Yield the turns of a transcript: "MR. EXAMPLE: ..." up to the next label or question.

    In a newspaper capitals head many a paragraph ("UPDATE: ..."): there two labels must name somebody.
    """
    labels = [label for paragraph in layout.paragraphs if (label := _find_label(layout, paragraph))]
    named = [label for label in labels if label[1] > label[0]]
    if context.outlet_actor_id is None:
        named = [label for label in named if _resolve_label(layout, label, mentions, roster, context)[0]]
    if len(named) < _MIN_LABELS:
        return
    edges = [start for start, _ in labels[1:]] + [len(layout.texts)]
    for (start, colon), edge in zip(labels, edges, strict=True):
        content = (colon + 1, last_word(layout, edge))
        if colon > start and content[1] > content[0]:
            speakers, via = _resolve_label(layout, (start, colon), mentions, roster, context)
            source = (start, colon)
            yield make_attribution(
                layout,
                source,
                cue=(colon, colon + 1),
                contents=(content,),
                speakers=speakers,
                via=via,
                quote_type=QuoteType.DIRECT,
            )


def _find_label(layout: Layout, paragraph: Interval) -> Interval | None:
    """Return the start and colon of a label in capitals at the head of a paragraph; "Q" alone ends a turn too."""
    start, end = paragraph
    if layout.texts[start] in ('"', "\u201c"):
        start += 1
    if start < end and layout.texts[start] == "Q":
        return (start, start)
    for at in range(start, min(start + _MAX_LABEL, end)):
        text = layout.texts[at]
        if text == ":":
            return (start, at) if at > start else None
        if not text.isupper() and text not in ("-", ".", "'", "\u2019"):
            return None
    return None


def _resolve_label(
    layout: Layout, label: Interval, mentions: Sequence[ActorMention], roster: Roster, context: Context
) -> tuple[tuple[str, ...], Via | None]:
    words = [text.strip(".") for text in layout.text(*label).split()]
    name = " ".join(word for word in words if word not in _LABEL_TITLES).casefold()
    if words[:1] == ["THE"] and context.outlet_actor_id and context.published_at:
        title = " ".join(words[1:])
        holders = roster.list_holders(title, context.outlet_actor_id, context.published_at.date())
        return ((holders[0].id,), Via.ROLE) if len(holders) == 1 else ((), None)
    if words[-1:] in (["OFFICIAL"], ["OFFICIALS"]) and context.outlet_actor_id:
        return (f"anonymous:{context.outlet_actor_id}",), Via.ANONYMOUS
    bearers = {
        mention.actor_id
        for mention in mentions
        if mention.via in (Via.ALIAS, Via.SPOKESPERSON, Via.CANDIDATE)
        and name
        and layout.text(mention.start, mention.end).casefold().endswith(name)
    }
    if not bearers and context.outlet_actor_id and name:
        bearers = roster.find_bearers(name)
    return ((bearers.pop(),), Via.SHORT_FORM) if len(bearers) == 1 else ((), None)


def speak_as(layout: Layout, attribution: Attribution, authors: tuple[str, ...]) -> Attribution:
    """Return an attribution in the first person as the authors'; any other as it is."""
    source = attribution.source
    if source is None or attribution.speakers or attribution.is_nested:
        return attribution
    is_own = layout.lowers[source[0]] in _FIRST_PERSON and layout.quote_of[source[0]] < 0
    return replace(attribution, speakers=authors, via=Via.IMPLICIT) if is_own else attribution


def speak_in_turn(layout: Layout, attribution: Attribution, turns: Sequence[Attribution]) -> Attribution | None:
    """Return an attribution of a transcript with the turn's speaker: as its own where it says "I", else as reporter.

    None for the "I" and "you" of a question, which are nobody's word.
    """
    at = attribution.cue[0] if attribution.cue else None
    source = attribution.source
    person = layout.lowers[source[0]] if source and layout.quote_of[source[0]] < 0 else ""
    turn = next((one for one in turns if at is not None and any(s <= at < e for s, e in one.contents)), None)
    if turn is None:
        return None if person in _FIRST_PERSON or person == "you" else attribution
    if attribution.is_nested:
        return attribution
    if person in _FIRST_PERSON:
        return replace(attribution, speakers=turn.speakers, via=turn.via, is_nested=True)
    reporter = turn.speakers[0] if len(turn.speakers) == 1 else None
    return replace(attribution, reporter=reporter, is_nested=True)


def find_meeting(
    layout: Layout, mentions: Sequence[ActorMention], roster: Roster, context: Context
) -> tuple[str, tuple[str, ...]] | None:
    """Return the outlet's own person of a readout ("Readout of President Example's Call with ..."), or None.

    With that person comes whom the title says the call was with, where it is one.
    """
    match = _READOUT.search(context.title) if context.outlet_actor_id else None
    named = (roster.find_named(match[1]) or _find_bearers(layout, mentions, match[1])) if match else set()
    if match is None or len(named) != 1:
        return None
    others = roster.find_named(context.title[match.end() :]) - named
    return named.pop(), tuple(others) if len(others) == 1 else ()


def _find_bearers(layout: Layout, mentions: Sequence[ActorMention], name: str) -> set[str]:
    """Return whom the text names in full by the surname that ends a name: "Vice President Example"."""
    surname = name.rsplit(maxsplit=1)[-1]
    people = (one for one in mentions if one.via is Via.ALIAS and one.end - one.start > 1)
    return {one.actor_id for one in people if layout.texts[one.end - 1] == surname}


def speak_for_both(
    layout: Layout, attribution: Attribution, convener: str, partners: tuple[str, ...] = ()
) -> Attribution:
    """Return what "the two leaders" of a readout say as the convener's, who says so; any other as it is.

    The other one's words are hearsay here: ``partners`` hold them by the convener's word.
    """
    is_told = bool(attribution.speakers) and attribution.via is not Via.PRONOUN
    if is_told or attribution.source is None or attribution.is_nested:
        return attribution
    words = layout.text(*attribution.source).lower().removeprefix("the ").strip()
    if words not in _JOINT and not words.startswith(_BOTH):
        return attribution
    return replace(attribution, speakers=(convener,), via=Via.DESCRIPTION, partners=partners)


def find_own_words(
    layout: Layout, attributions: Sequence[Attribution], authors: tuple[str, ...], *, is_whole: bool = False
) -> Iterator[Attribution]:
    """Yield the first-person sentences that no attribution covers: they are the authors' own words.

    ``is_whole``: all the others too, of a text that is its author's from end to end.
    """
    covered = {index for one in attributions for start, end in one.contents for index in range(start, end)}
    covered |= {one.source[0] for one in attributions if one.source}
    for start, end in layout.sentences:
        own = _find_own_subject(layout, start, end) or ((start, start + 1) if is_whole else None)
        if own is None or own[0] in covered or layout.quote_of[own[0]] >= 0:
            continue
        content = (start, last_word(layout, end))
        if content[1] > content[0]:
            yield make_attribution(
                layout,
                own,
                cue=None,
                contents=(content,),
                speakers=authors,
                via=Via.IMPLICIT,
                quote_type=QuoteType.DIRECT,
            )


def _find_own_subject(layout: Layout, start: int, end: int) -> Interval | None:
    for at in range(start, end):
        if layout.texts[at] in ("I", "We", "we"):
            return (at, at + 1)
    first = start + (layout.lowers[start] == "the")
    if layout.texts[first : first + 2] == ["United", "States"]:
        return (first, first + 2)
    return None
