"""Whether what a sentence tells lies in a past that it does not date: background, and no news of the article's day.

"Israel has enforced a blockade since Hamas took over", "shortly afterwards it closed the crossing", "he had resisted
calls for a truce". Such words and deeds are no later than the article and maybe much earlier: their day is not known,
and the article's own would be made up. Needs a parse: what an anchor in the past hangs on is the parser's to say, and
without one nothing is bygone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from spacy.tokens import Doc

from volteface.language.annotations import Attribution, Interval, IssueHit
from volteface.language.lexicon import MONTHS, PAST_FORMS, words

_SUBJECTS = frozenset(("nsubj", "nsubj:pass"))
_HELPERS = frozenset(("aux", "aux:pass", "cop"))
_CARRIED = frozenset(("conj", "xcomp", "ccomp"))
_INTRODUCERS = frozenset(("case", "mark", "advmod"))
_ANCHORS = words("after following since when once")
_ADVERBS = words("initially originally previously formerly")
_UNITS = words("day days week weeks month months year years decade decades")
_SPANS = _UNITS - words("day days")
_LAST = words("week month year summer autumn fall winter spring decade century") | MONTHS
_AFTERWARDS = words("afterward afterwards thereafter")
_BEGUN = words("began begun started broke erupted start beginning outbreak outset")
_WARS = words("war wars conflict fighting hostilities crisis")
_OPENING = words("first early opening initial immediate")
_AGES = words("days weeks hours months aftermath stages")
_WAKES = words("wake aftermath response retaliation revenge")
_CITING = words("according per")  # who gives the figures of a sentence has not told the rest of it that day
_YEAR = re.compile(r"(?:19|20)\d\d")
_HIGHEST = 8  # heads to climb over
_FRESH = timedelta(days=3)  # so long what follows a day that everybody knows is news


@dataclass(frozen=True, slots=True)
class Telling:
    """Where a telling stands: its Doc and sentence, when it was published, and the days that everybody knows of, by issue."""

    doc: Doc
    sentence: Interval
    published_at: datetime
    landmarks: Mapping[str, date]


def find_predicates(doc: Doc, sentence: Interval, cue: Interval) -> frozenset[int]:
    """Return the verbs that a time must hang on to be that of the cue; empty where there is no parse.

    What somebody says is dated by the saying: its own times are those of what it is about. A verb that is joined to
    another, or completes it, shares its time.
    """
    if not doc.has_annotation("DEP"):
        return frozenset()
    token = _find_verb(doc, cue)
    saying = _find_saying(doc, sentence, cue)
    if saying and _embraces(doc, said := _find_verb(doc, saying), token):
        token = said
    found = {token}
    for _ in range(_HIGHEST):
        if doc[token].dep_ not in _CARRIED and not _is_accompanying(doc, token):
            break
        token = doc[token].head.i
        found.add(token)
    return frozenset(found)


def hangs_on(doc: Doc, token: int, predicates: frozenset[int]) -> bool:
    """Tell whether a word of time says when one of the predicates was; where there is no parse, it does."""
    if not predicates:
        return True
    governor = _find_governor(doc, token)
    while governor not in predicates and doc[governor].dep_ == "xcomp":  # "vowed to go on" is one telling
        governor = doc[governor].head.i
    return governor in predicates


def is_bygone(telling: Telling, predicates: frozenset[int]) -> bool:
    """Tell whether the sentence puts the predicates into a past that it does not date."""
    doc = telling.doc
    if not predicates:
        return False
    if any(_is_past_by_itself(doc, verb) for verb in predicates):
        return True
    return any(hangs_on(doc, token, predicates) for token in _list_anchors(telling))


def _find_saying(doc: Doc, sentence: Interval, cue: Interval) -> Interval | None:
    """Return the cue of the outermost attribution of a sentence in whose content another cue stands."""
    attributions: Iterable[Attribution] = doc._.attributions
    sayings = [
        one.cue
        for one in attributions
        if one.cue is not None
        and doc[one.cue[0]].lower_ not in _CITING
        and sentence[0] <= one.cue[0] < sentence[1]
        and any(start <= cue[0] < end for start, end in one.contents)
        and not one.is_nested
    ]
    return sayings[0] if sayings else None


def _embraces(doc: Doc, saying: int, verb: int) -> bool:
    """Tell whether a verb of saying stands over another, or beside it ("..., she said")."""
    return doc[saying].dep_ == "parataxis" or any(above.i == saying for above in doc[verb].ancestors)


def _find_verb(doc: Doc, span: Interval) -> int:
    verb = next((token for token in range(*span) if _is_verb(doc, token)), None)
    return verb if verb is not None else _climb(doc, span[0])


def _is_verb(doc: Doc, token: int) -> bool:
    return doc[token].pos_ == "VERB" or (doc[token].pos_ == "AUX" and doc[token].dep_ not in _HELPERS)


def _climb(doc: Doc, token: int) -> int:
    """Return the nearest verb at or above a token, or the root."""
    for _ in range(_HIGHEST):
        if _is_verb(doc, token) or doc[token].head.i == token:
            break
        token = doc[token].head.i
    return token


def _find_governor(doc: Doc, token: int) -> int:
    """Return the verb that the phrase or clause which a word opens or belongs to hangs on."""
    governor = _climb(doc, doc[token].head.i)
    if doc[token].lower_ in _ANCHORS:
        while doc[governor].dep_ == "advcl" and (doc[token].head.i == governor or doc[governor].left_edge.i >= token):
            governor = _climb(doc, doc[governor].head.i)  # its own clause: that hangs on the next one
    return governor


def _find_top(doc: Doc, opener: int) -> int:
    """Return the head of the phrase or clause that "since", "after" or "when" opens."""
    if doc[opener].dep_ not in _INTRODUCERS:
        return opener
    head = doc[opener].head
    return head.head.i if doc[opener].dep_ == "case" and head.dep_ in _SUBJECTS else head.i


def _is_accompanying(doc: Doc, token: int) -> bool:
    """Tell whether it is a clause without a subject or an opener: "..., preventing food from getting in"."""
    relations = {child.dep_ for child in doc[token].children}
    return doc[token].dep_ == "advcl" and relations.isdisjoint({"nsubj", "nsubj:pass", "mark"})


def _is_past_by_itself(doc: Doc, verb: int) -> bool:
    """Tell whether a verb has "had" or an adverb of old beside it: "had rejected", "initially rejected"."""
    return any(
        (child.dep_ == "aux" and child.lower_ == "had") or (child.dep_ == "advmod" and child.lower_ in _ADVERBS)
        for child in doc[verb].children
    )


def _list_anchors(telling: Telling) -> Iterator[int]:
    """Yield the words that open an anchor in the past, in text order."""
    start, end = telling.sentence
    lowers = [token.lower_ for token in telling.doc[start:end]]
    for index, word in enumerate(lowers):
        after = lowers[index + 1 : index + 6]
        is_opener = word in _ANCHORS or (word == "in" and not _WAKES.isdisjoint(after[:2]))
        if (is_opener and _opens_known_time(telling, start + index)) or _is_vague(word, after, telling.published_at):
            yield start + index


def _is_vague(word: str, after: Sequence[str], published_at: datetime) -> bool:
    """Tell whether words name a time in the past without its day: "ago", "last month", "in 2014", "weeks later"."""
    following = [*after, *[""] * 6]
    if word == "ago" or (word == "last" and following[0] in _LAST):
        return True
    if word == "earlier":
        return following[0] in {"this", "in"} and (following[1] in _SPANS or following[2] in _SPANS)
    if word in _UNITS | {"shortly", "soon"}:
        is_bare = following[0] == "after" and not following[1].isalnum()
        return following[0] in _AFTERWARDS or is_bare or (word in _UNITS and following[0] in {"later", "after"})
    if word == "at":
        return following[0] == "the" and (following[1] == "time" or _is_of_war(following))
    return word == "in" and _is_other_age(following, published_at)


def _is_of_war(after: Sequence[str]) -> bool:
    """Tell whether it is "the start of the war"."""
    return after[1] in _BEGUN and after[2] == "of" and not _WARS.isdisjoint(after[3:6])


def _is_other_age(after: Sequence[str], published_at: datetime) -> bool:
    """Tell whether "in" opens a year or month before publication's own, or the first days of something."""
    if _YEAR.fullmatch(after[0]):
        return int(after[0]) < published_at.year
    if after[0] in MONTHS:
        return not published_at.strftime("%B").lower().startswith(after[0].rstrip(".")[:3])
    return after[0] == "the" and after[1] in _OPENING and after[2] in _AGES


def _opens_known_time(telling: Telling, opener: int) -> bool:
    """Tell whether "since", "after" or "when" opens a time that was known before the article's day."""
    doc = telling.doc
    top = doc[_find_top(doc, opener)]
    first, last = max(top.left_edge.i, opener), top.right_edge.i
    lowers = frozenset(token.lower_ for token in doc[first : last + 1])
    if lowers & _BEGUN and lowers & _WARS:
        return True
    if _holds_landmark(doc._.issue_hits, (first, last + 1), telling):
        return True
    return doc[opener].lower_ == "since" and (not _is_verb(doc, top.i) or _is_temporal(lowers, top.lower_))


def _holds_landmark(hits: Iterable[IssueHit], phrase: Interval, telling: Telling) -> bool:
    known = (
        telling.landmarks[hit.issue_id]
        for hit in hits
        if hit.issue_id in telling.landmarks and phrase[0] <= hit.start < phrase[1]
    )
    return any(telling.published_at.date() - day > _FRESH for day in known)


def _is_temporal(lowers: frozenset[str], top: str) -> bool:
    """Tell whether a clause after "since" is of time: with a year, a month or a past verb; not for "because"."""
    dated = bool(lowers & MONTHS) or any(map(_YEAR.fullmatch, lowers))
    return dated or top in PAST_FORMS or top.endswith("ed")
