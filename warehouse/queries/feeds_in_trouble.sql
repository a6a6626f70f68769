-- Which feeds fail or bring nothing any more?
SELECT outlet, feed_id, succeeded_at, failures_in_a_row, failure_share, silent_since, last_error
FROM feed_health
WHERE is_enabled AND is_configured
  AND (failure_share > 0.2 OR failures_in_a_row > 2 OR silent_since IS NULL
    OR silent_since < (SELECT max(started_at) FROM run) - INTERVAL 3 DAY)
ORDER BY failure_share DESC NULLS LAST, silent_since;
