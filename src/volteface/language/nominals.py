"""Nouns that report: "Ms Example's claim that ...", "his call for ...", "the mayor's refusal to ...".

Only where a parser has been here: without one nothing tells where such a clause ends.
"""

from __future__ import annotations

from spacy.tokens import Token

from volteface.config.cues import CueKind
from volteface.language.annotations import Interval
from volteface.language.cues import CueHit
from volteface.language.layout import Layout
from volteface.language.lexicon import POSSESSIVES

_CLAUSES = frozenset(("acl", "ccomp", "advcl", "xcomp"))
_CLAUSE_OPENERS = frozenset(("that", "to", "for"))
_PHRASE_OPENERS = frozenset(("for", "on", "against"))


def is_nominal_cue(layout: Layout, hit: CueHit) -> bool:
    """Tell whether a cue is a noun here."""
    if hit.cue.kind is CueKind.NOUN:
        return True
    is_noun = hit.is_noun_form and layout.is_parsed and layout.is_tagged
    return is_noun and layout.doc[hit.start].pos_ == "NOUN"


def find_nominal_parts(layout: Layout, hit: CueHit) -> tuple[Interval, Interval] | None:
    """Return the owner of the noun and what it says, or None where one of them is missing."""
    if not layout.is_parsed:
        return None
    noun = layout.doc[hit.start]
    owner = next((child for child in noun.children if child.dep_ == "nmod:poss" and child.i < noun.i), None)
    said = next((child for child in noun.children if child.i > noun.i and _says_what(layout, child)), None)
    if owner is None or said is None:
        return None
    start, end = owner.left_edge.i, owner.right_edge.i + 1
    end -= end - start > 1 and layout.lowers[end - 1] in POSSESSIVES
    return (start, end), (said.left_edge.i, said.right_edge.i + 1)


def _says_what(layout: Layout, child: Token) -> bool:
    opener = layout.lowers[child.left_edge.i]
    if child.dep_ in _CLAUSES:
        return opener in _CLAUSE_OPENERS
    return child.dep_ == "nmod" and opener in _PHRASE_OPENERS
