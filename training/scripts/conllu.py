"""Read CoNLL-U files: one sentence at a time, words and their columns. Does not read empty nodes or enhanced graphs."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

WORD_COLUMNS = 10


@dataclass(frozen=True)
class Sentence:
    """One sentence: parallel lists, one item a word. ``heads`` are indices into the sentence; a root heads itself."""

    document: str
    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a gzipped CoNLL-U file in their order."""
    document, block = "", []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if line.startswith("# newdoc id ="):
                document = line.partition("=")[2].strip()
            elif line and not line.startswith("#"):
                block.append(line.split("\t"))
            elif not line and block:
                yield _read_block(document, block)
                block = []
    if block:
        yield _read_block(document, block)


def _read_block(document: str, block: list[list[str]]) -> Sentence:
    sentence = Sentence(document)
    glued: dict[int, bool] = {}  # the words inside a multiword token ("do" + "n't") have no space between them
    for columns in block:
        if "-" in columns[0]:
            first, last = (int(part) for part in columns[0].split("-"))
            glued.update(dict.fromkeys(range(first, last), True))
            glued[last] = "SpaceAfter=No" in columns[9]
    for columns in (row for row in block if row[0].isdigit()):
        _add_word(sentence, columns, glued)
    return sentence


def _add_word(sentence: Sentence, columns: list[str], glued: dict[int, bool]) -> None:
    number, head = int(columns[0]), int(columns[6])
    sentence.words.append(columns[1])
    sentence.spaces.append(not glued.get(number, "SpaceAfter=No" in columns[9]))
    sentence.lemmas.append(columns[2] if columns[2] != "_" or columns[1] == "_" else columns[1])
    sentence.pos.append(columns[3])
    sentence.tags.append(columns[4])
    sentence.morphs.append("" if columns[5] == "_" else columns[5])
    sentence.heads.append(number - 1 if head == 0 else head - 1)
    sentence.deps.append("ROOT" if head == 0 else columns[7])
