"""Alerts are written before they are sent, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from warehouse_samples import DAY, NOW, make_change, open_warehouse, save_changes

from volteface.adapters.warehouse import Warehouse
from volteface.errors import WarehouseError
from volteface.models import Alert, ChangeState, DeliveryState


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path / "news.duckdb") as opened:
        save_changes(opened, make_change())
        yield opened


def make_alert(key: str, channel_id: str = "console", change_id: str = "flip1") -> Alert:
    return Alert(
        alert_key=key,
        change_id=change_id,
        channel_id=channel_id,
        created_at=NOW,
        subject="A flip",
        body="The Ministry …",
        payload_json="{}",
    )


def test_alert_is_pending_and_due_until_it_is_sent(warehouse: Warehouse) -> None:
    warehouse.enqueue_alerts([make_alert("k1"), make_alert("k1", "file")])

    due = warehouse.load_due_deliveries(NOW)
    assert [(alert.channel_id, delivery.state, delivery.attempt_count) for alert, delivery in due] == [
        ("console", DeliveryState.PENDING, 0),
        ("file", DeliveryState.PENDING, 0),
    ]
    assert due[0][0] == make_alert("k1")
    warehouse.save_delivery(replace(due[0][1], state=DeliveryState.SENT, attempt_count=1, sent_at=NOW))
    assert [alert.channel_id for alert, _ in warehouse.load_due_deliveries(NOW)] == ["file"]


def test_alert_queued_again_does_not_go_out_again(warehouse: Warehouse) -> None:
    warehouse.enqueue_alerts([make_alert("k1")])
    [(_, delivery)] = warehouse.load_due_deliveries(NOW)
    warehouse.save_delivery(replace(delivery, state=DeliveryState.SENT, sent_at=NOW))
    warehouse.enqueue_alerts([make_alert("k1")])

    assert warehouse.load_due_deliveries(NOW) == []


def test_failed_delivery_waits_for_its_time_and_a_dead_one_for_ever(warehouse: Warehouse) -> None:
    warehouse.enqueue_alerts([make_alert("k1")])
    [(_, delivery)] = warehouse.load_due_deliveries(NOW)
    warehouse.save_delivery(replace(delivery, attempt_count=1, next_attempt_at=NOW + DAY, last_error="down"))

    assert warehouse.load_due_deliveries(NOW) == []
    [(_, waiting)] = warehouse.load_due_deliveries(NOW + DAY)
    assert waiting.last_error == "down"
    warehouse.save_delivery(replace(waiting, state=DeliveryState.DEAD))
    assert warehouse.load_due_deliveries(NOW + 99 * DAY) == []


def test_no_more_deliveries_than_asked(warehouse: Warehouse) -> None:
    warehouse.enqueue_alerts([make_alert(f"k{number}") for number in range(5)])

    assert len(warehouse.load_due_deliveries(NOW, limit=2)) == 2


def test_what_was_told_is_known_with_the_state_it_was_told_in(warehouse: Warehouse) -> None:
    warehouse.enqueue_alerts([make_alert("k1")])
    save_changes(warehouse, make_change(state=ChangeState.RETRACTED))
    warehouse.enqueue_alerts([make_alert("k2")])

    assert warehouse.load_alert_keys() == {"k1", "k2"}
    assert warehouse.load_alerted() == {("flip1", "console", "confirmed"), ("flip1", "console", "retracted")}


def test_alert_of_an_unknown_change_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(WarehouseError, match="alert k1 is of an unknown change nothing"):
        warehouse.enqueue_alerts([make_alert("k0"), make_alert("k1", change_id="nothing")])
    assert warehouse.load_alert_keys() == set()
