"""A text with a marked source and target, as an encoder reads it: ids of word pieces, with marks around both.

Cuts a long text to what stands nearest to the marks. Knows no spaCy object and no model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from volteface.language.word_pieces import WordPieces

MOST_PIECES = 96  # of the text, its marks among them
MOST_OF_SECOND = 32  # of a second text: an issue's proposition
NONE = "NONE"
"""The label of a pair between which nothing happens from source to target."""

_MARKS = {"source": ("[unused0]", "[unused1]"), "target": ("[unused2]", "[unused3]")}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """What is read: ``source`` and ``target`` are character spans of ``text``, end exclusive; either may be missing.

    ``second`` is a text to be read beside it, such as the proposition that a stance is towards.
    """

    text: str
    source: Span | None = None
    target: Span | None = None
    second: str = ""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The ids of the pieces, how many of them are of the text itself, and where the marks stand (0: there is none)."""

    ids: tuple[int, ...]
    first_part: int
    source: int
    target: int


def lay_pieces(marked: MarkedText, words: WordPieces) -> Pieces:
    """Return the pieces of a text: the opening mark, the text with its marks, a closing mark, the second text."""
    names = {id_: name for name, (id_, _) in _mark_ids(words).items()}
    ids, is_mark = _mark(marked, words)
    kept = _cut(ids, is_mark, MOST_PIECES - 2)
    body = [words.first, *kept, words.last]
    second = [piece for word in marked.second.split() for piece in words.split(word)][:MOST_OF_SECOND]
    tail = [*second, words.last] if second else []
    at = {names[id_]: index for index, id_ in enumerate(body) if id_ in names}
    return Pieces(tuple(body + tail), len(body), at.get("source", 0), at.get("target", 0))


def _mark_ids(words: WordPieces) -> dict[str, tuple[int, int]]:
    return {name: (words.ids[opening], words.ids[closing]) for name, (opening, closing) in _MARKS.items()}


def _mark(marked: MarkedText, words: WordPieces) -> tuple[list[int], list[bool]]:
    """Return the pieces with the marks among them, and which are marks."""
    ids: list[int] = []
    is_mark: list[bool] = []
    at = 0
    for place, mark in sorted(_list_marks(marked, words)):
        inside = [piece for word in marked.text[at:place].split() for piece in words.split(word)]
        ids += [*inside, mark[1]]
        is_mark += [*([False] * len(inside)), True]
        at = place
    rest = [piece for word in marked.text[at:].split() for piece in words.split(word)]
    return ids + rest, is_mark + [False] * len(rest)


def _list_marks(marked: MarkedText, words: WordPieces) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield each mark's place and id; where two meet, the one that closes comes first."""
    for name, span in (("source", marked.source), ("target", marked.target)):
        if span is not None:
            opening, closing = _mark_ids(words)[name]
            yield span[0], (1, opening)
            yield span[1], (0, closing)


def _cut(ids: Sequence[int], is_mark: Sequence[bool], most: int) -> list[int]:
    """Keep the pieces that stand nearest to a mark, in their order; the first ones where there is no mark."""
    if len(ids) <= most:
        return list(ids)
    marks = [index for index, flag in enumerate(is_mark) if flag] or [0]
    ranked = sorted(range(len(ids)), key=lambda index: (min(abs(index - mark) for mark in marks), index))
    return [ids[index] for index in sorted(ranked[:most])]
