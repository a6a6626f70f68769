-- What did each run bring?
CREATE VIEW collection_by_run AS
WITH poll AS (
  SELECT run_id, count(*) AS poll_count,
         count(*) FILTER (outcome NOT IN ('ok', 'not_modified', 'unchanged', 'postponed')) AS poll_failure_count,
         count(*) FILTER (parse_status = 'failed') AS parse_failure_count,
         sum(entry_count) AS entry_count, sum(new_entry_count) AS new_entry_count, sum(in_scope_count) AS in_scope_count
  FROM feed_fetch GROUP BY run_id
),
page AS (
  SELECT run_id, count(*) AS page_count,
         count(*) FILTER (outcome NOT IN ('ok', 'not_modified', 'unchanged')) AS page_failure_count,
         count(*) FILTER (extract_outcome = 'ok') AS text_count
  FROM page_fetch GROUP BY run_id
)
SELECT run.run_id, run.flow, run.state, run.started_at, run.ended_at,
       epoch(run.ended_at - run.started_at) AS duration_seconds,
       coalesce(poll_count, 0) AS poll_count, coalesce(poll_failure_count, 0) AS poll_failure_count,
       coalesce(parse_failure_count, 0) AS parse_failure_count, coalesce(entry_count, 0) AS entry_count,
       coalesce(new_entry_count, 0) AS new_entry_count, coalesce(in_scope_count, 0) AS in_scope_count,
       coalesce(page_count, 0) AS page_count, coalesce(page_failure_count, 0) AS page_failure_count,
       coalesce(text_count, 0) AS text_count, run.error
FROM run LEFT JOIN poll USING (run_id) LEFT JOIN page USING (run_id)
ORDER BY run.started_at DESC;
