"""The words that introduce somebody: the title before a name, the description after it."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from volteface.language.annotations import Interval
from volteface.language.candidates import NO_PERSON
from volteface.language.lexicon import DETERMINERS, HONORIFICS, SPOKES_NOUNS, TITLES, words
from volteface.language.named_sources import OUTLET_WORDS

_REPORTING = re.compile(r",? (?:and [A-Z][\w-]+ [A-Z][\w-]+ )?(?:reporting|speaking|reported) (?:from|for|near|live)")
_STAFF = r"[Cc]orrespondent|[Cc]olumnist|[Rr]eporter|[Ee]ditor|[Bb]ureau [Cc]hief"
_OUTLETS = "|".join(sorted(form for word in OUTLET_WORDS for form in {word.title(), word.upper()}))
_OWN = re.compile(rf"(?:\b(?:{_OUTLETS})(?:[’']s? (?:[\w-]+ ){{0,3}}| (?:[\w-]+ ){{0,2}}journalist )|\b(?:{_STAFF}) )$")
_REACH = 60  # characters before a name
_MAX_ROLE = 14  # tokens of a description beside a name
_LINKS = words("of for and - the 's ’s")
_OPENERS = DETERMINERS | TITLES | SPOKES_NOUNS | words("who head")
_CLOSERS = frozenset((",", ".", ";", "—", "–", '"', "“", "”"))


def find_introduction(doc: Doc, text: str, name: str) -> tuple[Interval, ...]:
    """Return the tokens that introduce a name where the text first has it: a title, an apposition, both or neither.

    ``text``: the Doc's own, which spaCy makes anew each time it is asked.
    """
    match = _spell(name).search(text)
    span = doc.char_span(*match.span()) if match else None
    if span is None:
        return ()
    found = (_find_title(doc, span.start), _find_apposition(doc, span.end))
    return tuple(interval for interval in found if interval)


def is_reporter(text: str, name: str) -> bool:
    """Tell whether somebody is an outlet's own voice: "Ann Example, reporting from ...", "The Daily News's Ann Example"."""
    for match in _spell(name).finditer(text):
        before = text[max(0, match.start() - _REACH) : match.start()]
        if _OWN.search(before) or _REPORTING.match(text, match.end()):
            return True
    return False


def _spell(name: str) -> re.Pattern[str]:
    spaced = r"\s+".join(map(re.escape, name.split()))
    return re.compile(rf"(?<!\w){spaced}(?!\w)")


def _find_title(doc: Doc, start: int) -> Interval | None:
    """Return the words before a name that say what it is: "Israeli foreign minister"."""
    first, floor = start, doc[start].sent.start
    while first > floor and start - first < _MAX_ROLE:
        token = doc[first - 1]
        is_link = token.lower_ in _LINKS and first < start
        if not (token.lower_ in TITLES or token.lower_ in SPOKES_NOUNS or is_link or _is_proper(doc, first - 1, start)):
            break
        first -= 1
    while first < start and (doc[first].lower_ in _LINKS or doc[first].is_punct):
        first += 1
    says = (TITLES | SPOKES_NOUNS) - (HONORIFICS - words("president prime"))
    return (first, start) if any(doc[i].lower_ in says for i in range(first, start)) else None


def _is_proper(doc: Doc, index: int, start: int) -> bool:
    """As in "Gaza health ministry spokesman X": a name or noun that a title follows."""
    follows_title = any(doc[i].lower_ in TITLES | SPOKES_NOUNS for i in range(index + 1, start))
    return follows_title and (doc[index].text[:1].isupper() or doc[index].lower_ in NO_PERSON)


def _find_apposition(doc: Doc, end: int) -> Interval | None:
    """Return the description after a name and a comma: "a political analyst at Example University"."""
    ceiling = min(doc[end - 1].sent.end, end + 1 + _MAX_ROLE)
    if end + 1 >= ceiling or doc[end].text != ",":
        return None
    if doc[end + 1].lower_ not in _OPENERS:
        return None
    close = next((i for i in range(end + 1, ceiling) if doc[i].text in _CLOSERS), None)
    return (end + 1, close) if close is not None and close > end + 1 else None
