"""Read from the published snapshot what is claimed of planned events, and how their states followed one another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from volteface.adapters.warehouse.reader import open_snapshot

Rows = list[dict[str, Any]]

CLAIMS = "SELECT * FROM planned_events ORDER BY event_id, since, claimant_id, state, claim_id"
HISTORY = """
SELECT change_id, kind, state, event_id, actor_id, actor_name, counter_actor_id, counter_actor_name, changed_at,
       before_stance AS before_state, after_stance AS after_state, summary, confidence, after_quote AS evidence,
       after_outlet AS outlet, after_url AS url
FROM changes_latest WHERE event_id IS NOT NULL AND state <> 'retracted' ORDER BY changed_at, change_id
"""


@dataclass(frozen=True, slots=True)
class EventRows:
    """The rows of the view planned_events, and the changes that are about an event, oldest first."""

    claims: Rows
    changes: Rows


def load_event_rows(snapshot: Path) -> EventRows:
    """Return what is known of every planned event. Raises WarehouseError where there is no snapshot yet."""
    with open_snapshot(snapshot) as reader:
        return EventRows(reader.query(CLAIMS), reader.query(HISTORY))
