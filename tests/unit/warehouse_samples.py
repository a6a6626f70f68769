"""A small warehouse to look at: one outlet, one actor, one issue, two articles that contradict each other."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import NoneType, SimpleNamespace
from typing import Any, get_args, get_origin, get_type_hints

from volteface.adapters.warehouse import Warehouse
from volteface.config.actors import Actor
from volteface.config.feeds import FeedConfig
from volteface.config.issues import Issue
from volteface.models import (
    Article,
    ArticleVersion,
    Basis,
    ChangeKind,
    ChangeState,
    Entry,
    EventClaim,
    EventState,
    FeedFetch,
    FeedState,
    FetchOutcome,
    Origin,
    PageFetch,
    ParseStatus,
    Position,
    PositionChange,
    QuoteType,
    Run,
    Stance,
    Statement,
)

ROOT = Path(__file__).resolve().parents[2] / "warehouse"
NOW = datetime(2024, 3, 27, 12, 0, 0, 123456, tzinfo=UTC)
DAY = timedelta(days=1)
MODEL = "rules-1"


def open_warehouse(path: Path, **options: Any):
    """Open a warehouse with the project's own migrations and views."""
    return Warehouse.open(path, migrations=ROOT / "migrations", views=ROOT / "views", **options)


def make_sample(cls: type, *, is_bare: bool, number: int = 1) -> Any:
    """Build a model with a value of its own in each field, or, if bare, None wherever that is allowed."""
    hints = get_type_hints(cls)
    return cls(**{f.name: _make_value(hints[f.name], f.name, number, is_bare=is_bare) for f in fields(cls)})


def _make_value(hint: Any, name: str, number: int, *, is_bare: bool) -> Any:
    arguments = get_args(hint)
    if NoneType in arguments:
        return None if is_bare else _make_value(arguments[0], name, number, is_bare=is_bare)
    if get_origin(hint) is tuple:
        return () if is_bare else ("first", "it's a “second”, with a comma")
    if get_origin(hint) is dict:
        return {} if is_bare else {"pages": number}
    if issubclass(hint, StrEnum):
        return list(hint)[number % len(hint)]
    values = {bool: not is_bare, int: 1000 + number, float: 0.1 + number, datetime: NOW + number * DAY}
    return values.get(hint, f"{name} {number} é 😀 \u2028\t\n\"'\\ \x00")


def make_config(*, actors: tuple[Actor, ...] | None = None) -> Any:
    """Build what save_dimensions reads of a configuration."""
    ministry = Actor.model_validate(
        {
            "id": "ministry",
            "name": "The Ministry",
            "kind": "government",
            "aliases": ["Ministry of Crossings"],
            "demonyms": ["Ministerial"],
            "roles": [{"title": "member", "of": "ministry", "since": date(2020, 1, 1)}],
        }
    )
    feed = FeedConfig.model_validate(
        {
            "id": "daily",
            "outlet": "The Daily Example",
            "url": "https://daily.example/feed",
            "publisher_family": "daily",
            "source_type": "national",
            "language": "en",
            "actor": "ministry",
        }
    )
    issue = Issue.model_validate(
        {"id": "crossing", "name": "The crossing", "proposition": "The crossing opens.", "terms": ["crossing"]}
    )
    return SimpleNamespace(feeds=(feed,), actors=actors or (ministry,), issues=(issue,))


def make_article(number: int, **changes: Any) -> Article:
    """Build an article of the daily, first seen on the ``number``-th day."""
    values = {
        "article_id": f"a{number}",
        "feed_id": "daily",
        "outlet": "The Daily Example",
        "url": f"https://daily.example/{number}",
        "canonical_url": f"https://daily.example/{number}",
        "title": f"Title {number}",
        "first_seen_at": NOW + (number - 1) * DAY,
        "published_at": NOW + (number - 1) * DAY,
        "published_at_basis": "feed",
    }
    return Article(**{**values, **changes})


def make_version(number: int, version_number: int = 1, text: str | None = None) -> ArticleVersion:
    """Build a version of article ``number``."""
    text = text or f"Text {number}. The Ministry said on Monday."
    return ArticleVersion(
        version_id=f"a{number}v{version_number}",
        article_id=f"a{number}",
        version_number=version_number,
        seen_at=NOW + (number - 1) * DAY + timedelta(hours=version_number),
        title=f"Title {number}",
        text=text,
        text_sha256=f"sha of {text}",
        text_basis="page",
        extractor="test",
        language="en",
        raw_sha256=None,
    )


def make_statement(number: int, **changes: Any) -> Statement:
    """Build a statement that is verbatim in version 1 of article ``number``."""
    values = {
        "statement_id": f"s{number}",
        "article_id": f"a{number}",
        "version_id": f"a{number}v1",
        "origin_id": "daily",
        "actor_id": "ministry",
        "speaker_text": "The Ministry",
        "issue_id": "crossing",
        "stance": Stance.SUPPORT if number % 2 else Stance.OPPOSE,
        "strength": 2,
        "basis": Basis.ON_RECORD,
        "quote_type": QuoteType.INDIRECT,
        "evidence": f"Text {number}",
        "evidence_start": 0,
        "evidence_end": len(f"Text {number}"),
        "stated_at": NOW + (number - 1) * DAY,
        "known_from": NOW + (number - 1) * DAY,
        "confidence": 0.9,
        "rule_id": "r1",
        "model_version": MODEL,
    }
    return Statement(**{**values, **changes})


def make_claim(number: int, **changes: Any) -> EventClaim:
    """Build an event claim that is verbatim in version 1 of article ``number``."""
    values = {
        "claim_id": f"c{number}",
        "event_id": "visit",
        "issue_id": "crossing",
        "state": EventState.AGREED,
        "claimed_by": "anonymous:ministry",
        "about_actor_id": None,
        "basis": Basis.ANONYMOUS,
        "mode": None,
        "scheduled_for": None,
        "statement_id": None,
        "article_id": f"a{number}",
        "version_id": f"a{number}v1",
        "origin_id": "daily",
        "evidence": f"Text {number}",
        "evidence_start": 0,
        "evidence_end": len(f"Text {number}"),
        "stated_at": None,
        "known_from": NOW,
        "confidence": 0.8,
        "rule_id": None,
        "model_version": MODEL,
    }
    return EventClaim(**{**values, **changes})


def make_position(number: int, **changes: Any) -> Position:
    """Build a position that statement ``number`` leads."""
    values = {
        "position_id": f"p{number}",
        "actor_id": "ministry",
        "issue_id": "crossing",
        "basis": Basis.ON_RECORD,
        "stance": Stance.SUPPORT if number % 2 else Stance.OPPOSE,
        "strength": 2,
        "conditional": False,
        "valid_from": NOW + (number - 1) * DAY,
        "valid_to": None,
        "known_from": NOW + (number - 1) * DAY,
        "last_stated_at": NOW + (number - 1) * DAY,
        "stale_from": NOW + 90 * DAY,
        "statement_count": 1,
        "origin_count": 1,
        "confidence": 0.9,
        "lead_statement_id": f"s{number}",
    }
    return Position(**{**values, **changes})


def make_change(**changes: Any) -> PositionChange:
    """Build the flip between statements 1 and 2."""
    values = {
        "change_id": "flip1",
        "kind": ChangeKind.FLIP,
        "state": ChangeState.CONFIRMED,
        "actor_id": "ministry",
        "issue_id": "crossing",
        "basis": Basis.ON_RECORD,
        "before_statement_id": "s1",
        "after_statement_id": "s2",
        "changed_at": NOW + DAY,
        "known_from": NOW + DAY,
        "confidence": 0.8,
        "before_origin_count": 1,
        "after_origin_count": 1,
        "summary": "The Ministry: support, then oppose",
    }
    return PositionChange(**{**values, **changes})


def make_page_fetch(number: int, **changes: Any) -> PageFetch:
    """Build an attempt at the page of article ``number``."""
    values = {
        "fetch_id": f"f{number}",
        "article_id": f"a{number}",
        "run_id": "run1",
        "url": f"https://daily.example/{number}",
        "fetched_at": NOW,
        "outcome": FetchOutcome.OK,
        "http_status": 200,
        "extract_outcome": None,
        "error": None,
    }
    return PageFetch(**{**values, **changes})


def make_feed_fetch(number: int, **changes: Any) -> FeedFetch:
    """Build a poll of the daily, ``number`` hours before now."""
    values = {
        "fetch_id": f"poll{number}",
        "feed_id": "daily",
        "run_id": "run1",
        "fetched_at": NOW - timedelta(hours=number),
        "outcome": FetchOutcome.OK,
        "http_status": 200,
        "parse_status": ParseStatus.OK,
        "entry_count": 10,
        "new_entry_count": 4,
        "in_scope_count": 2,
        "body_sha256": None,
        "duration_ms": 5,
        "error": None,
    }
    return FeedFetch(**{**values, **changes})


def make_entry(number: int) -> Entry:
    """Build an entry of the daily."""
    return Entry(
        entry_id=f"e{number}",
        feed_id="daily",
        guid=None,
        url=f"https://daily.example/{number}",
        canonical_url=f"https://daily.example/{number}",
        title=f"Title {number}",
        summary="",
        published_raw=None,
        published_at=None,
    )


def save_passages(warehouse: Warehouse, *numbers: int) -> None:
    """Save articles with their first version and its origin."""
    warehouse.save_articles([make_article(number) for number in numbers])
    warehouse.save_versions([make_version(number) for number in numbers])
    warehouse.save_origins(
        [Origin(version_id=f"a{number}v1", origin_id="daily", basis="publisher_family") for number in numbers]
    )


def save_positions(warehouse: Warehouse, *positions: Position, at: datetime = NOW, since: date = date.min) -> None:
    """Save what follows from the statements of the ministry's group, settled up to a day."""
    warehouse.mark_touched({("ministry", "crossing"): since})
    warehouse.save_positions([("ministry", position) for position in positions], at)


def save_changes(warehouse: Warehouse, *changes: PositionChange, at: datetime = NOW, since: date = date.min) -> None:
    """Save the changes of the ministry's group, settled up to a day."""
    warehouse.mark_touched({("ministry", "crossing"): since})
    rows = [("ministry", change.changed_at.date(), change) for change in changes]
    warehouse.save_touched_changes(rows, detected_at=at)


def fill(warehouse: Warehouse) -> None:
    """Save a whole small history: the ministry was for the opening, and a day later against it."""
    warehouse.save_dimensions(make_config())
    warehouse.save_run(
        Run(run_id="run1", flow="monitor", started_at=NOW + 3 * DAY, ended_at=NOW + 3 * DAY, state="completed")
    )
    warehouse.save_feed_states([FeedState(feed_id="daily", polled_at=NOW, succeeded_at=NOW)])
    failed = make_feed_fetch(24, outcome=FetchOutcome.TIMEOUT, parse_status=None, new_entry_count=0, error="slow")
    warehouse.save_feed_fetches([make_feed_fetch(0), failed])
    warehouse.save_entries([make_entry(1), make_entry(2)], NOW, {"e1": "crossing"})
    save_passages(warehouse, 1, 2)
    warehouse.save_page_fetches([make_page_fetch(1), make_page_fetch(2)])
    passages = warehouse.load_untagged_passages(MODEL)
    warehouse.save_tagged(passages, MODEL, [make_statement(1), make_statement(2)], [make_claim(1)], NOW)
    save_positions(warehouse, make_position(1), at=NOW)
    save_positions(warehouse, make_position(1, valid_to=NOW + DAY), make_position(2), at=NOW + DAY)
    save_changes(warehouse, make_change(), at=NOW + 2 * DAY)
