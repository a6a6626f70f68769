"""The name in a source that nobody could resolve: a body, an outlet, somebody; never one that only stands in the phrase."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from volteface.language.annotations import Interval
from volteface.language.candidates import NO_PERSON
from volteface.language.first_names import HE_NAMES, SHE_NAMES
from volteface.language.lexicon import (
    DASHES,
    DETERMINERS,
    HONORIFICS,
    LINKS,
    MONTHS,
    POSSESSIVES,
    SPOKES_NOUNS,
    SUBJECT_PRONOUNS,
    TITLES,
    WEEKDAYS,
    words,
)
from volteface.language.namings import PERSON_LABELS
from volteface.models import CandidateKind

_BODY_LABELS = frozenset(("ORG", "GPE"))
_NO_ACTOR_LABELS = frozenset(
    ("NORP", "LOC", "FAC", "DATE", "TIME", "EVENT", "CARDINAL", "ORDINAL", "MONEY", "QUANTITY", "PERCENT")
)
_JOINTS = words("of for and & - to de du des la les le al el bin ben s ' ’ 's ’s .")
_CORE_ENDS = frozenset((",", "(", ";", ":")) | DASHES
_RELATIVES = words("who which whose that")
_MARKS = frozenset(('"', "“", "”"))
_BODY_WORDS = NO_PERSON - words("jewish muslim christian arab islamic american general minister new")
_NO_BODY_WORDS = words("strip hills heights bank west east north south middle river sea road")  # alone they name places
OUTLET_WORDS = words(
    "times post journal news guardian tribune herald telegraph tv television radio gazette observer daily newspaper"
    " magazine broadcasting broadcaster network media press reuters afp ap wafa xinhua tass cnn bbc npr cbs nbc abc msnbc"
    " ani pti dpa efe axios haaretz politico bloomberg aljazeera jazeera arabiya channel"
)
_OUTLET_AT_END = 2  # words from a name's end among which one says that it is an outlet
_MAX_NAME = 8  # tokens
_FULL_NAME = 2  # words
_SHORTEST_ACRONYM = 3  # letters


def find_named_source(doc: Doc, source: Interval) -> tuple[Interval, CandidateKind] | None:
    """Return the name that a source is, or whose spokesperson it is, and what it names; None where that is unclear."""
    start, end = source
    end = _find_core_end(doc, start, end)
    first = _find_name_start(doc, start, end)
    before = [doc[i].lower_ for i in range(start, first)]
    is_about = any(word in LINKS or word == "and" for word in before) and SPOKES_NOUNS.isdisjoint(before)
    if first == end or end - first > _MAX_NAME or is_about:
        return None
    person = _find_person_start(doc, first, end)
    kind = _judge_kind(doc, person, end) if person == first else CandidateKind.PERSON
    return ((person, end), kind) if kind else None


def _find_core_end(doc: Doc, start: int, end: int) -> int:
    """Return where the phrase proper ends: before its apposition, its relative clause, quotation marks, spaces."""
    core = next((i for i in range(start + 1, end) if doc[i].text in _CORE_ENDS or doc[i].lower_ in _RELATIVES), end)
    while core > start and (doc[core - 1].is_space or doc[core - 1].text in _MARKS):
        core -= 1
    return core


def _find_name_start(doc: Doc, start: int, end: int) -> int:
    """Return where the run of capitalised words that ends at ``end`` begins; ``end`` where there is none."""
    first = at = end
    while at > start:
        token = doc[at - 1]
        if _is_capital(token) and token.lower_ not in DETERMINERS | SUBJECT_PRONOUNS | LINKS:
            first = at - 1
        elif token.lower_ not in _JOINTS or first == end:
            break
        at -= 1
    return first


def _find_person_start(doc: Doc, first: int, end: int) -> int:
    """Return where the person's name begins after titles: "Ambassador to the UN | Ann Example", "Post's | Ann Example"."""
    for at in range(end - 2, first, -1):
        if doc[at - 1].lower_ in TITLES or doc[at - 1].lower_ in POSSESSIVES:
            names = [token for token in doc[at:end] if _is_capital(token)]
            is_person = len(names) > 1 and all(
                token.lower_ not in _BODY_WORDS and token.lower_ not in TITLES for token in names
            )
            return at if is_person else first
    return first


def _judge_kind(doc: Doc, start: int, end: int) -> CandidateKind | None:
    """Return what a name names, or None where it may be no name at all."""
    tokens = list(doc[start:end])
    capitals = [token for token in tokens if _is_capital(token)]
    if any(token.lower_ in WEEKDAYS | MONTHS for token in capitals) or all(
        token.lower_ in TITLES | _NO_BODY_WORDS for token in capitals
    ):
        return None
    if any(token.lower_ in OUTLET_WORDS for token in capitals[-_OUTLET_AT_END:]):
        return CandidateKind.OUTLET
    if len(capitals) == _FULL_NAME and capitals[0].lower_ in HE_NAMES | SHE_NAMES:
        return CandidateKind.PERSON
    if any(token.lower_ in _BODY_WORDS for token in tokens):
        return CandidateKind.BODY if len(capitals) > 1 else None
    label = doc[end - 1].ent_type_
    return judge_label(label) if label else _judge_unlabelled(doc, start, capitals)


def judge_label(label: str) -> CandidateKind | None:
    """Return what a name with a model's label names, or None for what cannot be an actor: a day, a people, a place."""
    if label in _NO_ACTOR_LABELS:
        return None
    if label in PERSON_LABELS:
        return CandidateKind.PERSON
    return CandidateKind.BODY if label in _BODY_LABELS else CandidateKind.UNKNOWN


def _judge_unlabelled(doc: Doc, start: int, capitals: list[Token]) -> CandidateKind | None:
    if len(capitals) > 1:
        return CandidateKind.UNKNOWN
    if capitals[0].text.isupper() and len(capitals[0].text) >= _SHORTEST_ACRONYM:
        return CandidateKind.BODY
    return CandidateKind.PERSON if start and doc[start - 1].lower_ in HONORIFICS else None


def _is_capital(token: Token) -> bool:
    return token.text[:1].isupper()
