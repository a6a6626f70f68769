"""Score attributions as characters, in the way of the PolNeAR bars: pairs by shared cue characters, then F1s."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus import CONTENT, CUE, SOURCE, Attribution

MEASURES = ("cue_exact", "cue_overlap", "source_overlap", "content_f1", "triple")


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision, recall and F1, each between 0 and 1."""

    precision: float
    recall: float
    f1: float


def score(gold: Sequence[Sequence[Attribution]], predicted: Sequence[Sequence[Attribution]]) -> dict[str, Figure]:
    """Compare the attributions of each text with the gold ones."""
    counts: Counter[str] = Counter()
    for golds, guesses in zip(gold, predicted, strict=True):
        counts.update(_count(golds, "gold"))
        counts.update(_count(guesses, "predicted"))
        for one, guess in _pair(golds, guesses):
            counts.update(_compare(one, guess))
    sizes = {"cue_exact": CUE, "cue_overlap": CUE, "source_overlap": SOURCE, "content_f1": CONTENT, "triple": "all"}
    return {
        name: _figure(counts[name], counts[f"predicted {size}"], counts[f"gold {size}"]) for name, size in sizes.items()
    }


def _count(attributions: Sequence[Attribution], side: str) -> Counter[str]:
    return Counter(
        {
            f"{side} all": len(attributions),
            f"{side} {CUE}": sum(bool(one[CUE]) for one in attributions),
            f"{side} {SOURCE}": sum(bool(one[SOURCE]) for one in attributions),
            f"{side} {CONTENT}": sum(len(one[CONTENT]) for one in attributions),
        }
    )


def _pair(golds: Sequence[Attribution], guesses: Sequence[Attribution]) -> list[tuple[Attribution, Attribution]]:
    """Pair one to one, largest shared cue first; a gold attribution without a cue by its content."""
    ranked = []
    for i, one in enumerate(golds):
        for j, guess in enumerate(guesses):
            contents = len(one[CONTENT] & guess[CONTENT])
            shared = len(one[CUE] & guess[CUE]) if one[CUE] else 0.001 * contents
            if shared:
                ranked.append((-shared, -contents, i, j))
    pairs, used_golds, used_guesses = [], set(), set()
    for _, _, i, j in sorted(ranked):
        if i not in used_golds and j not in used_guesses:
            used_golds.add(i)
            used_guesses.add(j)
            pairs.append((golds[i], guesses[j]))
    return pairs


def _compare(gold: Attribution, guess: Attribution) -> dict[str, int]:
    cue = bool(gold[CUE] & guess[CUE])
    source = _halves(gold[SOURCE], guess[SOURCE])
    same_source = source or not (gold[SOURCE] or guess[SOURCE])
    return {
        "cue_exact": int(cue and gold[CUE] == guess[CUE]),
        "cue_overlap": int(cue),
        "source_overlap": int(source),
        "content_f1": len(gold[CONTENT] & guess[CONTENT]),
        "triple": int(cue and same_source and _halves(gold[CONTENT], guess[CONTENT])),
    }


def _halves(one: set[int], other: set[int]) -> bool:
    shared = 2 * len(one & other)
    return shared > 0 and shared >= len(one) and shared >= len(other)


def _figure(hits: int, predicted: int, gold: int) -> Figure:
    precision, recall = hits / predicted if predicted else 0.0, hits / gold if gold else 0.0
    total = precision + recall
    return Figure(precision, recall, 2 * precision * recall / total if total else 0.0)
