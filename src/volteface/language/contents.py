"""Find what is said: the clause, quotation or both that belong to a cue."""

from __future__ import annotations

from collections.abc import Sequence

from volteface.language.annotations import Interval
from volteface.language.frames import Frame, Side
from volteface.language.layout import Layout
from volteface.language.lexicon import DASHES
from volteface.language.setting import skip_addressee, skip_setting_to_content

_TAIL_MARKS = DASHES | {".", ",", ";", ":", "-"}
_MAX_SETTING = 24


def find_contents(layout: Layout, frame: Frame, sentence: Interval, later: Sequence[Frame]) -> tuple[Interval, ...]:
    """Return the content of a frame. ``later``: the frames of the sentence after this one, where it may end."""
    if frame.content is not None:
        return (frame.content,)
    if frame.side is Side.LEFT:
        found = [_read_left(layout, frame.start, sentence)]
        found.extend(_continue_quotation(layout, frame.end, sentence))
    elif frame.side is Side.AROUND:
        found = [_read_left(layout, frame.start, sentence), _read_right(layout, frame, sentence, later)]
        if found[0] is not None and frame.hit.cue.kind == "verb":
            found.extend(_continue_quotation(layout, frame.end, sentence))
    else:
        found = [_read_right(layout, frame, sentence, later)]
    return merge_intervals([interval for interval in found if interval is not None])


def _read_left(layout: Layout, end: int, sentence: Interval) -> Interval | None:
    """Content before the cue: from the start of the sentence, or of the quotation that reaches into it."""
    while end > sentence[0] and (
        (layout.texts[end - 1] == "," or layout.texts[end - 1] in DASHES) and layout.quote_of[end - 1] < 0
    ):
        end -= 1
    if end <= sentence[0]:
        return None
    start = sentence[0]
    first = layout.quote_of[start]
    if first >= 0:
        start = min(start, _open_of(layout, first))
    while start < end and layout.lowers[start] in ("but", "and") and layout.quote_of[start] < 0:
        start += 1
    return (start, end) if end > start else None


def _open_of(layout: Layout, number: int) -> int:
    """Where a quotation begins, through the pieces that earlier paragraphs left open."""
    while number > 0 and layout.quotations[number - 1].continues:
        number -= 1
    return layout.quotations[number].start


def _read_right(layout: Layout, frame: Frame, sentence: Interval, later: Sequence[Frame]) -> Interval | None:
    """Content after the cue: past the one spoken to and the setting, up to the end of the sentence or the next frame."""
    start = _skip_to_content(layout, frame, sentence[1])
    end = _find_right_end(layout, start, sentence, later)
    quote = layout.quote_of[end - 1] if end > start else -1
    if quote >= 0 and end >= sentence[1] and layout.quotations[quote].start >= start:
        end = max(end, _close_of(layout, quote))
    return trim(layout, start, end)


def _close_of(layout: Layout, number: int) -> int:
    """Where a quotation ends, through the pieces that it leaves open."""
    while layout.quotations[number].continues and number + 1 < len(layout.quotations):
        number += 1
    return layout.quotations[number].end


def _skip_to_content(layout: Layout, frame: Frame, ceiling: int) -> int:
    start = frame.end
    if frame.hit.cue.addressee:
        start = skip_addressee(layout, start, ceiling)
    if frame.hit.cue.id in (
        "say",
        "write",
        "add",
        "announce",
        "tweet",
        "tell",
        "state",
        "declare",
        "warn",
        "explain",
        "claim",
    ):
        start = skip_setting_to_content(layout, start, ceiling)
    while start < ceiling and (layout.texts[start] in (",", ":") or layout.texts[start] in DASHES):
        start += 1
    return start


def _find_right_end(layout: Layout, start: int, sentence: Interval, later: Sequence[Frame]) -> int:
    end = sentence[1]
    for other in later:
        if start < other.start < end:
            end = other.start
            while end > start and layout.lowers[end - 1] in ("and", "but", "while", "as", "although", "though", "or"):
                end -= 1
            break
    return end


def _continue_quotation(layout: Layout, end: int, sentence: Interval) -> list[Interval]:
    """Quotations that go on after the cue: in the same sentence, and at the head of the next ones of the paragraph."""
    found = []
    at = end
    while at < sentence[1]:
        number = layout.quote_of[at]
        if (
            number >= 0
            and layout.quotations[number].start == at
            and (layout.texts[at - 1] in (",", ":") or layout.texts[at - 1] in DASHES)
        ):
            found.append((at, _close_of(layout, number)))
            at = layout.quotations[number].end
        at += 1
    paragraph_end = layout.paragraphs[layout.paragraph_of[sentence[0]]][1]
    at = max(at, sentence[1])
    while at < paragraph_end and layout.quote_of[at] >= 0 and layout.quotations[layout.quote_of[at]].start == at:
        number = layout.quote_of[at]
        close = layout.quotations[number].end
        if close < paragraph_end and layout.sentence_of[close] == layout.sentence_of[close - 1]:
            break  # words of the article follow: the quotation belongs to their sentence
        found.append((at, _close_of(layout, number)))
        at = close
    return found


def trim(layout: Layout, start: int, end: int) -> Interval | None:
    """Drop marks and spaces around a content, but for those of quotations; None where nothing is left."""
    while start < end and (layout.texts[start] in _TAIL_MARKS or layout.texts[start].isspace()):
        start += 1
    while (
        end > start
        and layout.quote_of[end - 1] < 0
        and (layout.texts[end - 1] in _TAIL_MARKS or layout.texts[end - 1].isspace())
    ):
        end -= 1
    return (start, end) if end > start else None


def merge_intervals(intervals: list[Interval]) -> tuple[Interval, ...]:
    """Return the intervals in order, those that touch as one."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
