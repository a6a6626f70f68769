"""Read samples of treebanks and of entity corpora: CoNLL-U and IOB2, plain text. Reads no enhanced graphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Entity = tuple[int, int, str]  # first word, end, label


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A sentence with its syntax: parallel tuples, one item a word. A root heads itself and has the label "root"."""

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    tags: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSentence:
    """A sentence with its entities."""

    words: tuple[str, ...]
    entities: frozenset[Entity]


def read_trees(content: str) -> Iterator[Tree]:
    """Yield the sentences of a CoNLL-U file in their order."""
    for rows in _read_blocks(content):
        glued = _find_glued(rows)
        words = [row for row in rows if row[0].isdigit()]
        yield Tree(
            words=tuple(row[1] for row in words),
            spaces=tuple(int(row[0]) not in glued and "SpaceAfter=No" not in row[9] for row in words),
            tags=tuple(row[4] for row in words),
            heads=tuple(int(row[6] if row[6] != "0" else row[0]) - 1 for row in words),
            labels=tuple(row[7] for row in words),
        )


def read_named_sentences(content: str) -> Iterator[NamedSentence]:
    """Yield the sentences of an IOB2 file, {number, word, tag} a line, in their order."""
    for rows in _read_blocks(content):
        yield NamedSentence(
            words=tuple(row[1] for row in rows), entities=frozenset(_join_tags([row[2] for row in rows]))
        )


def _read_blocks(content: str) -> Iterator[list[list[str]]]:
    for block in content.split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        if rows:
            yield rows


def _find_glued(rows: list[list[str]]) -> set[int]:
    """Return the words that no space follows because they are parts of one ("do" + "n't")."""
    glued = set[int]()
    for number, *_, misc in rows:
        first, _, last = number.partition("-")
        if last:
            glued.update(range(int(first), int(last)))
            glued.update({int(last)} if "SpaceAfter=No" in misc else ())
    return glued


def _join_tags(tags: list[str]) -> Iterator[Entity]:
    start, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            yield start, index, label
            label = ""
        if tag != "O" and not label:
            start, label = index, tag[2:]
