"""Whom a phrase means that the text itself has introduced: by a name at its head or beside it, or by a description.

What needs no mention of the actor component: people learned from the text (``cast.py``). Unclear means nobody.
"""

from __future__ import annotations

from volteface.language.annotations import Interval
from volteface.language.cast import Person
from volteface.language.discourse import Discourse
from volteface.language.grammar import is_possessive
from volteface.language.layout import Layout
from volteface.language.lexicon import ANONYMOUS_NOUNS, DETERMINERS, LINKS, PREPOSITIONS, TITLES, words
from volteface.language.salience import PEOPLE_NOUNS

_LONGEST_DESCRIPTION = 3
_PERSON_NOUNS = (TITLES | PEOPLE_NOUNS | ANONYMOUS_NOUNS) - words("official officials us u.s. un u.n. eu right left")
_ITSELF = words("himself herself itself themselves alone")
_QUALIFYING = words("familiar close briefed involved")  # "sources familiar with ..."


def find_introduced(layout: Layout, core: Interval, discourse: Discourse) -> str | None:
    """Return whoever the text names at the head of the phrase or right beside it, though the name made no mention."""
    start, end = core
    end -= layout.lowers[end - 1] in _ITSELF and end - start > 1
    head_end = find_link(layout, (start, end), frozenset())
    is_owned = any(is_possessive(layout, index) for index in range(start, head_end))
    person = None if is_owned else discourse.cast.find_at(head_end - 1)
    person = person or _find_at_end(layout, (start, end), discourse) or _find_after(layout, (start, end), discourse)
    return person.actor_id if person else None


def _find_at_end(layout: Layout, core: Interval, discourse: Discourse) -> Person | None:
    """As in "chief executive of the Fund Ann Example": a full name without a title after a body's own."""
    start, end = core
    found = discourse.cast.find_ending(end)
    if found is None or found[0].start <= start + 1 or found[0].end - found[0].start == 1:
        return None
    naming, person = found
    before = layout.texts[naming.start - 1]
    links = {lower for lower in layout.lowers[start : naming.start] if lower in LINKS}
    is_title = layout.lowers[start] in TITLES or layout.lowers[start + 1] in TITLES
    is_apart = naming.start == naming.name[0] and before[:1].isupper() and layout.lowers[naming.start - 1] not in TITLES
    is_portfolio = layout.lowers[naming.name[0] - 1] == "affairs"
    return person if is_title and (is_apart or is_portfolio) and links <= {"of", "for"} else None


def _find_after(layout: Layout, core: Interval, discourse: Discourse) -> Person | None:
    """As in "his father | Bob Example", "the team's coach | , Bob Example,": who is named right after a description."""
    start, end = core
    if end >= len(layout.texts) or not layout.texts[end - 1].isalpha() or discourse.cast.find_at(end - 1):
        return None
    is_description = layout.lowers[start] in DETERMINERS or any(is_possessive(layout, i) for i in range(start, end))
    if not is_description or any(layout.lowers[i] in PREPOSITIONS - {"of"} for i in range(start, end)):
        return None
    if layout.texts[end] != ",":
        found = discourse.cast.find_opening(end)
        return found[1] if found and layout.lowers[end - 1] in _PERSON_NOUNS else None
    found = discourse.cast.find_opening(end + 1)
    if found is None or found[0].end >= len(layout.texts):
        return None
    naming, person = found
    is_apposed = layout.is_parsed and layout.doc[naming.name[0]].dep_ == "appos"
    return person if is_apposed or layout.texts[naming.end] == "," else None


def find_described(layout: Layout, core: Interval, discourse: Discourse) -> str | None:
    """As in "the professor", "the Polish minister": the one whom the text introduced so."""
    start, end = core
    lowers = layout.lowers[start + 1 : end]
    is_person = bool(lowers) and lowers[-1] in _PERSON_NOUNS and len(lowers) <= _LONGEST_DESCRIPTION
    if layout.lowers[start] != "the" or not is_person:
        return None
    person = discourse.cast.find_described(lowers, start)
    return person.actor_id if person else None


def find_link(layout: Layout, phrase: Interval, covered: frozenset[int]) -> int:
    """Where what hangs on the head of a phrase begins ("critics | of ..."); its end if nowhere.

    ``covered``: tokens of mentions, which may hold such words themselves.
    """
    start, end = phrase
    for index in range(start + 1, end):
        lower = layout.lowers[index]
        hangs = lower in LINKS or lower in _QUALIFYING or (lower.endswith("ing") and index - 1 in covered)
        if hangs and index not in covered:
            return index
    return end
