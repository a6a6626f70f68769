"""What cross-validation comes to: gold against found, and the threshold above which an answer is worth telling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from folds import Confusion
from numpy.typing import NDArray
from rows import Row

from volteface.language.marked_text import NONE


@dataclass(frozen=True, slots=True)
class Answered:
    """A row that was held out, with its probabilities in the order of the labels."""

    row: Row
    chances: NDArray[np.float32]


def count_roots(answered: Sequence[Answered], labels: Sequence[str]) -> Confusion:
    """Return gold against found among the corpus's own labels: NONE is no answer here, and turned rows are left out."""
    real = np.array([label != NONE for label in labels])
    return Counter(
        (one.row.label, labels[int(np.where(real, one.chances, -1).argmax())])
        for one in answered
        if one.row.label != NONE
    )


def choose_threshold(
    answered: Sequence[Answered], labels: Sequence[str], precision: float
) -> tuple[float, float, float]:
    """Return the lowest threshold whose answers are right often enough, with that precision and the share answered.

    Turned rows count: an answer to one is wrong. The share is of the rows that have a root.
    """
    best = [(float(one.chances.max()), labels[int(one.chances.argmax())], one.row.label) for one in answered]
    roots = sum(gold != NONE for *_, gold in best)
    for step in range(30, 100):
        told = [(found, gold) for chance, found, gold in best if found != NONE and chance >= step / 100]
        right = sum(found == gold for found, gold in told)
        if told and right / len(told) >= precision:
            return step / 100, right / len(told), right / roots
    return 1.0, 1.0, 0.0
