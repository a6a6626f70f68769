"""Statements and claims for the tests of positions, with only what a test is about written out."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from volteface.config.settings import ChangePolicy
from volteface.models import Basis, EventClaim, EventState, QuoteType, Stance, Statement
from volteface.positions.findings import Labels, Setting
from volteface.positions.sides import Sides

POLICY = ChangePolicy()
SETTING = Setting(policy=POLICY, sides=Sides((), ()), labels=Labels((), ()))
_NUMBERS = count()


def on(day: str) -> datetime:
    """Return an instant: the day of March 2024, or an ISO date."""
    text = f"2024-03-{int(day):02d}" if len(day) <= 2 else day
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def say(stance: str, day: str, **fields: Any) -> Statement:
    """Return a sure, explicit, on-record statement of its own origin, hand-coded: it stands in no article."""
    number = next(_NUMBERS)
    stated_at = on(day)
    values: dict[str, Any] = {
        "statement_id": f"s{number}",
        "article_id": "",
        "version_id": "",
        "origin_id": f"o{number}",
        "actor_id": "a",
        "speaker_text": "A",
        "issue_id": "i",
        "stance": Stance(stance),
        "strength": 2,
        "basis": Basis.ON_RECORD,
        "quote_type": QuoteType.NONE,
        "evidence": f"evidence {number}",
        "evidence_start": 0,
        "evidence_end": 10,
        "stated_at": stated_at,
        "known_from": stated_at,
        "confidence": 1.0,
        "rule_id": None,
        "model_version": "test",
    }
    return Statement(**(values | fields))


def report(stance: str, day: str, **fields: Any) -> Statement:
    """Return a statement as an article gives it: indirect speech, read at .9 confidence."""
    number = next(_NUMBERS)
    article = {
        "article_id": f"article-{number}",
        "version_id": f"version-{number}",
        "quote_type": QuoteType.INDIRECT,
        "confidence": 0.9,
    }
    return say(stance, day, **(article | fields))


def claim(state: str, day: str, claimed_by: str, about: str | None, **fields: Any) -> EventClaim:
    """Return an on-record claim about the planned event ``talks``, of its own origin and article."""
    number = next(_NUMBERS)
    values: dict[str, Any] = {
        "claim_id": f"c{number}",
        "event_id": "talks",
        "issue_id": "i",
        "state": EventState(state),
        "claimed_by": claimed_by,
        "about_actor_id": about,
        "basis": Basis.ON_RECORD,
        "mode": None,
        "scheduled_for": None,
        "statement_id": None,
        "article_id": f"article-{number}",
        "version_id": f"version-{number}",
        "origin_id": f"o{number}",
        "evidence": "evidence",
        "evidence_start": 0,
        "evidence_end": 8,
        "stated_at": on(day),
        "known_from": on(day),
        "confidence": 0.9,
        "rule_id": None,
        "model_version": "test",
    }
    return EventClaim(**(values | fields))
