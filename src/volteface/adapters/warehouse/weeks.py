"""What all readings together said of an issue, week by week: learned when a week is over, and kept as it was then."""

from __future__ import annotations

from volteface.adapters.warehouse.store import TableStore

_PAIR_DAYS = 60  # of two days of a series further apart than that, the later is not compared in closing a week
# The same sums as positions/leanings.py counts (a test holds them together), of four million statements in two seconds.
_CLOSE_WEEKS = f"""
INSERT INTO issue_week
WITH vote AS (
  SELECT s.issue_id, actor_id, basis, stated_at::DATE AS day, v.origin_id,
         avg(CASE stance WHEN 'support' THEN 1 ELSE -1 END
             * ln(least(greatest(confidence, .5), .99) / (1 - least(greatest(confidence, .5), .99)))) AS odds
  FROM statement AS s JOIN temp.current_version AS v USING (version_id)
  WHERE model_version = $model AND stance IN ('support', 'oppose') AND basis IN ('on_record', 'act', 'vote')
    AND NOT is_private AND NOT is_declined AND NOT starts_with(actor_id, 'anonymous:') AND modality <> 'hypothetical'
    AND (modality <> 'past' OR basis IN ('act', 'vote'))
    AND date_diff('day', DATE '0001-01-01', stated_at::DATE) >= ($known + 1) * 7 - {_PAIR_DAYS}
    AND date_diff('day', DATE '0001-01-01', stated_at::DATE) // 7 < $before
  GROUP BY ALL),
reading AS (
  SELECT issue_id, actor_id, basis, day, 1 / (1 + exp(-sum(odds))) AS p FROM vote GROUP BY ALL),
pair AS (
  SELECT issue_id, date_diff('day', DATE '0001-01-01', day) // 7 AS week, p,
         lag(p) OVER (PARTITION BY issue_id, actor_id, basis ORDER BY day) AS q, p * (1 - q) + q * (1 - p) AS e
  FROM reading)
SELECT issue_id, week, sum(p * (2 * p - 1)), sum((2 * p - 1) ** 2),
       coalesce(sum(e * (2 * e - 1)), 0), coalesce(sum((2 * e - 1) ** 2), 0)
FROM pair WHERE week > $known GROUP BY issue_id, week"""  # noqa: S608 -- a constant


class WeekTables(TableStore):
    """issue_week."""

    def close_weeks(self, model_version: str, before: int) -> None:
        """Learn the leanings of the weeks before a week that are not learned yet, and keep them as they are from now on.

        What they are is said in positions/leanings.py. Call ``mark_current_versions`` before.
        """
        rows = self.query("SELECT coalesce(max(week), -1) AS week FROM issue_week")
        known = int(str(rows[0]["week"]))
        if known + 1 < before:
            self.execute(_CLOSE_WEEKS, {"model": model_version, "known": known, "before": before})

    def load_weeks(self) -> dict[tuple[str, int], tuple[float, float, float, float]]:
        """Return the leanings of the weeks that are closed, by issue and week."""
        sql = "SELECT issue_id, week, support, weight, differing, pair_weight FROM issue_week"
        with self._naming_file():
            rows = self._con.execute(sql).fetchall()
        return {(issue_id, week): tuple(sums) for issue_id, week, *sums in rows}
