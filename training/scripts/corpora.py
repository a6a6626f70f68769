"""Read the three entity corpora: words and spans in the one scheme of labels.py. Writes nothing."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from labels import Span, read_bio

Labelled = tuple[list[str], list[Span]]

GMB = {"geo": "GPE", "gpe": "NORP", "per": "PERSON", "org": "ORG", "tim": "DATE", "eve": "EVENT"}
UNER = {"PER": "PERSON", "LOC": "GPE", "ORG": "ORG"}
CROSSNER = {
    "politician": "PERSON",
    "person": "PERSON",
    "country": "GPE",
    "location": "GPE",
    "politicalparty": "ORG",
    "organisation": "ORG",
    "election": "EVENT",
    "event": "EVENT",
}


def read_gmb(path: Path) -> Iterator[Labelled]:
    """Yield the sentences of the Groningen Meaning Bank's news part. ``art`` and ``nat`` have no label here."""
    text = gzip.decompress(path.read_bytes()).decode("latin-1")
    rows = csv.reader(io.StringIO(text))
    next(rows)
    words: list[str] = []
    tags: list[str] = []
    for number, word, _, tag in rows:
        if number and words:
            yield words, read_bio(tags, GMB)
            words, tags = [], []
        words.append("..." if word == "\x85" else word)
        tags.append(tag)
    yield words, read_bio(tags, GMB)


def read_uner(path: Path) -> Iterator[Labelled]:
    """Yield the sentences of a Universal NER file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = ((line.rstrip("\n").split("\t")) for line in lines if not line.startswith("#"))
        yield from _read_rows(((row[1], row[2]) if len(row) > 1 else ("", "")) for row in rows)


def read_uner_labels(path: Path) -> Iterator[Labelled]:
    """Yield the sentences of a Universal NER file with its own labels, for measuring: PER, LOC, ORG."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = ((line.rstrip("\n").split("\t")) for line in lines if not line.startswith("#"))
        pairs = (((row[1], row[2]) if len(row) > 1 else ("", "")) for row in rows)
        yield from _read_rows(pairs, {label: label for label in UNER})


def read_crossner(path: Path) -> Iterator[Labelled]:
    """Yield the sentences of CrossNER politics."""
    with path.open(encoding="utf-8") as lines:
        rows = ((line.rstrip("\n").split("\t")) for line in lines)
        yield from _read_rows((((row[0], row[1]) if len(row) > 1 else ("", "")) for row in rows), CROSSNER)


def _read_rows(pairs: Iterable[tuple[str, str]], names: dict[str, str] = UNER) -> Iterator[Labelled]:
    words: list[str] = []
    tags: list[str] = []
    for word, tag in pairs:
        if word:
            words.append(word)
            tags.append(tag)
        elif words:
            yield words, read_bio(tags, names)
            words, tags = [], []
    if words:
        yield words, read_bio(tags, names)
