"""How the feeds are doing, as the warehouse knows it."""

from __future__ import annotations

from datetime import datetime

from volteface.adapters.warehouse.store import TableStore
from volteface.models import FeedRecord

_RECORDS = """
WITH yield AS (
  SELECT feed_id, fetched_at, epoch(fetched_at - lag(fetched_at) OVER (PARTITION BY feed_id ORDER BY fetched_at)) AS gap
  FROM feed_fetch WHERE new_entry_count > 0 AND fetched_at > $now - INTERVAL 60 DAY
),
gaps AS (
  SELECT feed_id, max(fetched_at) AS yielded_at, count(gap) AS gap_count, median(gap) AS median_gap,
         max(gap) FILTER (fetched_at > $now - INTERVAL 14 DAY) AS longest_gap
  FROM yield GROUP BY feed_id
),
newest AS (
  SELECT feed_id, extract_outcome FROM page_fetch JOIN article USING (article_id) WHERE extract_outcome IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY feed_id ORDER BY fetched_at DESC, fetch_id) <= 20
),
page AS (
  SELECT feed_id, count(*) AS page_count, count(*) FILTER (extract_outcome NOT IN ('ok', 'flapping')) AS empty_count
  FROM newest GROUP BY feed_id
),
poll AS (SELECT feed_id, min(fetched_at) AS first_polled_at FROM feed_fetch GROUP BY feed_id)
SELECT feed_id, first_polled_at, succeeded_at, yielded_at, coalesce(gap_count, 0) AS gap_count, median_gap, longest_gap,
       coalesce(page_count, 0) AS page_count, coalesce(empty_count, 0) AS empty_count
FROM feed JOIN poll USING (feed_id) LEFT JOIN feed_state USING (feed_id) LEFT JOIN gaps USING (feed_id)
LEFT JOIN page USING (feed_id)
WHERE is_configured AND is_enabled ORDER BY feed_id
"""


def load_feed_records(store: TableStore, now: datetime) -> list[FeedRecord]:
    """Return what each enabled feed that was ever polled has done. Raises WarehouseError."""
    return [FeedRecord(**row) for row in store.query(_RECORDS, {"now": now})]  # type: ignore[arg-type]  # columns named as its fields


class HealthTables(TableStore):
    """Reads feed, feed_state, feed_fetch and page_fetch together; they are others' to write."""

    def load_feed_records(self, now: datetime) -> list[FeedRecord]:
        """Return what each enabled feed that was ever polled has done."""
        return load_feed_records(self, now)
