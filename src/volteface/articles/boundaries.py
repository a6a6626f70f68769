"""Where a passage that was found again begins and ends: whole sentences and quotations are compared whole.

Without it, words added at the end of a quotation would not be part of it.
"""

from __future__ import annotations

from dataclasses import replace

from volteface.articles.alignment import Alignment, Place, WordedText

MAX_ADDED = 40  # words at one end
_SAME_RUN = 3  # words that tell a sentence joined to this one from words added to it
_JOINED_WITHIN = 80  # words


def extend_place(alignment: Alignment, start: int, end: int, place: Place) -> Place:
    """Return a place that ends where its sentence or quotation does, where the passage before did.

    Words that stood beside the passage before were not added to it: two sentences were made one.
    """
    before, after = alignment.before, alignment.after
    first, last = place.start, place.end
    if end == _find_unit(before, start, end - 1)[1]:
        unit = _find_unit(after, place.start, place.end - 1)[1]
        if last < unit <= last + MAX_ADDED and not _stood_near(before, after.keys[last:unit], end, +1):
            last = unit
    if start == _find_unit(before, end - 1, start)[0]:
        unit = _find_unit(after, place.end - 1, place.start)[0]
        if first - MAX_ADDED <= unit < first and not _stood_near(before, after.keys[unit:first], start, -1):
            first = unit
    return replace(place, start=first, end=last)


def _find_unit(text: WordedText, other: int, word: int) -> tuple[int, int]:
    """Return the quotation that holds both words, else the sentence of ``word``."""
    quotation = text.find_quotation(word)
    if quotation is not None and quotation[0] <= other < quotation[1]:
        return quotation
    return text.sentences[text.sentence_of[word]]


def _stood_near(before: WordedText, keys: tuple[str, ...], edge: int, direction: int) -> bool:
    """Tell whether words stood beside the passage before, at its end or its beginning."""
    beside = (
        before.keys[edge : edge + _JOINED_WITHIN]
        if direction > 0
        else before.keys[max(0, edge - _JOINED_WITHIN) : edge]
    )
    size = min(_SAME_RUN, len(keys))
    runs = {beside[n : n + size] for n in range(len(beside) - size + 1)}
    if size < _SAME_RUN:
        return (beside[:size] if direction > 0 else beside[-size:]) == keys
    return any(keys[n : n + size] in runs for n in range(min(2, len(keys) - size + 1)))


def find_slice(alignment: Alignment, span: tuple[int, int], words: tuple[int, int], place: Place) -> tuple[int, int]:
    """Return the characters of a place, with the marks around the words where the passage before had such marks."""
    before, after = alignment.before, alignment.after
    lead = before.words[words[0]].start - span[0]
    tail = span[1] - before.words[words[1] - 1].end
    begin, finish = after.words[place.start].start, after.words[place.end - 1].end
    while lead > 0 and begin > 0 and _is_mark(after.text[begin - 1]):
        begin, lead = begin - 1, lead - 1
    while tail > 0 and finish < len(after.text) and _is_mark(after.text[finish]):
        finish, tail = finish + 1, tail - 1
    return begin, finish


def _is_mark(character: str) -> bool:
    return not character.isspace() and not character.isalnum()
