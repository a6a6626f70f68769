"""Tell a spelling mended from a word changed, without a dictionary.

A dictionary of an outlet's names there is none, so the shape of the difference decides: one letter doubled, dropped or
two exchanged, inside a long word. At its beginning or end a letter changes what is said: "legal" and "illegal",
"hostage" and "hostages", "withdraw" and "withdrew".
"""

from __future__ import annotations

import re

MIN_LETTERS = 8  # of the shorter word, for a letter that was left out: contact and contract have 7
MIN_EXCHANGED_LETTERS = 7  # for two letters exchanged: united and untied have 6
MIN_DOUBLED_LETTERS = 6  # for one letter of a pair left out: a transliterated name, mostly
MIN_VOWEL_LETTERS = 9  # for a vowel put for another: "definately"
_VOWELS = frozenset("aeiouy")

# British and American spellings, and pairs that are often mixed up, brought to one form.
_VARIANTS = (
    (re.compile(r"is(e|es|ed|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"ys(e|es|ed|ing)$"), r"yz\1"),
    (re.compile(r"(?<=.{3})our(s|ed|ing|able|ite|ites|hood)?$"), r"or\1"),
    (re.compile(r"(?<=t)re(s|d)?$"), r"er\1"),
    (re.compile(r"(?<=[^aeiou][aeiou])ll(ed|ing|er|ers)$"), r"l\1"),
    (re.compile(r"([fp]ens|lic[es])e(s|less)?$"), lambda match: match[0].replace("ce", "se")),
    (re.compile(r"(?:defence|offence|licence|pretence)"), lambda match: match[0].replace("ce", "se")),
    (re.compile(r"(?<=.{5})(?:ant|ent)$"), "ent"),
    (re.compile(r"(?<=.{5})(?:ance|ence)(s)?$"), r"ence\1"),
    (re.compile(r"ogue(s)?$"), r"og\1"),
    (re.compile(r"mme(s|d)?$"), r"m\1"),
    (re.compile(r"^grey"), "gray"),
    (re.compile(r"(?<=\w)wards$"), "ward"),
)
_SHORT = 5  # letters; no shorter word is respelled


def spell(word: str) -> str:
    """Return a lower-case word in one of its accepted spellings: "organise" and "organize" give the same."""
    if len(word) < _SHORT or not word.isalpha():
        return word
    for pattern, form in _VARIANTS:
        word = pattern.sub(form, word)
    return word


def is_spelling_fix(before: str, after: str) -> bool:
    """Tell whether one of two different lower-case words is the other with a typing error in it."""
    short, long = sorted((before, after), key=len)
    if len(long) - len(short) > 1 or not (before + after).isalpha():
        return False
    start = _count_same(short, long)
    end = min(_count_same(short[::-1], long[::-1]), len(short) - start)
    if start == 0 or end < 2:  # noqa: PLR2004 -- the last two letters are where words are inflected
        return False
    if len(long) > len(short):
        is_doubled = long[start] == long[start - 1]
        return len(short) >= (MIN_DOUBLED_LETTERS if is_doubled else MIN_LETTERS)
    return _is_substituted(short[start : len(short) - end], long[start : len(long) - end], len(short), end)


def _is_substituted(one: str, other: str, length: int, end: int) -> bool:
    """Tell whether two middles of words of equal ``length`` are two letters exchanged, or a vowel for another."""
    if len(one) == 2:  # noqa: PLR2004 -- two letters
        return one == other[::-1] and length >= MIN_EXCHANGED_LETTERS
    return len(one) == 1 and {one, other} <= _VOWELS and end > 2 and length >= MIN_VOWEL_LETTERS  # noqa: PLR2004 -- inflection


def _count_same(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
