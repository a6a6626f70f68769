"""Read from the published snapshot which attributed words were edited after publication."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from volteface.adapters.warehouse.reader import open_snapshot

EDITS = """
SELECT * FROM quote_edits WHERE known_from >= coalesce($since, known_from) ORDER BY known_from DESC, edit_id LIMIT $limit
"""


def load_edits(snapshot: Path, *, since: datetime | None, limit: int) -> list[dict[str, Any]]:
    """Return the newest rows of the view quote_edits, known since an instant. Raises WarehouseError."""
    with open_snapshot(snapshot) as reader:
        return reader.query(EDITS, {"since": since, "limit": limit})
