"""The clauses around a stance, in their own words: on what condition, for what reason, in private, by video."""

from __future__ import annotations

from volteface.language.annotations import Interval
from volteface.language.marks import Mark, Reading, Sentence
from volteface.language.phrases import DASH
from volteface.models import Stance

_CONDITION_ENDS = frozenset({",", ";", ".", '"', "but", "while", DASH, ":"})
_RATIONALE_ENDS = frozenset({";", ".", '"', "but", "while", DASH})
_LEADING = 2  # a condition may open the sentence, after a quotation mark or "and"
_LONGEST = 40
_TERMS = frozenset({"until", "till"})


def find_condition(
    reading: Reading, sentence: Sentence, focus: Interval, stance: Stance | None = None
) -> Interval | None:
    """Return the clause that the stance hangs on ("unless ...", "only if ..."), or None.

    It stands after the cue and the issue, or opens the sentence. "No truce until they are free" names a condition; what
    one wants until something is reached ("we fight on until victory") only how long.
    """
    for mark in sentence.marks.get(Mark.CONDITION, ()):
        if stance is Stance.SUPPORT and reading.words[mark.start] in _TERMS:
            continue
        is_after = mark.start >= focus[1]
        opens = mark.start <= sentence.start + _LEADING and mark.end <= focus[0]
        if is_after or opens:
            return _clause(reading, sentence, mark.start, _CONDITION_ENDS)
    return None


def find_rationale(reading: Reading, sentence: Sentence, focus: Interval) -> Interval | None:
    """Return the clause that gives the reason ("because ...", "in protest at ..."), or None."""
    for mark in sentence.marks.get(Mark.RATIONALE, ()):
        if mark.start >= focus[1] or mark.start <= sentence.start + _LEADING:
            return _clause(reading, sentence, mark.start, _RATIONALE_ENDS)
    return None


def has_mark(sentence: Sentence, mark: Mark) -> bool:
    """Tell whether the sentence holds a mark of a kind."""
    return bool(sentence.marks.get(mark))


def _clause(reading: Reading, sentence: Sentence, start: int, ends: frozenset[str]) -> Interval:
    stop = min(sentence.end, start + _LONGEST)
    end = next((index for index in range(start + 1, stop) if reading.words[index] in ends), stop)
    return (start, end)
