"""Read the entity corpora: words and spans in the one scheme of labels.py; hold a part of GMB out. Writes nothing."""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gum import read_gum
from labels import Repair, Span, read_bio

Labelled = tuple[list[str], list[Span]]

HELD_OUT = 2000  # sentences of GMB

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


@dataclass(frozen=True, slots=True)
class Corpora:
    """What is trained on, with each corpus's own spans, and the held-out sentences of GMB."""

    uner: list[Labelled]
    crossner: list[Labelled]
    gum: list[Labelled]
    news: list[Labelled]
    held_out: list[Labelled]
    repair: Repair


def add_corpora(parser: argparse.ArgumentParser) -> None:
    """Add the options that ``read_corpora`` reads."""
    for name in ("gmb", "uner", "crossner", "gum"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)


def read_corpora(options: argparse.Namespace) -> Corpora:
    """Read the training parts; the repair has learnt from that of GMB."""
    news, held_out = split_gmb(options.gmb, options.seed)
    repair = Repair()
    repair.learn(news)
    by_hand = list(read_uner(options.uner)), list(read_crossner(options.crossner)), list(read_gum(options.gum))
    return Corpora(*by_hand, news, held_out, repair)


def split_gmb(path: Path, seed: int) -> tuple[list[Labelled], list[Labelled]]:
    """Return (training, held out). A sentence that also stands word for word in the held-out part is not trained on."""
    sentences = list(read_gmb(path))
    chosen = set(random.Random(seed).sample(range(len(sentences)), HELD_OUT))
    held_out = [sentences[index] for index in sorted(chosen)]
    seen = {tuple(words) for words, _ in held_out}
    return [s for index, s in enumerate(sentences) if index not in chosen and tuple(s[0]) not in seen], held_out
