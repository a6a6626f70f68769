"""What counts as a change found in time, and the precision and recall of detectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from change_rivals import Found

MAX_LATE = timedelta(days=30)
Case = tuple[Found, Found]  # gold, found


@dataclass(frozen=True)
class Score:
    """Precision and recall of all cases together, then the means over cases; ``found`` is per case."""

    precision: float
    recall: float
    mean_precision: float
    mean_recall: float
    found: float


def count_hits(gold: Mapping[tuple[str, str], Sequence[date]], found: Found) -> int:
    """Return how many gold changes are found in time; a found one counts once."""
    hits = 0
    for key, days in gold.items():
        rest = sorted(found.get(key, []))
        for number, day in enumerate(days):
            end = days[number + 1] if number + 1 < len(days) else date.max
            hit = next((other for other in rest if day <= other < end), None)
            if hit and hit - day <= MAX_LATE:
                hits += 1
                rest.remove(hit)
    return hits


def score(cases: Sequence[Case]) -> Score:
    """Score what was found in each of several cases."""
    hits = [count_hits(gold, found) for gold, found in cases]
    founds = [sum(map(len, found.values())) for _, found in cases]
    golds = [sum(map(len, gold.values())) for gold, _ in cases]
    return Score(
        precision=divide(sum(hits), sum(founds)),
        recall=divide(sum(hits), sum(golds)),
        mean_precision=sum(map(divide, hits, founds)) / len(cases),
        mean_recall=sum(map(divide, hits, golds)) / len(cases),
        found=sum(founds) / len(cases),
    )


def divide(part: float, whole: float) -> float:
    """Return a share; zero of nothing."""
    return part / whole if whole else 0.0
