"""When something was said, where its sentence tells: a weekday, "yesterday", a day and month. Never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join(f"{month}|{month[:3]}|{month[:4]}" for month in _MONTHS)
_WEEKDAY = re.compile(
    r"\b(?P<next>next\s+)?(?:(?:on|late|early|last)\s+)+(?P<day>" + "|".join(_DAYS) + r")\b", re.IGNORECASE
)
_DAY_MONTH = re.compile(rf"\bon\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})\b", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"\bon\s+(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})\b(?!\s*,?\s*\d{{4}})", re.IGNORECASE)
_SAID_ON = re.compile(
    r"^\W*(?:late |early )?on \w+day\b|\b(?:said|told \w+|announced|stated|confirmed|declined)(?: \w+)? on \w+day\b",
    re.IGNORECASE,
)
_RELATIVE = (("yesterday", 1), ("today", 0))


Counts = Callable[[int, datetime], bool]  # the character at which a day is named, the day


def _count_all(_at: int, _day: datetime) -> bool:
    return True


def resolve_date(
    sentence: str, published_at: datetime | None, *, is_plan: bool = False, counts: Counts = _count_all
) -> datetime | None:
    """Return midnight UTC of the day that a sentence names, or ``published_at`` where it names none clearly.

    A weekday is the last one on or before publication; a day and month the last such day. None where the outlet gives
    no date: a weekday alone dates nothing. In a sentence about a plan the day may be the plan's own, so that it counts
    only where it opens the sentence or stands beside a verb of saying. ``counts`` tells whether a day that the sentence
    names is that of the telling: a day that does not count is none.
    """
    if published_at is None:
        return None
    if is_plan and not _SAID_ON.search(sentence):
        return published_at
    named = _find_named(sentence, published_at, counts)
    return named if named is not None and named.date() != published_at.astimezone(UTC).date() else published_at


def find_planned_date(sentence: str, published_at: datetime | None) -> datetime | None:
    """Return midnight UTC of the coming day that a plan names ("on Monday"): the first one from publication on."""
    if published_at is None:
        return None
    day = next((name for name in _DAYS if re.search(rf"\b{name}\b", sentence, re.IGNORECASE)), None)
    if day is None:
        return None
    start = _midnight(published_at)
    ahead = (_DAYS.index(day) - start.weekday()) % 7
    return start + timedelta(days=ahead)


def _find_named(sentence: str, published_at: datetime, counts: Counts) -> datetime | None:
    start = _midnight(published_at)
    return next((day for at, day in _list_named(sentence, start) if day is not None and counts(at, day)), None)


def _list_named(sentence: str, start: datetime) -> Iterator[tuple[int, datetime | None]]:
    """Yield the days that a sentence names, with where: weekdays first, then days of a month, then "yesterday"."""
    for found in _WEEKDAY.finditer(sentence):
        back = (start.weekday() - _DAYS.index(found["day"].lower())) % 7
        yield found.start("day"), start - timedelta(days=back)
    for found in (*_DAY_MONTH.finditer(sentence), *_MONTH_DAY.finditer(sentence)):
        yield found.start("day"), _last_such_day(int(found["day"]), found["month"].lower(), start)
    for word, days in _RELATIVE:
        for found in re.finditer(rf"\b{word}\b", sentence, re.IGNORECASE):
            yield found.start(), start - timedelta(days=days)


def _last_such_day(day: int, month: str, start: datetime) -> datetime | None:
    number = next(index for index, name in enumerate(_MONTHS, 1) if name.startswith(month[:3]))
    for year in (start.year, start.year - 1):
        try:
            named = datetime(year, number, day, tzinfo=UTC)
        except ValueError:  # 30 February is no day: the text names none
            return None
        if named <= start:
            return named
    return None


def _midnight(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
