"""Read named entities out of GUM's mention annotation, which covers every noun phrase, named or not.

A mention whose head is a proper noun is a name: the run of proper nouns around the head, without its title. Where
mentions nest, the widest wins. GUM's ``Entity`` brackets stand in the MISC column.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from labels import TITLES, Span

TYPES = {"person": "PERSON", "organization": "ORG", "place": "GPE", "event": "EVENT"}
_BRACKETS = re.compile(r"\((\d+)-(\w+)[^()]*(\))?|(\d+)\)")
_PROPER = frozenset(("NNP", "NNPS"))
_WITHIN_NAMES = frozenset(("of", "the", "and", "for", "-", "&", "'s", "de", "bin", "al", "van", "von", "."))


def read_gum(path: Path) -> Iterator[tuple[list[str], list[Span]]]:
    """Yield each sentence's words and names."""
    block: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if not line and block:
                yield [row[1] for row in block], _find_names(block)
                block = []
            elif line and not line.startswith("#") and line.split("\t", 1)[0].isdigit():
                block.append(line.split("\t"))
    if block:
        yield [row[1] for row in block], _find_names(block)


def _find_names(block: list[list[str]]) -> list[Span]:
    names: list[Span] = []
    taken: set[int] = set()
    for start, end, kind in sorted(_read_mentions(block), key=lambda mention: mention[0] - mention[1]):
        span = _find_name(block, start, end, TYPES[kind]) if kind in TYPES else None
        if span and taken.isdisjoint(range(span.start, span.end)):
            names.append(span)
            taken.update(range(span.start, span.end))
    return sorted(names, key=lambda span: span.start)


def _read_mentions(block: list[list[str]]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, type) of the mentions that open and close in this sentence."""
    opened: dict[str, list[tuple[int, str]]] = {}
    for index, row in enumerate(block):
        value = next((part[7:] for part in row[9].split("|") if part.startswith("Entity=")), "")
        for number, kind, closed, last in _BRACKETS.findall(value):
            if number and closed:
                yield index, index + 1, kind
            elif number:
                opened.setdefault(number, []).append((index, kind))
            elif opened.get(last):
                start, opened_kind = opened[last].pop()
                yield start, index + 1, opened_kind


def _find_name(block: list[list[str]], start: int, end: int, label: str) -> Span | None:
    inside = range(start, end)
    heads = [i for i in inside if int(block[i][6]) - 1 not in inside]
    if len(heads) != 1 or block[heads[0]][4] not in _PROPER:
        return None
    first = last = heads[0]
    while first > start and _joins(block, first - 1, first - 2 >= start and block[first - 2][4] in _PROPER):
        first -= 1
    while last + 1 < end and _joins(block, last + 1, last + 2 < end and block[last + 2][4] in _PROPER):
        last += 1
    while label == "PERSON" and first <= last and block[first][1] in TITLES:
        first += 1
    if first > last:
        return None
    return Span(first, last + 1, label)


def _joins(block: list[list[str]], index: int, beyond: bool) -> bool:  # noqa: FBT001 -- a private test of two facts
    word, tag = block[index][1], block[index][4]
    return tag in _PROPER or (beyond and word in _WITHIN_NAMES)
