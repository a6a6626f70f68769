"""Rows of names: "France, Spain and Belgium", and the members of a group that follow "including" or "by"."""

from __future__ import annotations

from collections.abc import Sequence

from volteface.language.annotations import ActorMention
from volteface.language.clause import DETERMINERS, JOINERS, Clause
from volteface.language.lexicon import TITLES

_LONGEST_JOIN = 3  # ", and the"
_LONGEST_NAME = 7  # ", Papua New Guinea, and the"
_LONGEST_GROUP = 6  # "many European countries, including"
_INTRODUCERS = frozenset(("(", "including", "include", "includes", "included", "like", "namely"))
_NAMELESS = frozenset(("'s", "'"))


def list_leftward(clause: Clause, last: ActorMention) -> tuple[ActorMention, ...]:
    """Return the mention with those joined to it before: "France, Spain and Belgium voted"."""
    joined = list(clause.list_group(last))
    if len(joined) > 1:
        return tuple(joined)
    for mention in sorted(clause.reading.mentions, key=lambda one: -one.end):
        between = clause.reading.words[mention.end : joined[-1].start]
        if mention.start < clause.start or mention.end > joined[-1].start or not _is_join(between):
            continue
        if len(joined) == 1 and "and" not in between:  # "In Qatar, Egypt rejected": a list ends with "and"
            break
        joined.append(mention)
    return tuple(reversed(joined))


def list_rightward(clause: Clause, first: ActorMention) -> tuple[ActorMention, ...]:
    """Return the mention with those joined to it after, in the sentence: "by Qatar, Egypt and the United States"."""
    joined = [first]
    for mention in clause.reading.mentions:
        between = clause.reading.words[joined[-1].end : mention.start]
        is_after = mention.start >= joined[-1].end and mention.end <= clause.sentence.end
        if is_after and (_is_join(between) or _is_listed(between) or _is_joined_over_realm(between)):
            joined.append(mention)
    return () if clause.word_or_end(joined[-1].end) in _NAMELESS else tuple(joined)


def list_members(
    clause: Clause, start: int, end: int, *, also: frozenset[str] = frozenset()
) -> tuple[ActorMention, ...]:
    """Return the row that a word such as "including" brings within ``start:end``; empty where none does.

    Between ``start`` and that word stands the group in few words: "many European countries, including France".
    ``also``: more words that bring a row here.
    """
    for index in range(start, min(end, start + _LONGEST_GROUP)):
        if clause.word(index) in _INTRODUCERS or clause.word(index) in also:
            firsts = (one for one in clause.reading.mentions if one.start > index)
            words = clause.reading.words
            first = next((one for one in firsts if _opens_row(words[index + 1 : one.start])), None)
            return list_rightward(clause, first) if first else ()
    return ()


def _opens_row(between: Sequence[str]) -> bool:
    """Tell whether a name is the first of a row, or the second after one that nobody configured."""
    return len(between) < _LONGEST_JOIN and (set(between) <= DETERMINERS or between[-1] in {",", "and"})


def _is_listed(between: Sequence[str]) -> bool:
    """Tell whether one name that nobody configured stands between: "Chile, Honduras, and Chad"."""
    return len(between) in range(3, _LONGEST_NAME) and between[0] == "," and between[-1] in {",", "and"}


def _is_joined_over_realm(between: Sequence[str]) -> bool:
    """Tell whether only whom a person governs and a title stand between: "A of Qatar, and President B"."""
    join = next((at for at, word in enumerate(between) if word == ","), 0)
    is_realm = len(between) in range(3, _LONGEST_NAME) and between[0] == "of" and join in (2, 3)
    return is_realm and set(between[join:]) <= JOINERS | DETERMINERS | TITLES


def _is_join(between: Sequence[str]) -> bool:
    return 0 < len(between) <= _LONGEST_JOIN and set(between) <= JOINERS | DETERMINERS and "but" not in between
