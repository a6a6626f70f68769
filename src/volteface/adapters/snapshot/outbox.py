"""Read from the published snapshot what became of the alerts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from volteface.adapters.warehouse.reader import open_snapshot

DELIVERIES = """
SELECT alert_key, channel_id, state, attempt_count, created_at, next_attempt_at, sent_at, last_error, change_id, subject
FROM alert JOIN delivery USING (alert_key, channel_id)
WHERE state = coalesce($state, state)
ORDER BY created_at DESC, alert_key, channel_id
LIMIT $limit
"""


def load_deliveries(snapshot: Path, *, state: str | None, limit: int) -> list[dict[str, Any]]:
    """Return the newest alerts with where each stands, of one state or of all. Raises WarehouseError."""
    with open_snapshot(snapshot) as reader:
        return reader.query(DELIVERIES, {"state": state, "limit": limit})
