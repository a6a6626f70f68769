"""Score attributions against hand-labelled ones, as PolNeAR's are scored, and whether their speakers are right.

A predicted attribution is paired with the gold one whose cue it shares most characters with, one to one, largest first;
a gold attribution without a cue is paired by content. All figures are shares, 1 is best:

    cue_overlap        F1 of cues that share a character
    cue_exact          F1 of cues whose characters are the same
    source_overlap     F1 of sources that share at least half of the characters of both
    content_f1         F1 of the characters of content, over all attributions together
    triple             F1 of attributions with cue overlap, source overlap and half of the content shared both ways
    speakers_found     of the gold attributions whose speakers are known: those with exactly these speakers
    speakers_not_wrong of the paired attributions that are given speakers: those given none that gold does not name
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quality.markup import Interval

_MIN_SHARED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One attribution of a document as sets of character offsets, and its speakers without "other:".

    ``partners`` hold it too by the speakers' word; they count as speakers where that makes the answer right.
    """

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    speakers: frozenset[str]
    partners: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """A document: what a careful reader finds in it, and what the pipeline does."""

    gold: Sequence[Labelled]
    predicted: Sequence[Labelled]


def build_labelled(
    source: Iterable[Interval],
    cue: Iterable[Interval],
    content: Iterable[Interval],
    speakers: Iterable[str],
    partners: Iterable[str] = (),
) -> Labelled:
    """Return an attribution from its intervals."""
    return Labelled(
        source=_characters(source),
        cue=_characters(cue),
        content=_characters(content),
        speakers=_plain(speakers),
        partners=_plain(partners),
    )


def measure_attributions(readings: Iterable[Reading]) -> dict[str, float]:
    """Return the figures over all documents together."""
    counts: Counter[str] = Counter()
    for reading in readings:
        _count_sizes("gold", reading.gold, counts)
        _count_sizes("predicted", reading.predicted, counts)
        counts["known"] += sum(bool(gold.speakers) for gold in reading.gold)
        for gold, predicted in pair(reading.gold, reading.predicted):
            _count_spans(gold, predicted, counts)
            _count_speakers(gold, predicted, counts)
    return {
        "cue_overlap": _f1(counts, "cue_overlap", "cues"),
        "cue_exact": _f1(counts, "cue_exact", "cues"),
        "source_overlap": _f1(counts, "source_overlap", "sources"),
        "content_f1": _f1(counts, "content", "characters"),
        "triple": _f1(counts, "triple", "attributions"),
        "speakers_found": counts["right"] / max(counts["known"], 1),
        "speakers_not_wrong": 1 - counts["wrong"] / max(counts["named"], 1),
    }


def pair(gold: Sequence[Labelled], predicted: Sequence[Labelled]) -> Iterator[tuple[Labelled, Labelled]]:
    """Yield each gold attribution with the predicted one that it is paired with, those that share most first."""
    ranked = sorted(
        (-rank[0], -rank[1], i, j)
        for i, right in enumerate(gold)
        for j, answer in enumerate(predicted)
        if (rank := _rank(right, answer))[0]
    )
    used_gold, used_predicted = set[int](), set[int]()
    for _, _, i, j in ranked:
        if i in used_gold or j in used_predicted:
            continue
        used_gold.add(i)
        used_predicted.add(j)
        yield gold[i], predicted[j]


def _rank(gold: Labelled, predicted: Labelled) -> tuple[float, int]:
    content = len(gold.content & predicted.content)
    return (len(gold.cue & predicted.cue) if gold.cue else 0.001 * content), content


def _count_sizes(side: str, labelled: Sequence[Labelled], counts: Counter[str]) -> None:
    counts[f"{side} attributions"] += len(labelled)
    counts[f"{side} cues"] += sum(bool(each.cue) for each in labelled)
    counts[f"{side} sources"] += sum(bool(each.source) for each in labelled)
    counts[f"{side} characters"] += sum(len(each.content) for each in labelled)


def _count_spans(gold: Labelled, predicted: Labelled, counts: Counter[str]) -> None:
    overlaps = bool(gold.cue & predicted.cue)
    source = _share_half(gold.source, predicted.source)
    counts["cue_overlap"] += overlaps
    counts["cue_exact"] += bool(gold.cue) and gold.cue == predicted.cue
    counts["source_overlap"] += source
    counts["content"] += len(gold.content & predicted.content)
    same_source = source or not (gold.source or predicted.source)
    counts["triple"] += overlaps and same_source and _share_half(gold.content, predicted.content)


def _count_speakers(gold: Labelled, predicted: Labelled, counts: Counter[str]) -> None:
    if predicted.speakers:
        counts["named"] += 1
        counts["wrong"] += not predicted.speakers <= gold.speakers
    if gold.speakers:
        counts["right"] += gold.speakers in (predicted.speakers, predicted.speakers | predicted.partners)


def _f1(counts: Counter[str], hits: str, of: str) -> float:
    return 2 * counts[hits] / max(counts[f"gold {of}"] + counts[f"predicted {of}"], 1)


def _share_half(first: frozenset[int], second: frozenset[int]) -> bool:
    return bool(first) and bool(second) and len(first & second) >= _MIN_SHARED * max(len(first), len(second))


def _characters(intervals: Iterable[Interval]) -> frozenset[int]:
    return frozenset(offset for start, end in intervals for offset in range(start, end))


def _plain(actors: Iterable[str]) -> frozenset[str]:
    return frozenset(actor.removeprefix("other:") for actor in actors)
