"""The outbox in the warehouse: alerts are written here before anything is sent, and deliveries are kept for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from volteface.adapters.warehouse.rows import decode_row, encode_model
from volteface.adapters.warehouse.store import TableStore, dump_ids
from volteface.errors import WarehouseError
from volteface.models import Alert, Delivery, DeliveryState

NOTICE = "notice"  # the state of the change of an alert that is of none


class OutboxTables(TableStore):
    """alert, delivery."""

    def enqueue_alerts(self, alerts: Sequence[Alert]) -> None:
        """Write alerts with a pending delivery each, in one transaction; those that are there already stay.

        Raises WarehouseError for an alert whose change has not been saved.
        """
        sql = """SELECT change_id, state FROM position_change
                 WHERE change_id IN (SELECT unnest(from_json_strict(?, '["VARCHAR"]')))"""
        found = self.query(sql, [dump_ids({alert.change_id for alert in alerts})])
        states = {row["change_id"]: row["state"] for row in found}
        for alert in alerts:
            if alert.change_id not in states:
                raise WarehouseError(self.path, f"alert {alert.alert_key} is of an unknown change {alert.change_id}")
        self._enqueue([{**encode_model(alert), "change_state": states[alert.change_id]} for alert in alerts], alerts)

    def enqueue_notices(self, alerts: Sequence[Alert]) -> None:
        """Write alerts that are of no change, with a pending delivery each; those that are there already stay."""
        self._enqueue([{**encode_model(alert), "change_state": NOTICE} for alert in alerts], alerts)

    def _enqueue(self, rows: Sequence[dict[str, object]], alerts: Sequence[Alert]) -> None:
        with self.transaction():
            self.save_rows("alert", rows)
            self.save_models("delivery", [_pending(alert) for alert in alerts])

    def load_due_deliveries(
        self, now: datetime, limit: int = 100, *, longest_wait: timedelta = timedelta(days=1)
    ) -> list[tuple[Alert, Delivery]]:
        """Return what is pending and due, oldest alert first.

        One that is to wait longer than ``longest_wait`` from now is due too: the clock was ahead when that was decided.
        """
        sql = """SELECT * FROM alert JOIN delivery USING (alert_key, channel_id)
                 WHERE state = ? AND (next_attempt_at IS NULL OR next_attempt_at NOT BETWEEN ? AND ?
                   OR next_attempt_at = ?)
                 ORDER BY created_at, alert_key, channel_id LIMIT ?"""
        rows = self.query(sql, [DeliveryState.PENDING.value, now, now + longest_wait, now, limit])
        return [(decode_row(Alert, row), decode_row(Delivery, row)) for row in rows]

    def save_delivery(self, delivery: Delivery) -> None:
        """Save where a delivery stands; the last one saved counts."""
        self.save_models("delivery", [delivery], is_updating=True)

    def load_alert_keys(self) -> set[str]:
        """Return the keys of all alerts ever written."""
        return self.load_ids("SELECT alert_key FROM alert")

    def load_alerted(self) -> set[tuple[str, str, str]]:
        """Return what has been told: change id, channel id and the state that the change was in when it was told."""
        rows = self.query("SELECT change_id, channel_id, change_state FROM alert")
        return {(str(row["change_id"]), str(row["channel_id"]), str(row["change_state"])) for row in rows}


def _pending(alert: Alert) -> Delivery:
    return Delivery(
        alert_key=alert.alert_key,
        channel_id=alert.channel_id,
        state=DeliveryState.PENDING,
        attempt_count=0,
        next_attempt_at=None,
        last_error=None,
        sent_at=None,
    )
