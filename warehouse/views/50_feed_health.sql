-- Which feeds work, and which have fallen silent? Shares and rates are of the seven days before the newest poll.
CREATE VIEW feed_health AS
WITH latest AS (SELECT max(fetched_at) AS polled_at FROM feed_fetch),
week AS (
  SELECT feed_id, count(*) AS poll_count,
         count(*) FILTER (outcome NOT IN ('ok', 'not_modified', 'unchanged', 'postponed') OR parse_status IS NOT DISTINCT FROM 'failed')
           AS failure_count,
         sum(new_entry_count) AS new_entry_count, sum(in_scope_count) AS in_scope_count,
         greatest(1, date_diff('hour', min(fetched_at), any_value(polled_at)) / 24.0) AS day_count
  FROM feed_fetch CROSS JOIN latest WHERE fetched_at > polled_at - INTERVAL 7 DAY GROUP BY feed_id
),
ever AS (
  SELECT feed_id, max(fetched_at) FILTER (new_entry_count > 0) AS silent_since,
         arg_max(error, fetched_at) FILTER (error IS NOT NULL) AS last_error
  FROM feed_fetch GROUP BY feed_id
)
SELECT feed.feed_id, feed.outlet, feed.is_enabled, feed.is_configured, state.polled_at, state.succeeded_at,
       state.next_poll_at, state.failure_count AS failures_in_a_row,
       coalesce(week.poll_count, 0) AS poll_count,
       round(week.failure_count / week.poll_count, 3) AS failure_share,
       round(week.new_entry_count / week.day_count, 2) AS entries_per_day,
       round(week.in_scope_count / week.day_count, 2) AS in_scope_per_day,
       ever.silent_since, ever.last_error,
       state.moved_to
FROM feed
LEFT JOIN feed_state AS state USING (feed_id)
LEFT JOIN week USING (feed_id)
LEFT JOIN ever USING (feed_id);
