"""The words of a text with their places, and whether two runs of words are the same words written in another way.

Made for telling an edit of what was said from an edit of how it is set: "cease-fire" is "ceasefire", "won't" is "will
not", "5%" is "five per cent", and a mended typing error is no change of words; a "not" is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from volteface.articles.spelling import is_spelling_fix, spell
from volteface.models import WordClass

_WORD = re.compile(r"\d+(?:[.,:]\d+)+|\w+(?:['\u2019\u02bc]\w+)*|[%$£€]")
_APOSTROPHES = str.maketrans("\u2019\u02bc", "''")
_COMMA = re.compile(r"(?<=\d),(?=\d{3})")
_NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_NUMBER_KEYS = {word: str(number) for number, word in enumerate(_NUMBERS)}
_CONTRACTED = {"can't": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"), "cannot": ("can", "not")}
_ENDINGS = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am", "'s": "'s", "'d": "'d"}
_MEANINGS = {"%": "percent", "&": "and", "percentage": "percent"}

_NEGATIONS = frozenset(
    ["not", "no", "never", "nor", "neither", "none", "nothing", "nobody", "nowhere", "without", "hardly"]
)
_MODALS = frozenset(["will", "would", "can", "could", "may", "might", "must", "shall", "should", "ought"])
_LIGHT = frozenset(["a", "an", "the", "that", "uh", "um", "er", "'s", "'d"])
# Around what somebody says, an outlet's own words: when it was said, and that it was said.
_LIGHT_REPORT = _LIGHT | frozenset(
    {
        "on", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday",
        "tonight", "earlier", "later", "say", "says", "said", "saying", "tell", "tells", "told", "add", "adds", "added",
        "reporters", "has", "had", "have", "also", "mr", "mrs", "ms", "dr",
    }
)  # fmt: skip

# Capitalised, and nobody's name: titles, days, and what begins a sentence.
_NO_NAMES = frozenset(
    {
        "mr", "mrs", "ms", "dr", "sir", "lord", "lady", "prime", "minister", "president", "secretary", "general",
        "senator", "representative", "ambassador", "king", "queen", "prince", "chief", "spokesman", "spokeswoman",
        "spokesperson", "foreign", "defense", "state", "deputy", "vice", "former", "acting", "rabbi", "imam", "pope",
        "i", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
        "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "the", "a",
        "an", "this", "that", "these", "those", "he", "she", "they", "it", "we", "you", "his", "her", "their", "its",
        "our", "in", "on", "at", "by", "for", "from", "to", "of", "with", "as", "but", "and", "or", "so", "if", "when",
        "while", "after", "before", "speaking", "asked", "1",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """One word at ``text[start:end]``. A contraction is two words at one place; ``key`` is what it is compared by."""

    start: int
    end: int
    key: str
    is_capitalised: bool


def split_words(text: str) -> tuple[Word, ...]:
    """Return the words, numbers and signs of money or per cent in text order; punctuation is no word."""
    return tuple(
        Word(match.start(), match.end(), key, match[0][0].isupper())
        for match in _WORD.finditer(text)
        for key in make_keys(match[0])
    )


def make_keys(word: str) -> tuple[str, ...]:
    """Return what a word is compared by: lower case without accents, contractions taken apart, numbers as digits."""
    folded = _strip_accents(word.translate(_APOSTROPHES)).casefold()
    if folded in _CONTRACTED:
        return _CONTRACTED[folded]
    for ending, meaning in _ENDINGS.items():
        if folded.endswith(ending) and len(folded) > len(ending):
            return (_make_key(folded[: -len(ending)]), meaning)
    return (_make_key(folded),)


def _make_key(folded: str) -> str:
    key = _COMMA.sub("", folded)
    return spell(_MEANINGS.get(key) or _NUMBER_KEYS.get(key, key))


def _strip_accents(word: str) -> str:
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def classify_change(before: Sequence[Word], after: Sequence[Word], *, is_quoted: bool) -> WordClass | None:
    """Return the gravest thing that differs between two runs of words, or None where they say the same.

    In a quotation every word counts but articles, "that" and "er"; outside one, in the outlet's own words, the day and
    the plain verbs of saying do not count either.
    """
    old, new = [word.key for word in before], [word.key for word in after]
    if "".join(old) == "".join(new) or _is_respelled(old, new):
        return None
    light = _LIGHT if is_quoted else _LIGHT_REPORT
    gone = [word for word in before if word.key not in light]
    come = [word for word in after if word.key not in light]
    old, new = [word.key for word in gone], [word.key for word in come]
    if "".join(old) == "".join(new) or _is_respelled(old, new):
        return None
    return _weigh(set(old) ^ set(new), [*gone, *come])


def _is_respelled(old: Sequence[str], new: Sequence[str]) -> bool:
    return len(old) == len(new) and all(a == b or is_spelling_fix(a, b) for a, b in zip(old, new, strict=True))


def _weigh(differing: set[str], words: Sequence[Word]) -> WordClass:
    if differing & _NEGATIONS:
        return WordClass.NEGATION
    if any(key[0].isdigit() for key in differing):
        return WordClass.NUMBER
    if differing & _MODALS:
        return WordClass.MODAL
    if any(is_name(word) for word in words if word.key in differing):
        return WordClass.NAME
    return WordClass.WORD


def is_name(word: Word) -> bool:
    """Tell whether a word may be a name: it is capitalised, and no title, day, or what sentences begin with."""
    return word.is_capitalised and word.key not in _NO_NAMES
