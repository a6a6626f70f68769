"""A linear classifier in numpy, for the comparison: softmax regression by Adam over all rows at once."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
COLUMNS = 8192
_STEPS, _RATE = 300, 0.02
_FIRST_DECAY, _SECOND_DECAY, _TINY = 0.9, 0.99, 1e-8  # Adam's own


@dataclass(frozen=True, slots=True)
class Linear:
    """Labels with their weights (columns x labels) and offsets."""

    labels: tuple[str, ...]
    weight: Floats
    bias: Floats

    def choose(self, rows: Floats) -> list[str]:
        """Return the label of each row."""
        return [self.labels[index] for index in (rows @ self.weight + self.bias).argmax(axis=1)]


def hash_words(texts: Iterable[Sequence[str]]) -> Floats:
    """Return a row of COLUMNS for each list of features: 1 where it has one of a column, scaled to length 1."""
    rows = []
    for features in texts:
        row = np.zeros(COLUMNS, np.float32)
        row[[zlib.crc32(feature.encode()) % COLUMNS for feature in features]] = 1
        rows.append(row / max(1.0, float(np.sqrt(row.sum()))))
    return np.stack(rows)


def fit_linear(rows: Floats, gold: Sequence[str], decay: float) -> Linear:
    """Return the classifier that fits the rows, with ``decay`` times the squared weights added to the mean loss."""
    labels = tuple(sorted(set(gold)))
    wanted = np.eye(len(labels), dtype=np.float32)[[labels.index(label) for label in gold]]
    wide = np.concatenate([rows, np.ones((len(rows), 1), np.float32)], axis=1)
    weight = np.zeros((wide.shape[1], len(labels)), np.float32)
    first, second = np.zeros_like(weight), np.zeros_like(weight)
    for step in range(1, _STEPS + 1):
        scores = wide @ weight
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        miss = powers / powers.sum(axis=1, keepdims=True) - wanted
        slope = wide.T @ miss / len(rows) + 2 * decay * weight
        first = _FIRST_DECAY * first + (1 - _FIRST_DECAY) * slope
        second = _SECOND_DECAY * second + (1 - _SECOND_DECAY) * slope**2
        mean, spread = first / (1 - _FIRST_DECAY**step), second / (1 - _SECOND_DECAY**step)
        weight -= _RATE * mean / (np.sqrt(spread) + _TINY)
    return Linear(labels, weight[:-1], weight[-1])
