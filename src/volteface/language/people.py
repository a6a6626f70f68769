"""Titles before names, namesakes, short forms: the rules about the names of people."""

from __future__ import annotations

from collections.abc import Mapping

from volteface.language.annotations import ActorMention, Interval, Via
from volteface.language.grammar import is_possessive
from volteface.language.layout import Layout
from volteface.language.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DAY_WORDS,
    DETERMINERS,
    HONORIFICS,
    MONTHS,
    PREPOSITIONS,
    SPOKES_NOUNS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TITLES,
    WEEKDAYS,
    words,
)

PARTICLES = frozenset(
    (
        "al",
        "el",
        "ben",
        "bin",
        "bint",
        "ibn",
        "abu",
        "van",
        "von",
        "der",
        "den",
        "de",
        "da",
        "di",
        "la",
        "le",
        "du",
        "dos",
        "mac",
        "st",
    )
)
_RULING = words("president minister king queen chancellor premier mr mr. ms ms. mrs mrs. senator sen. pm crown prince")
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii"))
_FUNCTION_WORDS = (
    ADVERBS | AUXILIARIES | CONJUNCTIONS | DAY_WORDS | DETERMINERS | MONTHS | PREPOSITIONS | SUBJECT_PRONOUNS
    | SUBORDINATORS | WEEKDAYS
)  # fmt: skip


def extend_over_titles(layout: Layout, start: int, floor: int, titular: frozenset[int]) -> int:
    """Return where the titles before a name begin ("Israeli Prime Minister ..."), else ``start``.

    ``titular``: tokens of demonyms and offices, which are part of titles.
    """
    first, index = start, start - 1
    while index >= floor:
        lower = layout.lowers[index]
        if lower in TITLES or index in titular:
            first = index
        elif not (lower in ("of", "for", "and", "-", "to", ".") and first == index + 1) or _links_to_other(
            layout, index, start
        ):
            break
        index -= 1
    while first < start and layout.lowers[first] in ("us", "of", "for", "and", "-", "to", ".", "right", "left"):
        if layout.texts[first] == "US":
            break
        first += 1
    return _part_from_other(layout, first, start, floor)


def _links_to_other(layout: Layout, index: int, start: int) -> bool:
    """As in "an adviser | to President Example": who serves or speaks for somebody is somebody else."""
    lower = layout.lowers[index]
    if lower not in ("of", "for", "to"):
        return False
    if index + 1 == start or (index and layout.lowers[index - 1] in SPOKES_NOUNS):
        return True
    return lower != "of" and layout.lowers[start - 1] in _RULING


def _part_from_other(layout: Layout, first: int, start: int, floor: int) -> int:
    """Drop the other one's title: "the President | and King Example" are two, "Prime Minister and Prince Example" one."""
    joints = [index for index in range(first, start) if layout.lowers[index] == "and"]
    is_other = bool(joints) and first > floor and layout.lowers[first - 1] == "the"
    return joints[-1] + 1 if is_other else first


def is_namesake(layout: Layout, start: int, end: int, known: frozenset[int]) -> bool:
    """Tell whether a surname belongs to somebody else's full name ("Hunter Biden", "Trump Tower").

    ``known``: tokens that belong to names and titles which are understood.
    """
    return _follows_first_name(layout, start, known) or _precedes_name(layout, end)


def _follows_first_name(layout: Layout, start: int, known: frozenset[int]) -> bool:
    before = start - 1
    if before < 0 or layout.sentence_of[before] != layout.sentence_of[start]:
        return False
    text, lower = layout.texts[before], layout.lowers[before]
    if not text[:1].isupper() or before in known or lower in TITLES or is_possessive(layout, before):
        return False
    if lower in _FUNCTION_WORDS or (text.isupper() and len(text) > 1 and layout.texts[start].istitle()):
        return False
    opens_sentence = before == layout.sentences[layout.sentence_of[before]][0] or layout.quote_of[before - 1] >= 0
    return not (opens_sentence and _is_common_word(layout, lower))


def _is_common_word(layout: Layout, lower: str) -> bool:
    """A word that the same text has in lower case, or that ends like an adverb or verb form, is no first name."""
    return lower.endswith(("ly", "ing", "ed")) or lower in layout.lower_case_words


def _precedes_name(layout: Layout, end: int) -> bool:
    if end >= len(layout.texts) or not layout.spaces[end - 1]:
        return False
    text, lower = layout.texts[end], layout.lowers[end]
    if not text[:1].isupper() or not text.isalpha() or text.isupper():
        return False
    if lower in _FUNCTION_WORDS or lower in ("administration", "government", "campaign", "cabinet", "says", "said"):
        return False
    return lower not in layout.lower_case_words and not _is_title_case(layout, end)


def _is_title_case(layout: Layout, index: int) -> bool:
    """A headline in title case tells nothing by its capitals."""
    start, end = layout.sentences[layout.sentence_of[index]]
    words = [text for text in layout.texts[start:end] if text.isalpha() and len(text) > 3]  # noqa: PLR2004 -- "of", "the"
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.7 * len(words)  # noqa: PLR2004 -- most of it


def find_full_name(layout: Layout, end: int, floor: int) -> Interval | None:
    """Return the capitalised name of two to four words that ends here, without its titles; None where none does."""
    start, words = end, 0
    while start > floor:
        text, lower = layout.texts[start - 1], layout.lowers[start - 1]
        if text in ("-", ".") and start < end:
            start -= 1
            continue
        is_particle = lower in PARTICLES and start < end
        if not (text[:1].isupper() and (text.isalpha() or "'" in text or "." in text)) and not is_particle:
            break
        if lower in TITLES or (lower in _FUNCTION_WORDS and not is_particle):
            break
        words += not is_particle and layout.texts[start : start + 1] != ["-"]
        start -= 1
    while start < end and (
        layout.texts[start] in ("-", ".")
        or layout.lowers[start] in PARTICLES - {"al", "el", "abu", "van", "von", "de", "ben"}
    ):
        start += 1
    return (start, end) if 2 <= words <= 4 and end - start > 1 else None  # noqa: PLR2004 -- two to four words


def find_surname(layout: Layout, mention: Interval) -> str | None:
    """Return the last name of a full name, or None where the name is one word."""
    start, end = mention
    words = [i for i in range(start, end) if layout.texts[i][:1].isupper() and layout.texts[i].isalpha()]
    while words and layout.lowers[words[-1]] in _SUFFIXES:
        words.pop()
    named = [i for i in words if layout.lowers[i] not in TITLES]
    if len(named) < 2:  # noqa: PLR2004 -- a first and a last name
        return None
    last = layout.texts[named[-1]]
    return last if len(last) > 2 else None  # noqa: PLR2004 -- initials


def find_short_forms(
    layout: Layout, surnames: Mapping[str, Mapping[str, int]], known: frozenset[int]
) -> list[ActorMention]:
    """Return later surnames that mean one person of this article.

    ``surnames``: for each surname the actors who bear it, with the token where each is first named in full.
    """
    found = []
    for index, text in enumerate(layout.texts):
        bearers = surnames.get(text)
        if not bearers or index in known:
            continue
        before = {actor_id for actor_id, first in bearers.items() if first < index}
        if len(before) == 1 and len(bearers) == 1 and not is_namesake(layout, index, index + 1, known):
            start = index - 1 if index and layout.lowers[index - 1] in HONORIFICS else index
            found.append(ActorMention(start=start, end=index + 1, actor_id=before.pop(), via=Via.SHORT_FORM))
    return found
