"""Read from the published snapshot who speaks without being configured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from volteface.adapters.warehouse.reader import open_snapshot

CANDIDATES = """
SELECT candidate_id, name, kind, introduced_as, speech_count, statement_count, context, article_id, outlet, url, seen_at
FROM candidates_in ORDER BY seen_at, article_id, candidate_id
"""


def load_candidates(snapshot: Path) -> list[dict[str, Any]]:
    """Return a row for each candidate and article, oldest first. Raises WarehouseError."""
    with open_snapshot(snapshot) as reader:
        return reader.query(CANDIDATES)
