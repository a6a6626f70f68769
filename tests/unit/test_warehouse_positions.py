"""Positions give way to newer ones, what was believed is kept, and so are changes that somebody was told of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from warehouse_samples import DAY, NOW, make_change, make_position, open_warehouse, save_changes, save_positions

from volteface.adapters.warehouse import Warehouse
from volteface.errors import WarehouseError
from volteface.models import ChangeState, Position

TOLD = {ChangeState.CONFIRMED, ChangeState.RETRACTED}


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path / "news.duckdb") as opened:
        yield opened


def load(warehouse: Warehouse) -> list[Position]:
    return warehouse.load_positions()


def test_positions_of_a_touched_group_give_way_even_with_the_same_ids(warehouse: Warehouse) -> None:
    save_positions(warehouse, make_position(1), make_position(2))
    save_positions(warehouse, make_position(2, statement_count=7), make_position(3))

    assert load(warehouse) == [make_position(2, statement_count=7), make_position(3)]
    save_positions(warehouse)
    assert load(warehouse) == []


def test_positions_of_other_groups_and_settled_ones_stay(warehouse: Warehouse) -> None:
    settled = make_position(1, valid_to=NOW + DAY)
    save_positions(warehouse, settled, make_position(2))
    warehouse.mark_touched({("other", "crossing"): date.min, ("ministry", "elsewhere"): date.min})
    warehouse.save_positions([], NOW)
    assert load(warehouse) == [settled, make_position(2)]

    save_positions(warehouse, make_position(3), since=(NOW + DAY).date())
    assert load(warehouse) == [settled, make_position(3)]


def test_positions_stay_where_the_new_ones_cannot_be_saved(warehouse: Warehouse) -> None:
    save_positions(warehouse, make_position(1))

    with pytest.raises(WarehouseError):
        save_positions(warehouse, make_position(2, actor_id=None))
    assert load(warehouse) == [make_position(1)]


def test_what_was_believed_is_kept_and_repetition_is_no_other_belief(warehouse: Warehouse) -> None:
    save_positions(warehouse, make_position(1), at=NOW)
    save_positions(warehouse, make_position(1, statement_count=9, last_stated_at=NOW + DAY), at=NOW + DAY)
    save_positions(warehouse, make_position(1, valid_to=NOW + 2 * DAY), make_position(2), at=NOW + 3 * DAY)
    save_positions(warehouse, make_position(1), at=NOW + 4 * DAY)

    rows = warehouse.query(
        """SELECT position_id, valid_to IS NULL AS stands, believed_from, believed_to FROM position_belief
           ORDER BY believed_from, position_id"""
    )
    assert [tuple(row.values()) for row in rows] == [
        ("p1", True, NOW, NOW + 3 * DAY),
        ("p1", False, NOW + 3 * DAY, NOW + 4 * DAY),
        ("p2", True, NOW + 3 * DAY, NOW + 4 * DAY),
        ("p1", True, NOW + 4 * DAY, None),
    ]


def test_change_keeps_its_first_detection_and_dates_its_state(warehouse: Warehouse) -> None:
    def load_times() -> tuple[object, ...]:
        [row] = warehouse.query("SELECT state, detected_at, state_since FROM position_change")
        return tuple(row.values())

    save_changes(warehouse, make_change(state=ChangeState.CANDIDATE), at=NOW)
    assert load_times() == ("candidate", NOW, NOW)
    save_changes(warehouse, make_change(state=ChangeState.CANDIDATE), at=NOW + DAY)
    assert load_times() == ("candidate", NOW, NOW)
    save_changes(warehouse, make_change(state=ChangeState.CONFIRMED), at=NOW + 2 * DAY)
    assert load_times() == ("confirmed", NOW, NOW + 2 * DAY)


@pytest.mark.parametrize("state", list(ChangeState))
def test_change_that_is_found_no_longer_stays_only_if_it_was_told(warehouse: Warehouse, state: ChangeState) -> None:
    former = make_change(state=state, against=("a denial", "one origin"))
    save_changes(warehouse, former)
    save_changes(warehouse, make_change(change_id="another"), at=NOW + DAY)

    is_told = state in {ChangeState.CONFIRMED, ChangeState.RETRACTED}
    assert (former in warehouse.load_changes()) is is_told
    assert make_change(change_id="another") in warehouse.load_changes()


def test_no_change_at_all_clears_the_candidates(warehouse: Warehouse) -> None:
    save_changes(warehouse, make_change(state=ChangeState.CANDIDATE), at=NOW)
    save_changes(warehouse)

    assert warehouse.load_changes() == []


def test_settled_changes_and_those_of_other_groups_stay(warehouse: Warehouse) -> None:
    settled, open_one = make_change(), make_change(change_id="later", changed_at=NOW + 9 * DAY)
    save_changes(warehouse, settled, open_one)
    save_changes(warehouse, since=(NOW + DAY).date())

    found = warehouse.load_touched_changes([settled.change_id])
    assert warehouse.load_changes() == ([settled, open_one] if open_one.state in TOLD else [settled])
    assert ("ministry", settled.changed_at.date(), settled) in found


def test_changes_of_a_planned_event_are_found_whatever_their_issue(warehouse: Warehouse) -> None:
    warehouse.mark_touched({("event:talks", None): date.min})
    warehouse.save_touched_changes([("event:talks", NOW.date(), make_change(issue_id=None))], detected_at=NOW)

    assert [change.issue_id for _, _, change in warehouse.load_touched_changes([])] == [None]
    assert warehouse.load_groups() == {("event:talks", None)}


def test_changes_are_loaded_by_state(warehouse: Warehouse) -> None:
    changes = [make_change(change_id=state, state=state) for state in ChangeState]
    save_changes(warehouse, *changes)

    assert {change.change_id for change in warehouse.load_changes()} == set(ChangeState)
    assert [change.state for change in warehouse.load_changes({ChangeState.RETRACTED})] == [ChangeState.RETRACTED]
    assert warehouse.load_changes(()) == []
