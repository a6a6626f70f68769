"""What detection takes in, and what it learned of past weeks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from warehouse_samples import DAY, MODEL, NOW, make_statement, open_warehouse, save_passages

from volteface.adapters.warehouse import Warehouse
from volteface.models import Basis, Modality, Origin, SpokenRow, Stance
from volteface.positions.leanings import Leaning, count_leanings, get_week

FAR = get_week(date(2030, 1, 1))


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path / "news.duckdb") as opened:
        save_passages(opened, 1, 2, 3)
        yield opened


def tag(warehouse: Warehouse, *statements: object) -> None:
    warehouse.save_tagged(warehouse.load_untagged_passages(MODEL), MODEL, statements, [], NOW)  # type: ignore[arg-type]
    warehouse.mark_current_versions(MODEL)


def test_statements_are_new_once_and_again_where_their_origin_is_another(warehouse: Warehouse) -> None:
    tag(warehouse, make_statement(1), make_statement(2, stated_at=None))
    assert [(t.actor_id, t.first_day) for t in warehouse.load_touched(MODEL)] == [("ministry", NOW.date())]

    warehouse.save_detection("sign", NOW)
    warehouse.mark_current_versions(MODEL)
    assert warehouse.load_touched(MODEL) == []
    assert warehouse.load_signature() == "sign"

    warehouse.save_origins([Origin(version_id="a1v1", origin_id="wire:ap", basis="wire")])
    warehouse.mark_current_versions(MODEL)
    assert [t.first_day for t in warehouse.load_touched(MODEL)] == [NOW.date()]


def test_detection_that_is_forgotten_takes_in_everything_and_keeps_past_weeks_if_asked(warehouse: Warehouse) -> None:
    tag(warehouse, make_statement(1))
    warehouse.close_weeks(MODEL, FAR)
    warehouse.save_detection("sign", NOW)

    warehouse.forget_detection(keeps_weeks=True)
    warehouse.mark_current_versions(MODEL)
    assert len(warehouse.load_touched(MODEL)) == 1
    assert warehouse.load_weeks()
    assert warehouse.load_signature() is None

    warehouse.forget_detection()
    assert warehouse.load_weeks() == {}


def test_spoken_rows_are_the_statements_of_a_group_with_their_present_origin(warehouse: Warehouse) -> None:
    own = make_statement(1)
    told = make_statement(2, actor_id="other", reported_by="ministry", basis=Basis.REPORTED_BY_OTHER)
    late = make_statement(3, stated_at=NOW + 9 * DAY)
    tag(warehouse, own, told, late)
    warehouse.save_origins([Origin(version_id="a1v1", origin_id="wire:ap", basis="wire")])
    warehouse.mark_current_versions(MODEL)

    found = warehouse.load_spoken(MODEL, {("ministry", "crossing"): ({"ministry"}, date.min)})
    later = warehouse.load_spoken(MODEL, {("ministry", "crossing"): ({"ministry"}, (NOW + 8 * DAY).date())})

    rows = {row.statement_id: row for row in found["ministry", "crossing"]}
    assert rows["s1"] == SpokenRow.of(replace(own, origin_id="wire:ap"))
    assert set(rows) == {"s1", "s2", "s3"}
    assert [row.statement_id for row in later["ministry", "crossing"]] == ["s3"]


def test_weeks_are_closed_as_positions_count_them_and_stay_so(warehouse: Warehouse) -> None:
    source = random.Random(4)
    rows = [
        replace(
            make_statement(1 + number % 3),
            statement_id=f"n{number}",
            actor_id=source.choice(["ministry", "other", "anonymous:ministry"]),
            issue_id=source.choice(["crossing", "elsewhere"]),
            stance=source.choice(list(Stance)),
            basis=source.choice(list(Basis)),
            modality=source.choice(list(Modality)),
            confidence=source.choice([0.3, 0.6, 0.85, 1.0]),
            is_private=source.random() < 0.1,
            is_declined=source.random() < 0.1,
            stated_at=datetime(2024, 3, 1, 12, tzinfo=UTC) + timedelta(days=source.randrange(40)),
        )
        for number in range(300)
    ]
    tag(warehouse, *rows)
    middle = get_week(date(2024, 3, 20))
    warehouse.close_weeks(MODEL, middle)
    assert {week for _, week in warehouse.load_weeks()} == {week for _, week in count_leanings(rows) if week < middle}
    warehouse.close_weeks(MODEL, FAR)
    learned = {key: Leaning(*sums) for key, sums in warehouse.load_weeks().items()}

    counted = count_leanings(replace(row, origin_id="daily") for row in rows)
    assert learned.keys() == counted.keys()
    for key, leaning in counted.items():
        assert tuple(learned[key]) == pytest.approx(tuple(leaning))
    warehouse.execute("UPDATE statement SET confidence = .5")
    warehouse.close_weeks(MODEL, FAR)
    assert {key: Leaning(*sums) for key, sums in warehouse.load_weeks().items()} == learned
