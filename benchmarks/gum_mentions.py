"""Read GUM's CoNLL-U: the text of each document, its words, and its gold mentions with their coreference chains.

The `Entity` annotation in MISC opens and closes mentions, "(12-person-giv:act-..." and "12)", nested and side by side;
what its fields are is said in each document's header (`global.Entity`). A mention in pieces ("12[1/2]") counts each of
its pieces as a mention of the same chain.

Source: Zeldes 2017, "The GUM corpus"; the annotation guidelines at wiki.gucorpling.org/gum/entities.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ENTITY = re.compile(r"\([^()]*\)?|[^()]+\)")
FIELDS = "GRP-etype-infstat-salience-centering-minspan-link-identity"


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word; ``start`` and ``end`` are characters of the document's text, ``head`` a word of it, or None."""

    text: str
    lemma: str
    tag: str
    relation: str
    head: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A gold mention: words, end exclusive, and its head word."""

    chain: str
    kind: str
    start: int
    end: int
    head: int


@dataclass(slots=True)
class Document:
    """One document."""

    name: str
    genre: str = ""
    text: str = ""
    words: list[Word] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    @property
    def chains(self) -> dict[str, list[Mention]]:
        """The mentions by chain, in text order."""
        chains: defaultdict[str, list[Mention]] = defaultdict(list)
        for mention in sorted(self.mentions, key=lambda one: one.start):
            chains[mention.chain].append(mention)
        return dict(chains)


def read_documents(path: Path) -> Iterator[Document]:
    """Yield the documents of a CoNLL-U file, packed by gzip or not."""
    lines: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith("# newdoc id") and lines:
                yield _Reader().read(lines)
                lines = []
            lines.append(line.rstrip("\n"))
    if lines:
        yield _Reader().read(lines)


class _Reader:
    """Builds one document of its lines."""

    def __init__(self) -> None:
        self._document = Document("")
        self._fields = FIELDS.split("-")
        self._first = 0  # the first word of the sentence
        self._space = ""
        self._joined = 0  # the last number of a word whose letters a token over several words has given
        self._inside = 0  # where, in such a token, the next word begins
        self._open: list[tuple[str, str, int]] = []
        self._spans: list[tuple[str, str, int, int]] = []

    def read(self, lines: list[str]) -> Document:
        for line in lines:
            if line.startswith("#"):
                self._read_comment(line)
            elif line:
                self._read_row(line.split("\t"))
        self._document.mentions = [self._make_mention(*span) for span in self._spans]
        return self._document

    def _read_comment(self, line: str) -> None:
        key, _, value = line.removeprefix("# ").partition(" = ")
        if key == "newdoc id":
            self._document.name = value
        elif key == "meta::genre":
            self._document.genre = value
        elif key == "global.Entity":
            self._fields = value.split("-")
        elif line == "# newpar" and self._document.text:
            self._space = "\n\n"
        elif key == "sent_id":
            self._first, self._joined = len(self._document.words), 0

    def _read_row(self, row: list[str]) -> None:
        document = self._document
        is_joint = "-" in row[0]
        if "." in row[0]:
            return
        if is_joint or int(row[0]) > self._joined:
            document.text += self._space + row[1]
            self._space = "" if "SpaceAfter=No" in row[9] else " "
        if is_joint:
            self._joined = int(row[0].partition("-")[2])
            self._inside = len(document.text) - len(row[1])
            return
        start, end = len(document.text) - len(row[1]), len(document.text)
        if int(row[0]) <= self._joined:
            found = document.text.find(row[1], self._inside)
            start = found if found >= 0 else self._inside  # "wo" of "will not" may be spelt otherwise
            end = min(start + len(row[1]), end)
            self._inside = end
        head = self._first + int(row[6]) - 1 if row[6] != "0" else None
        document.words.append(Word(row[1], row[2], row[3], row[7], head, start, end))
        self._read_entities(row[9], len(document.words) - 1)

    def _read_entities(self, misc: str, at: int) -> None:
        value = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
        for part in ENTITY.findall(value):
            values = part.strip("()").split("-")
            if not part.startswith("("):
                number = max(i for i, one in enumerate(self._open) if one[0] == values[0])
                name, kind, start = self._open.pop(number)
                self._spans.append((name, kind, start, at + 1))
                continue
            opened = dict(zip(self._fields, values, strict=False))
            self._open.append((opened["GRP"], opened["etype"], at))
            if part.endswith(")"):
                name, kind, start = self._open.pop()
                self._spans.append((name, kind, start, at + 1))

    def _make_mention(self, name: str, kind: str, start: int, end: int) -> Mention:
        words = self._document.words
        governors = {i: words[i].head for i in range(start, end)}
        heads = (i for i, governor in governors.items() if governor is None or governor not in governors)
        return Mention(name.partition("[")[0], kind, start, end, next(heads, start))
