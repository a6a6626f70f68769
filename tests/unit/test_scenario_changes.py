"""The scenario as a careful coder reads it gives the seven changes of the design, and nothing else.

This is the definition of a change on its own: no tagger is run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from volteface.config import Config, load_config
from volteface.models import (
    Basis,
    ChangeState,
    EventClaim,
    EventState,
    PositionChange,
    QuoteType,
    Stance,
    Statement,
    identify,
)
from volteface.positions.changes import detect_changes

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config(ROOT)


@pytest.fixture(scope="module")
def articles() -> list[dict]:
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((GOLDEN / "scenario").glob("*.json"))]
    return [article for article in found if article["in_scope"]]


def read_when(article: dict, row: dict) -> datetime:
    """Return when a statement was made: its own day where that is another than the article's."""
    published = datetime.fromisoformat(article["published_at"])
    day = row.get("when", published.date().isoformat())
    return published if day == published.date().isoformat() else datetime.fromisoformat(day).replace(tzinfo=UTC)


def describe_place(article: dict, row: dict) -> dict:
    """Return the fields that a statement and a claim share."""
    text = "\n".join([article["title"], *article["paragraphs"]])
    start = text.index(row["evidence"])
    return {
        "article_id": article["id"],
        "version_id": identify(article["id"]),
        "origin_id": (article["copy_of"] or article["id"]).split("-")[0],  # the outlet that reported it first
        "evidence": row["evidence"],
        "evidence_start": start,
        "evidence_end": start + len(row["evidence"]),
        "stated_at": read_when(article, row),
        "known_from": datetime.fromisoformat(article["published_at"]),
        "confidence": 0.9,
        "rule_id": None,
        "model_version": "a careful coder",
        "is_private": row.get("is_private", False),
    }


def code_statements(article: dict) -> Iterator[Statement]:
    for row in article["expected"]:
        yield Statement(
            statement_id=identify(article["id"], row["actor"], row["issue"], row["basis"], row["evidence"]),
            actor_id=row["actor"],
            speaker_text=row["actor"],
            issue_id=row["issue"],
            stance=Stance(row["stance"]),
            strength=row["strength"],
            basis=Basis(row["basis"]),
            quote_type=QuoteType(row["quote_type"]),
            rationale=row.get("rationale"),
            reported_by=row.get("reported_by"),
            is_declined=row.get("is_declined", False),
            **describe_place(article, row),
        )


def code_claims(article: dict) -> Iterator[EventClaim]:
    for row in article["expected_claims"]:
        day = row.get("scheduled_for")
        yield EventClaim(
            claim_id=identify(article["id"], row["state"], row["claimed_by"], row["evidence"]),
            event_id=row["event"],
            issue_id="delegation-to-washington",
            state=EventState(row["state"]),
            claimed_by=row["claimed_by"],
            about_actor_id=row["about"],
            basis=Basis(row["basis"]),
            mode=row["mode"],
            scheduled_for=datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None,
            statement_id=None,
            **describe_place(article, row),
        )


def detect(articles: list[dict], config: Config) -> tuple[PositionChange, ...]:
    return detect_changes(
        [statement for article in articles for statement in code_statements(article)],
        [claim for article in articles for claim in code_claims(article)],
        actors=config.actors,
        issues=config.issues,
        policy=config.settings.changes,
    )


def test_scenario_coded_by_hand_gives_the_seven_changes_and_nothing_else(articles: list[dict], config: Config) -> None:
    changes = detect(articles, config)

    expected = json.loads((GOLDEN / "scenario-changes.json").read_text(encoding="utf-8"))["changes"]
    rest = list(changes)
    for row in expected:
        match = next(
            (
                change
                for change in rest
                if change.kind == row["kind"]
                and row["actor"] in {None, change.actor_id}
                and row["issue"] in {None, change.issue_id}
                and row["basis"] in {None, change.basis}
                and row["counter_actor"] in {None, change.counter_actor_id}
            ),
            None,
        )
        assert match is not None, row
        assert match.state is ChangeState.CONFIRMED, row
        rest.remove(match)
    assert rest == []


def test_scenario_approval_for_the_fourth_time_changes_nothing(articles: list[dict], config: Config) -> None:
    assert not [change for change in detect(articles, config) if change.issue_id == "rafah-operation"]


def test_scenario_read_in_any_order_gives_the_same_changes(articles: list[dict], config: Config) -> None:
    assert {change.change_id for change in detect(articles[::-1], config)} == {
        change.change_id for change in detect(articles, config)
    }


def test_scenario_syndicated_copy_is_no_second_origin(articles: list[dict], config: Config) -> None:
    originals = [article for article in articles if not article["copy_of"]]
    with_copy = {change.kind: change for change in detect(articles, config)}
    without = {change.kind: change for change in detect(originals, config)}
    gap = with_copy["public_private_gap"]
    assert gap.after_origin_count == without["public_private_gap"].after_origin_count
    assert replace(gap, against=()) == replace(without["public_private_gap"], against=())
