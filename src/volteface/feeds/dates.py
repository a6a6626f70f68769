"""When an entry was published, as far as its feed really says so. No date is ever made up."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # no news feed is older; an earlier date is a default or a typing error
FUTURE_TOLERANCE = timedelta(hours=24)  # clocks and zones of publishers differ by hours, not by days

# The zone names that feedparser's RFC 822 reader knows. Any other name it silently reads as UTC, hours off.
_KNOWN_ZONES = frozenset(
    ["UT", "UTC", "GMT", "Z", "AST", "ADT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "A", "N", "M", "Y"]
)
_ZONE_NAME = re.compile(r"\d\s+\(?([A-Za-z]{1,5})\)?\s*$")


def read_date(raw: str | None, parsed: time.struct_time | None, *, fetched_at: datetime | None) -> datetime | None:
    """Return the instant that feedparser read (``parsed``, UTC) from ``raw``, or None where it cannot be trusted.

    None too for a date before 1995, for one more than a day after ``fetched_at``, and for a zone name that is no
    standard one ("IST" is Indian, Israeli or Irish time). Does not read the clock.
    """
    if not raw or parsed is None or _has_unknown_zone(raw):
        return None
    try:
        instant = datetime(*parsed[:5], min(parsed[5], 59), tzinfo=UTC)  # a leap second is its minute's last second
    except (ValueError, OverflowError):  # year 10000, day 0
        return None
    return check_date(instant, fetched_at=fetched_at)


def check_date(instant: datetime, *, fetched_at: datetime | None) -> datetime | None:
    """Return the instant, or None where it lies before 1995 or more than a day after ``fetched_at``."""
    if instant < EARLIEST:
        return None
    if fetched_at is not None and instant - FUTURE_TOLERANCE > fetched_at:
        return None
    return instant


def _has_unknown_zone(raw: str) -> bool:
    match = _ZONE_NAME.search(raw)
    return match is not None and match[1].upper() not in _KNOWN_ZONES
