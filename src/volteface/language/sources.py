"""Find the source of a cue: the subject before its verb, with what describes it, or the subject of the sentence."""

from __future__ import annotations

from volteface.language.annotations import Interval
from volteface.language.cues import CueHit
from volteface.language.grammar import (
    find_phrase_left,
    is_adverb,
    is_auxiliary,
    is_participle_in_phrase,
    is_verb_like,
    skip_verb_group_left,
)
from volteface.language.layout import Layout
from volteface.language.lexicon import (
    CONJUNCTIONS,
    DASHES,
    DETERMINERS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    WEEKDAYS,
)

_RELATIVES = frozenset(("who", "which", "that"))
_MAX_INSERTION = 45


def find_source(layout: Layout, group: int, sentence: Interval) -> Interval | None:
    """Return the subject left of a verb group: a noun phrase, with its apposition or relative clause."""
    mark = layout.texts[group - 1]
    if layout.lowers[group - 1] in _RELATIVES:
        end = group - 1
        end -= layout.texts[end - 1] == "," if end > sentence[0] else 0
        phrase = find_phrase_left(layout, end, sentence[0])
        return (phrase[0], group) if phrase else None
    if mark == "," or mark in DASHES:
        opening = find_insertion_left(layout, group - 1, sentence[0])
        if opening is None or not _is_insertion(layout, opening + 1, group - 1):
            return None
        phrase = _find_phrase_before(layout, opening, sentence[0])
        return (phrase[0], group) if phrase else None
    phrase = _find_phrase_before(layout, group, sentence[0])
    return (phrase[0], group) if phrase else None


def find_parsed_subject(layout: Layout, hit: CueHit) -> Interval | None:
    """Return the subject that a parser, where there is one, gives the verb; it must stand before the verb."""
    if not layout.is_parsed:
        return None
    for child in layout.doc[hit.start].children:
        if child.dep_ == "nsubj" and child.right_edge.i < hit.start:
            return (child.left_edge.i, child.right_edge.i + 1)
    return None


def _find_phrase_before(layout: Layout, end: int, floor: int) -> Interval | None:
    """Return the phrase that ends here, brackets after it included ("Example (R-Ohio)")."""
    close = end - 1
    if close > floor and layout.texts[close] == ")":
        opening = next((i for i in range(close - 1, floor, -1) if layout.texts[i] == "("), None)
        phrase = find_phrase_left(layout, opening, floor) if opening else None
        return (phrase[0], end) if phrase else None
    return find_phrase_left(layout, end, floor)


def _is_insertion(layout: Layout, start: int, end: int) -> bool:
    """Tell whether what stands between two commas describes what stands before: an apposition or "who ..."."""
    if start >= end:
        return False
    lower = layout.lowers[start]
    if lower in (
        "who",
        "whose",
        "which",
        "speaking",
        "citing",
        "himself",
        "herself",
        "themselves",
        "like",
        "including",
        "along",
        "now",
    ):
        return True
    if lower in ("and", "but", "or", "that", "if", "he", "she", "they", "it", "we", "i") or lower in WEEKDAYS:
        return False
    if lower in PREPOSITIONS:
        return lower in ("in", "on", "at", "during", "after", "for", "of", "from", "via", "through")
    has_verb = any(is_auxiliary(layout, i) for i in range(start, end))
    return not has_verb and layout.lowers[start] not in SUBJECT_PRONOUNS


def holds_verb(layout: Layout, start: int, end: int) -> bool:
    """Tell whether a finite verb follows before the next comma: then "said X" was no inversion."""
    for index in range(start, end):
        if layout.texts[index] in (",", ".", "—", ";") or layout.lowers[index] in (
            "who",
            "which",
            "in",
            "on",
            "at",
            "after",
            "during",
        ):
            return False
        if is_verb_like(layout, index):
            return True
    return False


def is_nominal(layout: Layout, interval: Interval) -> bool:
    """Tell whether a phrase can be somebody: a name, a pronoun, or more than one word."""
    start = interval[0]
    is_name = layout.texts[start][:1].isupper()
    return is_name or layout.lowers[start] in SUBJECT_PRONOUNS or interval[1] - start > 1


def end_of_description(layout: Layout, end: int, ceiling: int) -> int:
    """Return the end of an apposition after a source ("said X, a witness, ..."), else ``end``."""
    if end + 1 >= ceiling or layout.texts[end] != "," or layout.quote_of[end + 1] >= 0:
        return end
    opener = layout.lowers[end + 1]
    if not (opener in ("a", "an", "the", "who", "whose", "one", "his", "her") or opener in DETERMINERS):
        return end
    at = end + 1
    while at < ceiling and layout.texts[at] not in (",", ".", ";", "—") and layout.quote_of[at] < 0:
        at += 1
    return at


def find_sentence_subject(layout: Layout, sentence: Interval, ceiling: int) -> Interval | None:
    """Return the noun phrase that opens a sentence (after one introducing phrase) and that a verb follows, or None."""
    start = _skip_opening(layout, sentence[0], ceiling)
    for index in range(start + 1, ceiling):
        if layout.texts[index] in (",", "(") or layout.texts[index] in DASHES or layout.quote_of[index] >= 0:
            phrase = find_phrase_left(layout, index, start)
            return phrase if phrase and phrase[0] == start else None
        if is_verb_like(layout, index) and not is_participle_in_phrase(layout, index):
            phrase = find_phrase_left(layout, skip_verb_group_left(layout, index, start), start)
            return phrase if phrase and phrase[0] == start else None
    return None


def _skip_opening(layout: Layout, start: int, ceiling: int) -> int:
    """Skip "But", and "On Tuesday, in the capital," up to its comma."""
    while start < ceiling and (layout.lowers[start] in CONJUNCTIONS or is_adverb(layout, start)):
        start += 1
    if start < ceiling and (layout.lowers[start] in PREPOSITIONS or layout.lowers[start] in SUBORDINATORS):
        comma = next((at for at in range(start, ceiling) if layout.texts[at] == ","), ceiling)
        return comma + 1
    return start


def find_insertion_left(layout: Layout, comma: int, floor: int) -> int | None:
    """Return the comma that opens what the comma at ``comma`` closes ("X, who ..., said"), or None."""
    index = comma - 1
    while index > floor and comma - index <= _MAX_INSERTION:
        if (layout.texts[index] == "," or layout.texts[index] in DASHES) and layout.quote_of[index] == layout.quote_of[
            comma
        ]:
            return index
        index -= 1
    return None
