"""Positions are replaced; changes are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from warehouse_samples import DAY, NOW, make_change, make_position, open_warehouse

from volteface.adapters.warehouse import Warehouse
from volteface.errors import WarehouseError
from volteface.models import ChangeState


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path / "news.duckdb") as opened:
        yield opened


def test_positions_are_replaced_whole_even_with_the_same_ids(warehouse: Warehouse) -> None:
    warehouse.replace_positions([make_position(1), make_position(2)])
    warehouse.replace_positions([make_position(2, statement_count=7), make_position(3)])

    assert warehouse.load_positions() == [make_position(2, statement_count=7), make_position(3)]
    warehouse.replace_positions([])
    assert warehouse.load_positions() == []


def test_positions_stay_where_the_new_ones_cannot_be_saved(warehouse: Warehouse) -> None:
    warehouse.replace_positions([make_position(1)])

    with pytest.raises(WarehouseError):
        warehouse.replace_positions([make_position(2, actor_id=None)])
    assert warehouse.load_positions() == [make_position(1)]


def test_change_keeps_its_first_detection_and_dates_its_state(warehouse: Warehouse) -> None:
    def load_times() -> tuple[object, ...]:
        [row] = warehouse.query("SELECT state, detected_at, state_since FROM position_change")
        return tuple(row.values())

    warehouse.save_changes([make_change(state=ChangeState.CANDIDATE)], detected_at=NOW)
    assert load_times() == ("candidate", NOW, NOW)
    warehouse.save_changes([make_change(state=ChangeState.CANDIDATE)], detected_at=NOW + DAY)
    assert load_times() == ("candidate", NOW, NOW)
    warehouse.save_changes([make_change(state=ChangeState.CONFIRMED)], detected_at=NOW + 2 * DAY)
    assert load_times() == ("confirmed", NOW, NOW + 2 * DAY)


@pytest.mark.parametrize("state", list(ChangeState))
def test_change_that_is_found_no_longer_stays_only_if_it_was_told(warehouse: Warehouse, state: ChangeState) -> None:
    former = make_change(state=state, against=("a denial", "one origin"))
    warehouse.save_changes([former], detected_at=NOW)
    warehouse.save_changes([make_change(change_id="another")], detected_at=NOW + DAY)

    is_told = state in {ChangeState.CONFIRMED, ChangeState.RETRACTED}
    assert (former in warehouse.load_changes()) is is_told
    assert make_change(change_id="another") in warehouse.load_changes()


def test_no_change_at_all_clears_the_candidates(warehouse: Warehouse) -> None:
    warehouse.save_changes([make_change(state=ChangeState.CANDIDATE)], detected_at=NOW)
    warehouse.save_changes([], detected_at=NOW)

    assert warehouse.load_changes() == []
