"""How much probabilities mean: reliability and expected calibration error."""

from __future__ import annotations

from collections.abc import Sequence

_BINS = 10


def measure_calibration(judged: Sequence[tuple[float, bool]]) -> tuple[float, list[tuple[int, float, float]]]:
    """Return the expected calibration error, and for each tenth the count, the mean probability, the share that is right.

    After Naeini, Cooper and Hauskrecht (2015), with bins of equal width.
    """
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for chance, truth in judged:
        bins[min(_BINS - 1, int(chance * _BINS))].append((chance, truth))
    rows = [
        (len(one), sum(c for c, _ in one) / len(one), sum(t for _, t in one) / len(one)) if one else (0, 0.0, 0.0)
        for one in bins
    ]
    error = sum(count * abs(mean - right) for count, mean, right in rows) / max(1, len(judged))
    return error, rows
