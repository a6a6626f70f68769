"""Find quotations: what stands between quotation marks, per paragraph, however the marks are drawn.

A quotation that a paragraph leaves open and the next one opens again is one quotation in several pieces, unless both
have a speaker of their own. One that is never closed ends with its sentence: a lost mark costs a sentence, never the
article. Apostrophes are no marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

QUOTE_MARKS = frozenset(('"', "”", "’", "'", "''", "»"))
"""What may close a quotation."""

OPENING_MARKS = frozenset(('"', "“", "‘", "'", "``", "«", "''"))

_DOUBLE_OPEN = frozenset(("“", "«", "„", "``"))
_DOUBLE_CLOSE = frozenset(("”", "»"))
_STRAIGHT = frozenset(('"', "''"))
_SINGLE_OPEN = frozenset(("‘", "'"))
_SINGLE_CLOSE = frozenset(("’", "'"))
_BEFORE_TAG = frozenset((",", "?", "!", "—"))
_MAX_SINGLE = 60  # tokens; a longer one is an apostrophe that met another


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens from the opening mark to the closing one, end exclusive. ``continues``: the next piece goes on."""

    start: int
    end: int
    continues: bool = False


def find_quotations(
    texts: Sequence[str], spaces: Sequence[bool], paragraphs: Sequence[tuple[int, int]], sentence_ends: Sequence[int]
) -> tuple[Quotation, ...]:
    """Return the quotations in text order; they never overlap.

    ``spaces`` tells which tokens are followed by a space, ``sentence_ends`` where the sentence of each token ends.
    """
    found: list[Quotation] = []
    for number, (start, end) in enumerate(paragraphs):
        following = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else None
        reopens = following is not None and texts[following] in (*_DOUBLE_OPEN, *_STRAIGHT)
        found.extend(_find_double(texts, spaces, (start, end), sentence_ends, reopens=reopens))
    found = _part_speakers(found, texts, [start for start, _ in paragraphs], sentence_ends)
    taken = [False] * len(texts)
    for quotation in found:
        taken[quotation.start : quotation.end] = [True] * (quotation.end - quotation.start)
    for start, end in paragraphs:
        found.extend(_find_single(texts, spaces, (start, end), taken))
    return tuple(sorted(found, key=lambda quotation: quotation.start))


def _find_double(
    texts: Sequence[str],
    spaces: Sequence[bool],
    paragraph: tuple[int, int],
    sentence_ends: Sequence[int],
    *,
    reopens: bool,
) -> Iterator[Quotation]:
    opened: int | None = None
    start, end = paragraph
    for index in range(start, end):
        text = texts[index]
        opens = text in _DOUBLE_OPEN or (text in _STRAIGHT and _may_open(texts, spaces, index, start))
        closes = text in _DOUBLE_CLOSE or (text in _STRAIGHT and _may_close(texts, spaces, index, start))
        if opened is None:
            opened = index if opens else None
        elif closes:
            yield Quotation(opened, index + 1)
            opened = None
    if opened is None:
        return
    if reopens:
        yield Quotation(opened, end, continues=True)
    elif sentence_ends[opened] - opened > 1:
        yield Quotation(opened, min(end, sentence_ends[opened]))


def _part_speakers(
    found: list[Quotation], texts: Sequence[str], paragraph_starts: Sequence[int], sentence_ends: Sequence[int]
) -> list[Quotation]:
    """End a quotation before a piece that has its own speaker behind it, where words before the first one name theirs.

    As in: Ms Example said: “Not now. / “Never,” said Mr Other. There the first mark was lost, or never set.
    """
    openings, parted, chain = set(paragraph_starts), list(found), 0
    for number, quotation in enumerate(found):
        if not (number and found[number - 1].continues):
            chain = number
        is_introduced = found[chain].start not in openings
        if number > chain and is_introduced and not quotation.continues and _is_tagged(quotation, texts, sentence_ends):
            parted[number - 1] = replace(found[number - 1], continues=False)
    return parted


def _is_tagged(quotation: Quotation, texts: Sequence[str], sentence_ends: Sequence[int]) -> bool:
    """Tell whether words follow a quotation in its sentence that ends with a comma: “...,” said Ms Example."""
    end = quotation.end
    follows = end < len(texts) and end < sentence_ends[quotation.end - 1] and texts[end][:1].isalpha()
    return follows and texts[end - 2] in _BEFORE_TAG


def _may_open(texts: Sequence[str], spaces: Sequence[bool], index: int, start: int) -> bool:
    if index == start:
        return True
    return spaces[index - 1] or texts[index - 1].isspace() or texts[index - 1] in ("(", "[", "—", "–", "-", "/", "‘")


def _may_close(texts: Sequence[str], spaces: Sequence[bool], index: int, start: int) -> bool:
    return index > start and (not spaces[index - 1] or spaces[index] or index + 1 == len(texts))


def _find_single(
    texts: Sequence[str], spaces: Sequence[bool], paragraph: tuple[int, int], taken: Sequence[bool]
) -> Iterator[Quotation]:
    opened: int | None = None
    start, end = paragraph
    for index in range(start, end):
        if taken[index]:
            opened = None
            continue
        text = texts[index]
        if opened is None:
            detached = index == start or spaces[index - 1] or texts[index - 1].isspace()
            opened = index if text in _SINGLE_OPEN and detached and not spaces[index] else None
        elif text in _SINGLE_CLOSE and not spaces[index - 1]:
            if 2 < index + 1 - opened <= _MAX_SINGLE:  # noqa: PLR2004 -- the two marks alone hold nothing
                yield Quotation(opened, index + 1)
            opened = None
