"""Words without a cue: headlines with a colon, and quotations that go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from volteface.language.annotations import ActorMention, Attribution, Interval, Via
from volteface.language.layout import Layout
from volteface.models import QuoteType

_SHORTEST = 3  # tokens of a headline that ends with who says it
_MIN_QUOTE = 5  # tokens; a shorter quotation is a name or a term


def find_headline(layout: Layout, mentions: Sequence[ActorMention]) -> Iterator[Attribution]:
    """Yield "Example: no deal without ..." and "No deal without ...: Example": the first sentence, an actor, a colon."""
    if not layout.sentences:
        return
    start, end = layout.sentences[0]
    close = last_word(layout, end)
    is_bare = close == end_of_line(layout, end)  # a headline has no full stop
    for mention in mentions:
        at = mention.end
        if mention.start == start and at + 2 < end and layout.texts[at] == ":":
            yield _say_in_headline(layout, mention, at, (at + 1, close))
        elif is_bare and mention.end == close and at > start + _SHORTEST and layout.texts[mention.start - 1] == ":":
            yield _say_in_headline(layout, mention, mention.start - 1, (start, mention.start - 1))


def end_of_line(layout: Layout, end: int) -> int:
    """Return the end without its spaces."""
    while end > 0 and layout.texts[end - 1].isspace():
        end -= 1
    return end


def _say_in_headline(layout: Layout, mention: ActorMention, colon: int, content: Interval) -> Attribution:
    return make_attribution(
        layout,
        (mention.start, mention.end),
        cue=(colon, colon + 1),
        contents=(content,),
        speakers=(mention.actor_id,),
        via=mention.via,
    )


def find_continuations(layout: Layout, attributions: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield quotations that stand alone after a sentence with a speaker: the same one goes on."""
    covered = {index for one in attributions for start, end in one.contents for index in range(start, end)}
    last: dict[int, Attribution] = {}
    for one in sorted(attributions, key=lambda each: each.cue or (0, 0)):
        if one.cue and one.reporter is None:
            last[layout.sentence_of[max(end for _, end in (*one.contents, one.cue)) - 1]] = one
            last[layout.sentence_of[one.cue[0]]] = one
    for number, (start, end) in enumerate(layout.sentences):
        quote = layout.quote_of[start]
        before = last.get(number - 1)
        if quote < 0 or before is None or start in covered or layout.quotations[quote].start != start:
            continue
        close = layout.quotations[quote].end
        is_alone = close >= last_word(layout, end) or close >= end
        if is_alone and close - start >= _MIN_QUOTE:
            last[layout.sentence_of[close - 1]] = before
            yield Attribution(
                source=None,
                cue=None,
                contents=((start, close),),
                quote_type=QuoteType.DIRECT,
                speakers=before.speakers,
                via=Via.IMPLICIT,
                speaker_text=before.speaker_text,
            )


def last_word(layout: Layout, end: int) -> int:
    """Return the end without its full stop and spaces."""
    while end > 0 and (layout.texts[end - 1].isspace() or layout.texts[end - 1] == "."):
        end -= 1
    return end


def make_attribution(
    layout: Layout,
    source: Interval,
    *,
    cue: Interval | None,
    contents: tuple[Interval, ...],
    speakers: tuple[str, ...],
    via: Via | None,
    quote_type: QuoteType = QuoteType.INDIRECT,
) -> Attribution:
    """Return a plain attribution with the words of its source."""
    return Attribution(
        source=source,
        cue=cue,
        contents=contents,
        quote_type=quote_type,
        speakers=speakers,
        via=via,
        speaker_text=layout.text(*source),
    )
