"""`volteface events` on the golden scenario, through the real pipeline: reader, detection, snapshot, program."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime
from pathlib import Path

import pytest
from warehouse_samples import make_article, make_version

from volteface.cli import main
from volteface.config import load_config
from volteface.models import Basis, EventState
from volteface.positions.claimants import Standing, find_conflicts
from volteface.positions.sides import Sides
from volteface.stages.analyse import tag_articles
from volteface.stages.detect import detect
from volteface.stages.job import Job

ROOT = Path(__file__).resolve().parents[2]
SCENARIO = sorted((ROOT / "tests" / "golden" / "scenario").glob("*.json"))
CONFIG = load_config(ROOT)
EVENT = "rafah-meeting-washington"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The snapshot of a warehouse that holds the scenario's articles, read and detected."""
    folder = tmp_path_factory.mktemp("events")
    paths = CONFIG.settings.paths.model_copy(update={"warehouse": folder / "news.duckdb"})
    settings = CONFIG.settings.model_copy(update={"paths": paths})
    articles = [json.loads(path.read_text(encoding="utf-8")) for path in SCENARIO]
    now = datetime.fromisoformat(max(article["published_at"] for article in articles))
    job = Job(dataclasses.replace(CONFIG, settings=settings), clock=lambda: now)
    with job.open_warehouse() as warehouse:
        warehouse.save_dimensions(job.config)
        for number, article in enumerate(articles):
            when = datetime.fromisoformat(article["published_at"])
            row = make_article(number, outlet=article["outlet"], title=article["title"], published_at=when)
            version = make_version(number, text="\n".join(article["paragraphs"]))
            warehouse.save_articles([dataclasses.replace(row, first_seen_at=when)])
            warehouse.save_versions([dataclasses.replace(version, title=article["title"], seen_at=when)])
    tag_articles(job, "run1")
    detect(job, "run1")
    with job.open_warehouse() as warehouse:
        warehouse.publish_snapshot(folder / "snapshot.duckdb", run_id="run1", published_at=now)
    return folder / "snapshot.duckdb"


@pytest.fixture
def event(snapshot: Path, capsys: pytest.CaptureFixture[str]) -> dict:
    """What the program prints of the scenario's event as JSON."""
    main(["--home", str(ROOT), "events", "--json", "--snapshot", str(snapshot)])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return next(row for row in rows if row["event_id"] == EVENT)


def list_claims(event: dict) -> set[tuple[str, str, str]]:
    return {(claim["claimant_id"], claim["state"], claim["basis"]) for claim in event["claims"]}


def test_scenario_claims_stand_with_claimant_footing_and_words(event: dict) -> None:
    assert {
        ("us-government", "agreed", "reported_by_other"),
        ("israel-government", "denied", "on_record"),
        ("benjamin-netanyahu", "cancelled", "act"),
        ("us-government", "held", "act"),
    } <= list_claims(event)
    texts = ["\n".join(json.loads(path.read_text(encoding="utf-8"))["paragraphs"]) for path in SCENARIO]
    titles = [json.loads(path.read_text(encoding="utf-8"))["title"] for path in SCENARIO]
    assert all(any(claim["evidence"] in text for text in [*texts, *titles]) for claim in event["claims"])
    assert all(claim["since"] <= claim["last_stated_at"] for claim in event["claims"])


def test_scenario_conflict_is_between_the_white_house_and_the_deciders_alone(event: dict) -> None:
    claims = {claim["claim_id"]: claim for claim in event["claims"]}

    pairs = {
        (claims[one["agreed_claim_id"]]["claimant_id"], claims[one["denied_claim_id"]]["claimant_id"])
        for one in event["conflicts"]
    }
    assert pairs == {("us-government", "israel-government"), ("us-government", "benjamin-netanyahu")}
    for one in event["conflicts"]:
        assert one["denied_claim_id"] in claims[one["agreed_claim_id"]]["conflicts_with"]
    assert "contradiction" in {row["kind"] for row in event["disputes"]}


def test_scenario_history_ends_with_the_meeting_held(event: dict) -> None:
    assert [row["after_state"] for row in event["history"]][-1] == "held"
    assert {row["kind"] for row in event["history"]} == {"lifecycle"}


def test_scenario_can_be_read(snapshot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--home", str(ROOT), "events", "--snapshot", str(snapshot)])
    shown = capsys.readouterr().out

    assert "Rafah meeting of the Israeli delegation in Washington (decided by " in shown
    assert "agreed: " in shown
    assert "CONFLICT  " in shown
    assert "  history\n" in shown


def test_scenario_asked_of_the_view_by_sql(snapshot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = ROOT / "warehouse" / "queries" / "planned_events_now.sql"
    main(["--home", str(ROOT), "sql", "--file", str(query), "--format", "json", "--snapshot", str(snapshot)])
    shown = capsys.readouterr().out

    assert '"denied"' in shown


def stand(number: int, claimant: str, state: EventState, day: int, until: int | None = None) -> Standing:
    return Standing(
        claim_id=f"c{number}",
        event_id=EVENT,
        issue_id="delegation-to-washington",
        claimant_id=claimant,
        basis=Basis.ON_RECORD,
        is_private=False,
        state=state,
        since=datetime.fromisoformat(f"2024-03-{day:02}T12:00:00+00:00"),
        last_stated_at=datetime.fromisoformat(f"2024-03-{until or day:02}T12:00:00+00:00"),
    )


AGREED, DENIED = EventState.AGREED, EventState.DENIED


@pytest.mark.parametrize(
    ("one", "other", "is_conflict"),
    [
        (stand(1, "us-government", AGREED, 10), stand(2, "israel-government", DENIED, 12), True),
        (stand(1, "israel-government", DENIED, 10), stand(2, "us-government", EventState.SCHEDULED, 12), True),
        (stand(1, "anonymous:us-government", AGREED, 10), stand(2, "benjamin-netanyahu", DENIED, 12), False),
        (stand(1, "us-government", AGREED, 1), stand(2, "israel-government", DENIED, 12), False),
        (stand(1, "us-government", AGREED, 1, until=11), stand(2, "israel-government", DENIED, 12), True),
        (stand(1, "benjamin-netanyahu", AGREED, 10), stand(2, "israel-government", DENIED, 12), False),
        (stand(1, "us-government", AGREED, 12), stand(2, "israel-government", EventState.CANCELLED, 10), False),
        (stand(1, "us-government", EventState.REQUESTED, 10), stand(2, "israel-government", DENIED, 12), False),
    ],
)
def test_a_conflict_is_agreed_against_denied_of_two_sides_within_the_window(
    one: Standing, other: Standing, *, is_conflict: bool
) -> None:
    sides = Sides(CONFIG.actors, CONFIG.issues)

    assert bool(find_conflicts([one, other], sides, 7)) is is_conflict
    assert find_conflicts([one, other], sides, 7) == find_conflicts([other, one], sides, 7)
