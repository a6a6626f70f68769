"""When a statement was made or a deed done, as far as its sentence tells: its own day, the article's, or unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from spacy.tokens import Doc

from volteface.language.annotations import Interval
from volteface.language.bygone import Telling, find_predicates, hangs_on, is_bygone
from volteface.language.dates import resolve_date
from volteface.language.lexicon import words

_NEAR = timedelta(days=7)  # a weekday in the sentence is hardly ever far from the telling's own
_STRIKES = words("attack attacks assault assaults massacre massacres raid raids incursion onslaught rampage atrocities")


def tell_when(
    doc: Doc,
    sentence: Interval,
    cue: Interval | None,
    *,
    published_at: datetime | None,
    landmarks: Mapping[str, date],
    is_plan: bool = False,
) -> datetime | None:
    """Return midnight UTC of the day that the sentence names for what its cue tells, else ``published_at``.

    None where the outlet gives no date, and where the sentence puts the cue into a past that it does not date. A day
    that somebody else's deed is dated by ("their attack on 7 October") is not the cue's, nor is one that hangs on another
    verb, unless it is at most a week ago. ``landmarks`` are the days that everybody knows of, by issue.
    """
    if published_at is None:
        return None
    predicates = find_predicates(doc, sentence, cue) if cue else frozenset()
    span = doc[sentence[0] : sentence[1]]
    own: list[datetime] = []

    def counts(at: int, day: datetime) -> bool:
        token = next((t.i for t in span if t.idx <= span.start_char + at < t.idx + len(t)), sentence[0])
        if _is_landmarks(doc, (sentence[0], token), day, landmarks):
            return False
        if hangs_on(doc, token, predicates):
            own.append(day)
            return True
        return published_at - day <= _NEAR

    resolved = resolve_date(span.text, published_at, is_plan=is_plan, counts=counts)
    if own:
        return resolved
    return None if is_bygone(Telling(doc, sentence, published_at, landmarks), predicates) else resolved


def _is_landmarks(doc: Doc, before: Interval, day: datetime, landmarks: Mapping[str, date]) -> bool:
    """Tell whether a day is the known one of something that is told of before it in the sentence."""
    known = {issue_id for issue_id, on in landmarks.items() if on == day.date()}
    if not known:
        return False
    told = any(hit.issue_id in known and before[0] <= hit.start < before[1] for hit in doc._.issue_hits)
    return told or any(token.lower_ in _STRIKES for token in doc[before[0] : before[1]])
