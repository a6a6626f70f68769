"""How many unnamed people say something, and of what rank: "four officials", "a senior administration official".

Read from the words that name the source alone. A count of several bodies' officials ("four Israeli and U.S.
officials") is of all of them together. What the words do not tell is None: "officials" are more than one, nobody
knows how many.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from volteface.language.lexicon import ANONYMOUS_NOUNS, DETERMINERS, words

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "both": 2,
}  # fmt: skip
_NOUNS = ANONYMOUS_NOUNS | words("person people individual individuals somebody someone sources source figure figures")
_RANKS = ("high-ranking", "high-level", "mid-level", "top-level", "senior", "top", "junior", "ranking")
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unnamed:
    """What the words tell of unnamed people. ``count`` and ``rank`` are None where they tell nothing."""

    count: int | None = None
    rank: str | None = None


def describe_unnamed(text: str) -> Unnamed:
    """Read the words of an unnamed source, as they stand in the text."""
    found = [word.lower() for word in _WORD.findall(text)]
    noun = next((number for number, word in enumerate(found) if word in _NOUNS), None)
    if noun is None:
        return Unnamed()
    before = found[:noun]
    rank = next((rank for rank in _RANKS for word in before if word == rank), None)
    return Unnamed(_count(before, found[noun]), rank)


def _count(before: list[str], noun: str) -> int | None:
    for place, word in enumerate(before):
        if word in _NUMBERS:
            return _NUMBERS[word]
        if word.isdigit() and set(before[:place]) <= DETERMINERS:  # no "Channel 12 officials"
            return int(word)
    return None if noun.endswith("s") or noun == "people" else 1
