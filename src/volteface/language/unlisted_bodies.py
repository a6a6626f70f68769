"""Bodies that nobody configured and that speak: "the Example Workers Union said", later "the EWU", "the union".

A body is a name of several capitalised words of which one says what it is: a union, a foundation, a centre. Ministries,
armies, courts and parliaments are none: they belong to a government, and whose it is has to be known. Neither are outlets.
"""

from __future__ import annotations

from volteface.language.annotations import Interval
from volteface.language.layout import Layout
from volteface.language.lexicon import words
from volteface.language.named_sources import find_named_source
from volteface.language.roster import candidate_id
from volteface.models import CandidateKind

_KINDS = words(
    "union unions association foundation center centre society project network coalition federation alliance charity"
    " institute organisation organization trust crescent league club fund movement campaign forum party initiative"
    " congress synagogue church mosque monastery confederation action collective lobby"
)
_OWNED = words(
    "ministry department office embassy army military force forces police court cabinet parliament senate house"
    " government presidency security defense defence state administration bank university hospital school city"
    " european african arab islamic"
)
_SMALL = words("of for and the on to in")
_SHORTEST = 3  # letters of an acronym
_LONGEST_NAME = 10  # tokens


def find_unlisted_body(layout: Layout, core: Interval) -> str | None:
    """Return the id of the body that a source names or shortens, or None where it is no such body."""
    found = find_named_source(layout.doc, core)
    if found is None or found[1] is not CandidateKind.BODY:
        return None
    start, end = found[0]
    if end - start == 1:
        full = _find_spelt_out(layout, layout.texts[start], start)
        return candidate_id(layout.text(*full)) if full and _is_body(layout, full) else None
    return candidate_id(layout.text(start, end)) if _is_body(layout, (start, end)) else None


def _is_body(layout: Layout, name: Interval) -> bool:
    lowers = set(layout.lowers[name[0] : name[1]])
    capitals = [text for text in layout.texts[name[0] : name[1]] if text[:1].isupper()]
    return len(capitals) > 1 and not _KINDS.isdisjoint(lowers) and _OWNED.isdisjoint(lowers)


def _find_spelt_out(layout: Layout, acronym: str, before: int) -> Interval | None:
    """Return the name that the text shortened so before: "the Example Workers Union (EWU)"."""
    if len(acronym) < _SHORTEST or not acronym.isupper():
        return None
    for at in range(2, before):
        if layout.texts[at] == acronym and layout.texts[at - 1] == "(":
            return _find_initials(layout, acronym.lower(), at - 1)
    return None


def _find_initials(layout: Layout, letters: str, end: int) -> Interval | None:
    """Return the words before ``end`` whose initials are the letters, small words passed over."""
    left = letters
    for at in range(end - 1, max(-1, end - 1 - _LONGEST_NAME), -1):
        lower = layout.lowers[at]
        if layout.texts[at][:1].isupper() and lower.startswith(left[-1]):
            left = left[:-1]
        elif lower not in _SMALL:
            return None
        if not left:
            return at, end
    return None
