"""Tell a government from its country: "Israel said" speaks, "in Israel" and "the Israel border" do not."""

from __future__ import annotations

from volteface.language.cues import CueTable
from volteface.language.grammar import is_adverb, is_possessive, is_verb_like, skip_date_left
from volteface.language.layout import Layout
from volteface.language.lexicon import DAY_WORDS, NEGATIONS, PLACE_PREPOSITIONS, PREPOSITIONS
from volteface.language.names import NameHit

_ROW = 3  # tokens of "in X and"


def is_place(layout: Layout, hit: NameHit, cues: CueTable) -> bool:
    """Tell whether the name of a country means the place, or qualifies a noun ("the Israel lobby")."""
    before = layout.lowers[hit.start - 1] if hit.start else ""
    if before == "to" and layout.lowers[hit.start - 2 : hit.start - 1] == ["according"]:
        return False
    at = hit.start - 1
    if before in ("the", "southern", "northern", "central", "eastern", "western", "neighbouring", "neighboring") and at:
        at -= 1
    if layout.lowers[at : at + 1] and layout.lowers[at] in PLACE_PREPOSITIONS and at >= 0:
        return True
    return not _may_stand_alone(layout, hit.end, cues)


def is_acting(layout: Layout, hit: NameHit, cues: CueTable) -> bool:
    """Tell whether a verb follows, and no preposition stands before: a capital that means its government."""
    before = layout.lowers[hit.start - 1] if hit.start else ""
    if before == "to" and layout.lowers[hit.start - 2 : hit.start - 1] == ["according"]:
        return True
    if before in PREPOSITIONS or before == "the" or is_compound(layout, hit) or _ends_place_row(layout, hit.start):
        return False
    return _is_verb_ahead(layout, _end_of_row(layout, hit.end), cues)


def _ends_place_row(layout: Layout, start: int) -> bool:
    """As in "groups in X and | Y": the preposition before X holds for Y too."""
    if start < _ROW or layout.lowers[start - 1] != "and" or not layout.texts[start - 2][:1].isupper():
        return False
    return layout.lowers[start - _ROW] in PREPOSITIONS


def _end_of_row(layout: Layout, end: int) -> int:
    """Return the end of "X and Y", both names of one word, where an "and" follows X; else the end of X."""
    following = layout.texts[end : end + 2]
    is_row = following[:1] == ["and"] and following[-1][:1].isupper()
    return end + len(following) if is_row else end


def is_compound(layout: Layout, hit: NameHit) -> bool:
    """Tell whether a hyphen binds the name to another word ("Hamas-run", "Israel-Hamas war")."""
    after = layout.texts[hit.end : hit.end + 2]
    if after and after[0] in ("-", "–") and not layout.spaces[hit.end - 1]:
        return True
    before = layout.texts[max(0, hit.start - 2) : hit.start]
    return bool(before) and before[-1] in ("-", "–") and not layout.spaces[hit.start - 1] and layout.spaces[hit.end - 1]


def _may_stand_alone(layout: Layout, end: int, cues: CueTable) -> bool:
    """A name that a lower-case noun follows is part of that noun's phrase."""
    if end >= len(layout.texts):
        return True
    text, lower = layout.texts[end], layout.lowers[end]
    if not text[:1].isalpha() or is_possessive(layout, end) or lower in PREPOSITIONS or lower in NEGATIONS:
        return True
    return (
        text[:1].isupper()
        or lower in ("and", "or", "but", "that", "who", "which", "when", "if", "as", "to")
        or (_is_verb_ahead(layout, end, cues) or lower.endswith("s") or lower in ("into", "a", "the", "its", "not"))
    )


def _is_verb_ahead(layout: Layout, end: int, cues: CueTable) -> bool:
    at = end
    while at < len(layout.texts) and at - end < 4 and (is_adverb(layout, at) or _skips_date(layout, at)):  # noqa: PLR2004 -- "on Tuesday also"
        at += 1
    if at >= len(layout.texts):
        return False
    hit = cues.match(layout.lowers, at)
    return is_verb_like(layout, at) or (hit is not None and not hit.is_participle)


def _skips_date(layout: Layout, at: int) -> bool:
    if layout.lowers[at] in DAY_WORDS:
        return True
    return skip_date_left(layout, at + 1, at) == at or (
        layout.lowers[at] == "on" and at + 1 < len(layout.texts) and skip_date_left(layout, at + 2, at + 1) == at + 1
    )
