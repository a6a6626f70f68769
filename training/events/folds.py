"""Folds that keep a group together and the labels even, and the measure that is taken over them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

Confusion = Counter[tuple[str, str]]  # (gold, found)


def assign_folds(labels: Sequence[str], groups: Sequence[str], count: int, seed: int) -> list[int]:
    """Return the fold of each row: groups in a random order, each to the fold that has fewest of its first label."""
    members: dict[str, list[int]] = {}
    for index, group in enumerate(groups):
        members.setdefault(group, []).append(index)
    order = sorted(members)
    random.Random(seed).shuffle(order)
    held: list[Counter[str]] = [Counter() for _ in range(count)]
    fold_of = [0] * len(labels)
    for group in order:
        label = labels[members[group][0]]
        fold = min(range(count), key=lambda number: (held[number][label], held[number].total(), number))
        for index in members[group]:
            fold_of[index] = fold
            held[fold][labels[index]] += 1
    return fold_of


def score_label(confusion: Confusion, label: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of a label."""
    right = confusion[label, label]
    found = sum(count for (_, other), count in confusion.items() if other == label)
    gold = sum(count for (other, _), count in confusion.items() if other == label)
    return right / max(found, 1), right / max(gold, 1), 2 * right / max(found + gold, 1)


def macro_f1(confusion: Confusion) -> float:
    """Return the mean F1 over the labels that the gold rows have."""
    labels = sorted({gold for gold, _ in confusion})
    return sum(score_label(confusion, label)[2] for label in labels) / len(labels)
