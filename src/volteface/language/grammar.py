"""Noun phrases and verbs by word lists: what can be told without a parser, and where to stop.

Every function takes a Layout and token indices; an interval's end is exclusive. None means: not found, do not guess.
"""

from __future__ import annotations

from volteface.language.annotations import Interval
from volteface.language.layout import Layout
from volteface.language.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BASE_VERBS,
    CLITICS,
    CONJUNCTIONS,
    DAY_WORDS,
    DETERMINERS,
    LINKS,
    MONTHS,
    NEGATIONS,
    PAST_FORMS,
    POSSESSIVE_PRONOUNS,
    POSSESSIVES,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    WEEKDAYS,
)

_NAME_MARKS = frozenset(("-", "–", "'", "’", "&", "/", "."))
_MAX_PHRASE = 30  # tokens; a longer "phrase" is a sentence that the rules did not understand
_MAX_INSERTION = 45
_NO_ADVERBS = frozenset(("family", "daily", "italy", "july", "elderly", "assembly", "reply", "supply"))


def is_possessive(layout: Layout, index: int) -> bool:
    """Tell whether a token is the 's of an owner, not of "is" or "has" (which follow a pronoun)."""
    if layout.lowers[index] == "'" and index and layout.lowers[index - 1].endswith("s"):
        return layout.spaces[index] and not layout.spaces[index - 1]
    return (
        layout.lowers[index] in POSSESSIVES
        and index > 0
        and layout.lowers[index - 1] not in SUBJECT_PRONOUNS
        and layout.lowers[index - 1] not in ("that", "there", "here", "what", "where", "how")
    )


def is_auxiliary(layout: Layout, index: int) -> bool:
    """Tell whether a token is an auxiliary or modal verb."""
    lower = layout.lowers[index]
    return lower in AUXILIARIES and not (lower in CLITICS and is_possessive(layout, index))


def is_verb_like(layout: Layout, index: int) -> bool:
    """Tell whether a token looks like a finite verb: an auxiliary, a common form, or one that ends in -ed."""
    lower = layout.lowers[index]
    if is_auxiliary(layout, index) or lower in PAST_FORMS or lower in BASE_VERBS:
        return True
    return len(lower) > 4 and lower.endswith("ed") and layout.texts[index].islower()  # noqa: PLR2004 -- "red", "need"


def is_adverb(layout: Layout, index: int) -> bool:
    """Tell whether a token is an adverb: a common one, or one that ends in -ly."""
    lower = layout.lowers[index]
    return lower in ADVERBS or (len(lower) > len("only") and lower.endswith("ly") and lower not in _NO_ADVERBS)


def skip_verb_group_left(layout: Layout, index: int, floor: int) -> int:
    """Return the end of what stands left of a verb's auxiliaries, adverbs, negation and dates ("on Tuesday")."""
    end = index
    while end > floor:
        before = end - 1
        lower = layout.lowers[before]
        if is_auxiliary(layout, before) or lower in NEGATIONS or is_adverb(layout, before) or lower == "to":
            end -= 1
        elif (date := skip_date_left(layout, end, floor)) < end:
            end = date
        else:
            break
    return end


def skip_date_left(layout: Layout, end: int, floor: int) -> int:
    """Return where a date that ends here begins ("on Tuesday", "last week", "on March 17"), else ``end``."""
    start = end
    while start > floor and (
        layout.lowers[start - 1] in DAY_WORDS or layout.lowers[start - 1] in MONTHS or layout.texts[start - 1].isdigit()
    ):
        start -= 1
    if start == end or not any(_is_date_word(layout, index) for index in range(start, end)):
        return end
    if start > floor and layout.lowers[start - 1] in ("on", "in", "earlier", "late", "early"):
        start -= 1
    return start


def _is_date_word(layout: Layout, index: int) -> bool:
    lower = layout.lowers[index]
    if lower in ("may", "march"):
        return layout.texts[index][:1].isupper()
    return lower in WEEKDAYS or lower in MONTHS or lower in ("today", "yesterday", "week", "month", "year", "night")


def find_phrase_left(layout: Layout, end: int, floor: int) -> Interval | None:
    """Return the noun phrase that ends here, with the phrases that hang on it ("a spokesman for the ministry").

    A pronoun stands alone. None where no noun phrase ends here.
    """
    if end <= floor:
        return None
    if layout.lowers[end - 1] in SUBJECT_PRONOUNS:
        return (end - 1, end)
    if not _may_end_phrase(layout, end - 1):
        return None
    start, index = end, end - 1
    while index >= floor and end - index <= _MAX_PHRASE:
        step = _step_left(layout, index, floor)
        if step == _STOP:
            break
        start = index
        if step == _LAST:
            break
        index -= 1
    return _trim_left(layout, start, end)


def _may_end_phrase(layout: Layout, index: int) -> bool:
    lower = layout.lowers[index]
    return not (
        lower in PREPOSITIONS or lower in CONJUNCTIONS or lower in ("there", "a", "an", "the", "every", "my", "our")
    )


_STOP, _LAST, _ON = "stop", "last", "on"


def _step_left(layout: Layout, index: int, floor: int) -> str:
    """Whether a phrase that is read from right to left takes this token, and goes on before it."""
    lower = layout.lowers[index]
    if _is_barrier(layout, index):
        return _STOP
    if lower in ("and", "or") or lower in PREPOSITIONS:
        return _step_over_link(layout, index, floor)
    if is_possessive(layout, index):
        return _ON
    if is_verb_like(layout, index) and not is_participle_in_phrase(layout, index):
        return _STOP
    is_opening = lower in DETERMINERS or lower in POSSESSIVE_PRONOUNS
    return _step_over_determiner(layout, index, floor) if is_opening else _ON


def _is_barrier(layout: Layout, index: int) -> bool:
    """Tell whether no noun phrase reaches over a token: marks, quotations, pronouns, words that open a clause."""
    lower, text = layout.lowers[index], layout.texts[index]
    if text.isspace() or layout.quote_of[index] >= 0:
        return True
    if not any(letter.isalnum() for letter in text):
        return text not in _NAME_MARKS
    opens_clause = lower in SUBORDINATORS and lower not in LINKS
    return opens_clause or lower in SUBJECT_PRONOUNS or (lower in CONJUNCTIONS and lower not in ("and", "or"))


def _step_over_link(layout: Layout, index: int, floor: int) -> str:
    lower = layout.lowers[index]
    if index <= floor or (lower not in ("and", "or") and lower not in LINKS):
        return _STOP
    before = index - 1
    is_noun = layout.texts[before][-1:].isalnum() and layout.lowers[before] not in DETERMINERS
    is_noun = is_noun and layout.lowers[before] not in SUBJECT_PRONOUNS and layout.lowers[before] not in PREPOSITIONS
    return _ON if is_noun and not is_auxiliary(layout, before) and not is_adverb(layout, before) else _STOP


def _step_over_determiner(layout: Layout, index: int, floor: int) -> str:
    """A determiner opens its phrase; the reading goes on where that phrase hangs on another one."""
    if index <= floor:
        return _LAST
    before = layout.lowers[index - 1]
    hangs = before in LINKS or before in ("and", "or") or before in DETERMINERS
    return _ON if hangs else _LAST


def is_participle_in_phrase(layout: Layout, index: int) -> bool:
    """As in "officials involved in the talks", "the proposed deal": -ed between a determiner or noun and what follows."""
    if not layout.lowers[index].endswith("ed") or index + 1 >= len(layout.lowers) or index == 0:
        return False
    before = layout.lowers[index - 1]
    return layout.lowers[index + 1] in LINKS or before in DETERMINERS or before in LINKS


def _trim_left(layout: Layout, start: int, end: int) -> Interval | None:
    """Drop what cannot open a noun phrase: conjunctions, prepositions, adverbs, marks, dates."""
    while start < end:
        lower = layout.lowers[start]
        opens = lower not in PREPOSITIONS and lower not in CONJUNCTIONS and not is_adverb(layout, start)
        if opens and layout.texts[start][0].isalnum() and lower not in WEEKDAYS:
            return (start, end)
        start += 1
    return None


def find_phrase_right(layout: Layout, start: int, ceiling: int) -> Interval | None:
    """Return the noun phrase that begins here, with what hangs on it; None where none begins here."""
    if start >= ceiling:
        return None
    if layout.lowers[start] in SUBJECT_PRONOUNS:
        return (start, start + 1)
    end = start
    while end < ceiling and end - start < _MAX_PHRASE and _goes_on_right(layout, start, end):
        end += 1
    while end > start and (
        layout.lowers[end - 1] in PREPOSITIONS or layout.lowers[end - 1] in ("and", "or", "the", "a")
    ):
        end -= 1
    return (start, end) if end > start else None


def _goes_on_right(layout: Layout, start: int, index: int) -> bool:
    lower, text = layout.lowers[index], layout.texts[index]
    if text.isspace() or layout.quote_of[index] != layout.quote_of[start]:
        return False
    if not any(letter.isalnum() for letter in text):
        return text in _NAME_MARKS and text != "."
    if lower in SUBJECT_PRONOUNS or (lower in CONJUNCTIONS and lower not in ("and", "or")):
        return False
    if lower in SUBORDINATORS and lower not in LINKS:
        return False
    if index > start and lower in PREPOSITIONS and (lower not in ("of", "for", "from", "at", "with", "close")):
        return False
    return not (is_auxiliary(layout, index) or is_adverb(layout, index) or lower in WEEKDAYS)
