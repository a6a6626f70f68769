"""Step over what stands between a cue and what is said: the one spoken to, where and when."""

from __future__ import annotations

from volteface.language.grammar import find_phrase_right, is_verb_like
from volteface.language.layout import Layout
from volteface.language.lexicon import FIRST_PERSON, PREPOSITIONS, SUBJECT_PRONOUNS, WEEKDAYS
from volteface.language.quotes import OPENING_MARKS

_MAX_SETTING = 24
_MAX_PHRASE = 12  # tokens of one phrase of place or time
_MAX_ADDRESSEE = 12


def skip_setting(layout: Layout, start: int, ceiling: int) -> int:
    """Skip where and when something was said ("in a statement on Sunday", "Tuesday")."""
    index = start
    while index < ceiling:
        lower = layout.lowers[index]
        if lower in WEEKDAYS or lower in ("earlier", "later", "yesterday", "today", "this", "last"):
            index += 1
        elif lower in (
            "in",
            "on",
            "at",
            "during",
            "after",
            "via",
            "to",
            "by",
            "from",
            "through",
            "of",
            "with",
            "before",
            "about",
        ):
            index = _skip_phrase(layout, index + 1, ceiling)
        elif lower in FIRST_PERSON and index > start:
            return start
        else:
            break
    return index


def _skip_phrase(layout: Layout, start: int, ceiling: int) -> int:
    index = start
    while index < ceiling and index - start < _MAX_PHRASE:
        text = layout.texts[index]
        if layout.quote_of[index] >= 0 and layout.quote_of[start] < 0:
            break
        if not (text[:1].isalnum() or text in ("-", "'s", "’s", "'", "’", "@", "#", "&")) or is_verb_like(
            layout, index
        ):
            break
        if layout.lowers[index] in ("that", "if", "when", "who", "which", "it", "he", "she", "they"):
            break
        index += 1
    return index


def skip_addressee(layout: Layout, start: int, ceiling: int) -> int:
    """Return where the one spoken to ends ("told the paper"), or ``start`` where that is unclear."""
    if start < ceiling and layout.lowers[start] in (
        "that",
        "if",
        "whether",
        "why",
        "what",
        "how",
        "about",
        "for",
        "to",
    ):
        return start
    for at in range(start, min(start + _MAX_ADDRESSEE, ceiling)):
        if (
            layout.lowers[at] in ("that", "if", "whether", "to", "how", "why", "what", "about")
            or layout.texts[at] in OPENING_MARKS
        ):
            return at
        if layout.texts[at] in (",", ":", ".") or is_verb_like(layout, at):
            break
    if start < ceiling and layout.lowers[start] in (*SUBJECT_PRONOUNS, "me", "him", "her", "them", "us"):
        return start + 1
    phrase = find_phrase_right(layout, start, min(start + 6, ceiling))
    if phrase is None or phrase[1] >= ceiling:
        return start
    return phrase[1] if layout.texts[phrase[1]] in (",", ":") or phrase[1] - start <= 2 else start  # noqa: PLR2004


def skip_setting_to_content(layout: Layout, start: int, ceiling: int) -> int:
    """As in "said in a statement on Sunday that ...": the content begins at "that", a colon or a quotation."""
    if start >= ceiling or not (layout.lowers[start] in PREPOSITIONS or layout.lowers[start] in WEEKDAYS):
        return start
    for at in range(start, min(start + _MAX_SETTING, ceiling)):
        if layout.lowers[at] == "that" or layout.texts[at] == ":":
            return at
        if layout.texts[at] in OPENING_MARKS and layout.quote_of[at] >= 0:
            return at
        if is_verb_like(layout, at) or layout.texts[at] in (".", ";"):
            return start
        if layout.lowers[start] in WEEKDAYS and at > start:
            return start + 1
    return start
