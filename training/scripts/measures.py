"""Precision, recall and F1 of entities: exact spans with their labels. Reads no files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from labels import COUNTRIES, TITLES

TO_UNER = {"PERSON": "PER", "GPE": "LOC", "LOC": "LOC", "ORG": "ORG"}
Triple = tuple[int, int, str]


def measure_entities(gold: list[set[Triple]], predicted: Iterable[set[Triple]]) -> dict[str, dict[str, float]]:
    """Return precision, recall and F1 of exact spans for every label, and for all of them together."""
    hits, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    for right, answer in zip(gold, predicted, strict=True):
        hits.update(label for _, _, label in right & answer)
        found.update(label for _, _, label in answer)
        wanted.update(label for _, _, label in right)
    table = {label: _f1(hits[label], found[label], wanted[label]) for label in sorted(wanted)}
    table["all"] = _f1(sum(hits[x] for x in wanted), sum(found[x] for x in wanted), wanted.total())
    three = ("PERSON", "ORG", "GPE")
    if wanted.keys() >= set(three):
        table["PERSON+ORG+GPE"] = _f1(*(sum(count[x] for x in three) for count in (hits, found, wanted)))
    return table


def _f1(hits: int, found: int, wanted: int) -> dict[str, float]:
    precision, recall = hits / max(found, 1), hits / max(wanted, 1)
    return {"p": precision, "r": recall, "f": 2 * hits / max(found + wanted, 1), "n": wanted}


def even_out(words: Sequence[str], spans: Iterable[Triple]) -> set[Triple]:
    """Return spans without what GMB's guidelines and ours decide otherwise, for gold and answer alike.

    Titles are cut off persons, and a title alone is no person; LOC is GPE, since GMB has one label for places; a country
    of the list is a GPE, since GMB's ``gpe``, here NORP, holds some. Nothing else of the released labels is mended.
    """
    even = set()
    for start, end, label in spans:
        first = start
        while label == "PERSON" and first < end and words[first] in TITLES:
            first += 1
        is_country = label == "NORP" and " ".join(words[start:end]) in COUNTRIES
        if first < end:
            even.add((first, end, "GPE" if label == "LOC" or is_country else label))
    return even
