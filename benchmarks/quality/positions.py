"""Positions against labels: precision, recall, F1 over distinct keys, and opposite signs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

Key = tuple[str, str, str, str]
"""Article, actor, issue, stance."""
_OPPOSITES = {"support": "oppose", "oppose": "support"}


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}"


def score_keys(gold: AbstractSet[tuple[str, ...]], found: AbstractSet[tuple[str, ...]]) -> Score:
    """Return how many of the found are right, how many of the right are found."""
    hits = len(gold & found)
    precision, recall = hits / max(1, len(found)), hits / max(1, len(gold))
    return Score(precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0)


def find_opposites(gold: Iterable[Key], found: Iterable[Key]) -> tuple[list[tuple[str, str, str]], int]:
    """Return the article, actor, issue whose labels all have one sign and are found with the other; and of how many."""
    wanted, given = _group(gold), _group(found)
    both = [key for key in given if key in wanted]
    wrong = [key for key in both if any(wanted[key] == {_OPPOSITES.get(stance, "")} for stance in given[key])]
    return wrong, len(both)


def _group(keys: Iterable[Key]) -> dict[tuple[str, str, str], set[str]]:
    groups: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for article, actor, issue, stance in keys:
        groups[article, actor, issue].add(stance)
    return groups
