"""Detection goes on from where it was left, and comes to what it would come to from the beginning."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from warehouse_samples import (
    DAY,
    MODEL,
    NOW,
    make_claim,
    make_statement,
    make_version,
    save_passages,
)

from volteface.adapters.warehouse import Warehouse
from volteface.config import load_config
from volteface.config.actors import Actor
from volteface.errors import WarehouseError
from volteface.models import Basis, ChangeState, EventState, Origin, Stance, Statement
from volteface.stages.detect import bring_up_to_date
from volteface.stages.job import Job

ROOT = Path(__file__).resolve().parents[2]
BODY = Actor.model_validate({"id": "ministry", "name": "The Ministry", "kind": "government"})
HEAD = Actor.model_validate(
    {"id": "head", "name": "The Head", "kind": "person", "roles": [{"title": "Prime Minister", "of": "ministry"}]}
)


class Desk:
    """A job whose clock is set by hand, over an empty warehouse."""

    def __init__(self, folder: Path) -> None:
        config = load_config(ROOT)
        paths = config.settings.paths.model_copy(update={"warehouse": folder / "news.duckdb"})
        settings = config.settings.model_copy(update={"paths": paths})
        self.now = NOW
        self.job = Job(dataclasses.replace(config, settings=settings, actors=(BODY, HEAD)), clock=lambda: self.now)

    def tell(self, number: int, *statements: Statement, origin: str = "daily", claims: Sequence[object] = ()) -> None:
        """Save an article with what was read in it, and that it was read."""
        with self.job.open_warehouse() as warehouse:
            save_passages(warehouse, number)
            warehouse.save_origins([Origin(version_id=f"a{number}v1", origin_id=origin, basis="publisher_family")])
            passages = warehouse.load_untagged_passages(MODEL)
            warehouse.save_tagged(passages, MODEL, statements, claims, self.now)  # type: ignore[arg-type]

    def detect(self, model: str = MODEL):
        return bring_up_to_date(self.job, model)

    def load(self) -> tuple[list[object], list[object]]:
        with self.job.open_warehouse() as warehouse:
            return warehouse.load_positions(), warehouse.load_changes()

    def start_anew(self) -> None:
        with self.job.open_warehouse() as warehouse:
            warehouse.forget_detection(keeps_weeks=True)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    with desk.job.hold_warehouse():
        yield desk


def flip(desk: Desk) -> None:
    """Tell of support by two outlets, and ten days later of opposition by two."""
    for number, day in ((1, 0), (2, 0), (3, 10), (4, 10)):
        said = make_statement(
            number,
            stance=Stance.SUPPORT if day == 0 else Stance.OPPOSE,
            stated_at=NOW + day * DAY,
            known_from=NOW + day * DAY,
            confidence=0.97,
        )
        desk.tell(number, said, origin=f"o{number}")
    desk.now = NOW + 11 * DAY


def test_day_by_day_is_as_all_at_once(desk: Desk) -> None:
    source = random.Random(7)
    number = 0
    for day in range(0, 120, 3):
        desk.now = NOW + day * DAY
        for _ in range(source.randrange(3)):
            number += 1
            late = source.choice([0, 0, 0, 2, 6, 30])
            desk.tell(
                number,
                make_statement(
                    number,
                    actor_id=source.choice(["ministry", "head", "anonymous:ministry", "other:guest"]),
                    issue_id=source.choice(["crossing", "crossing", "elsewhere"]),
                    stance=source.choice([Stance.SUPPORT, Stance.SUPPORT, Stance.OPPOSE, Stance.MIXED]),
                    basis=source.choice([*[Basis.ON_RECORD] * 4, *Basis]),
                    reported_by=source.choice([None, "head"]),
                    conditional=source.random() < 0.2,
                    is_private=source.random() < 0.1,
                    rationale=source.choice([None, None, "the weather was bad", "their friends asked"]),
                    stated_at=desk.now - late * DAY,
                    known_from=desk.now,
                ),
                origin=source.choice(["o1", "o2", "o3"]),
            )
        desk.detect()
    found = desk.load()
    desk.start_anew()
    report = desk.detect()

    assert desk.load() == found
    assert report.fresh == ()
    assert len(found[0]) > 10
    assert len(found[1]) > 5


def test_second_run_follows_nothing(desk: Desk) -> None:
    flip(desk)
    first = desk.detect()
    again = desk.detect()

    assert [(change.kind, change.state) for change in first.fresh] == [("flip", ChangeState.CONFIRMED)]
    assert first.counts["groups_followed"] == 1
    assert (again.fresh, again.group_count, again.position_count) == ((), 0, first.position_count)


def test_group_whose_state_cannot_be_read_is_followed_from_the_beginning(desk: Desk) -> None:
    flip(desk)
    desk.now = NOW + 60 * DAY
    desk.detect()
    with desk.job.open_warehouse() as warehouse:
        assert warehouse.query("SELECT count(*) AS n FROM group_state")[0]["n"] > 1
        warehouse.execute("UPDATE group_state SET state = 'eJw='")
    desk.tell(5, make_statement(5, stance=Stance.OPPOSE, stated_at=desk.now, known_from=desk.now), origin="o5")
    desk.detect()
    found = desk.load()
    desk.start_anew()

    assert desk.detect().fresh == ()
    assert desk.load() == found
    assert found[0][-1].statement_count == 3


def test_version_without_the_words_takes_back_what_stood_on_them(desk: Desk) -> None:
    flip(desk)
    desk.detect()
    with desk.job.open_warehouse() as warehouse:
        warehouse.save_versions([make_version(3, 2, "Text 3 was wrong."), make_version(4, 2, "Text 4 was wrong.")])
        warehouse.save_tagged(warehouse.load_untagged_passages(MODEL), MODEL, [], [], desk.now)
    report = desk.detect()

    assert [change.state for change in report.fresh] == [ChangeState.RETRACTED]
    assert [position.stance for position in desk.load()[0]] == [Stance.SUPPORT]  # type: ignore[attr-defined]


def test_copies_that_turn_out_to_be_one_origin_no_longer_confirm(desk: Desk) -> None:
    flip(desk)
    desk.detect()
    with desk.job.open_warehouse() as warehouse:
        warehouse.save_origins([Origin(version_id=f"a{n}v1", origin_id="wire:ap", basis="wire") for n in (3, 4)])
    report = desk.detect()

    [change] = report.fresh
    assert change.state is ChangeState.RETRACTED
    assert "candidate" in change.against[-1]


def test_other_model_leaves_nothing_of_the_first_but_what_was_told(desk: Desk) -> None:
    flip(desk)
    desk.detect()
    with desk.job.open_warehouse() as warehouse:
        warehouse.save_tagged(warehouse.load_untagged_passages("rules-2"), "rules-2", [], [], desk.now)
    report = desk.detect("rules-2")

    assert [change.state for change in report.fresh] == [ChangeState.RETRACTED]
    assert desk.load()[0] == []


def test_run_that_breaks_leaves_what_was_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    flip(desk)
    desk.detect()
    before = desk.load()
    said = make_statement(5, stance=Stance.SUPPORT, stated_at=NOW + 12 * DAY, known_from=NOW + 12 * DAY)
    desk.tell(5, said, origin="o5")

    def fail(*_: object) -> None:
        raise WarehouseError(Path("x"), "the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Warehouse, "save_detection", fail)
        with pytest.raises(WarehouseError):
            desk.detect()
    assert desk.load() == before
    assert desk.detect().group_count == 1


def test_planned_event_is_followed_with_its_claims_and_cleared_with_them(desk: Desk) -> None:
    for number, (state, claimant) in enumerate(
        ((EventState.AGREED, "ministry"), (EventState.CANCELLED, "ministry"), (EventState.AGREED, "ministry")), start=1
    ):
        when = NOW + number * 5 * DAY
        claim = make_claim(
            number, state=state, claimed_by=claimant, about_actor_id="ministry", basis=Basis.ON_RECORD,
            stated_at=when, known_from=when, statement_id=None,
        )  # fmt: skip
        desk.tell(number, claims=[claim], origin=f"o{number}")
    desk.now = NOW + 30 * DAY
    kinds = [change.kind for change in desk.detect().fresh]
    desk.start_anew()
    again = desk.detect()

    assert kinds == ["lifecycle", "lifecycle"]
    assert again.fresh == ()
    with desk.job.open_warehouse() as warehouse:
        warehouse.save_versions([make_version(n, 2, f"Text {n} is gone.") for n in (1, 2, 3)])
        warehouse.save_tagged(warehouse.load_untagged_passages(MODEL), MODEL, [], [], desk.now)
    desk.detect()
    assert {change.state for change in desk.load()[1]} <= {ChangeState.RETRACTED}  # type: ignore[attr-defined]


def test_what_was_believed_on_a_day_stays_what_it_was(desk: Desk) -> None:
    flip(desk)
    desk.now = NOW + DAY / 2
    desk.detect()  # takes in all four articles: the clock stands before the last two, which are known all the same
    desk.now = NOW + 20 * DAY
    later = make_statement(9, stance=Stance.SUPPORT, stated_at=NOW + 19 * DAY, known_from=NOW + 19 * DAY)
    desk.tell(9, later, origin="o9")
    desk.detect()
    with desk.job.open_warehouse() as warehouse:
        sql = "SELECT stance FROM position_asof('ministry', 'crossing', ?)"
        asked = [NOW, NOW + DAY, NOW + 11 * DAY]
        answers = [[row["stance"] for row in warehouse.query(sql, [instant])] for instant in asked]
    assert answers == [[], ["support"], ["oppose"]]
