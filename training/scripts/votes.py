"""Settle what a text is labelled by votes: of a corpus's own labels and of the teacher's heads. Reads no files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from labels import Span, split_places

NAMES = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "GPE", "LOC": "GPE"}  # what every guideline has; one kind of place
ENOUGH = 2  # votes


def settle(words: list[str], votes: Sequence[list[Span]], others: list[Span]) -> tuple[list[Span], int]:
    """Return the spans that stand, and how many names found by one voter alone stand against no name that does.

    A name stands with two votes for the same words and kind. Labels that are no names (dates, peoples, events) come
    from ``others``; a name that stands goes before them.
    """
    counts = Counter(
        (span.start, span.end, NAMES[span.label]) for vote in votes for span in vote if span.label in NAMES
    )
    standing = [Span(*key) for key, count in counts.items() if count >= ENOUGH]
    taken = {index for span in standing for index in range(span.start, span.end)}
    alone = [key for key, count in counts.items() if count < ENOUGH and taken.isdisjoint(range(key[0], key[1]))]
    kept = split_places(words, standing)
    for span in others:
        if span.label not in NAMES and taken.isdisjoint(range(span.start, span.end)):
            kept.append(span)
            taken.update(range(span.start, span.end))
    return sorted(kept, key=lambda span: span.start), len(alone)
