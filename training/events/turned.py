"""Rows with source and target turned round: what teaches the reader to look at the direction, and to say NONE."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rows import ROOTS, Row

from volteface.language.marked_text import NONE, MarkedText

ONE_WAY = frozenset(
    ("ACCUSE", "AID", "ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "REJECT", "REQUEST", "SANCTION", "THREATEN", "YIELD")
)
"""The roots that one side does to the other. Of AGREE, CONSULT, COOPERATE and SUPPORT the other side mostly does its part."""

_WEIGHT = 0.5


def turn_round(rows: Iterable[Row], share: float, seed: int) -> Iterator[Row]:
    """Yield a share of the rows of one-way roots with their marks exchanged, labelled NONE, in the group of the row."""
    draw = random.Random(seed)
    for row in rows:
        marked = row.marked
        is_usable = row.task == ROOTS and row.label in ONE_WAY and marked.source and marked.target
        if is_usable and draw.random() < share:
            turned = MarkedText(marked.text, marked.target, marked.source, marked.second)
            yield replace(row, marked=turned, label=NONE, weight=_WEIGHT)
