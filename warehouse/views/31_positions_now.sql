-- Where does each actor stand now on each issue, on each footing, how fresh is that, and who stands above it?
CREATE VIEW positions_now AS
WITH newest AS (SELECT max(started_at) AS at FROM run),
carried AS (SELECT DISTINCT actor_id, issue_id, feed_id FROM statement JOIN article USING (article_id)),
unheard AS (
  SELECT actor_id, issue_id, count(*) AS feed_count FROM carried JOIN feed_state USING (feed_id) CROSS JOIN newest
  WHERE succeeded_at IS NULL OR succeeded_at < newest.at - INTERVAL 2 DAYS GROUP BY ALL)
SELECT p.* EXCLUDE (valid_to), date_diff('day', p.last_stated_at, newest.at) AS freshness_days,
       coalesce(p.stale_from <= newest.at, FALSE) AS is_stale,
       coalesce(unheard.feed_count, 0)::INTEGER AS unheard_feed_count,
       actor.parent_actor_id, parent.stance AS parent_stance
FROM position_history AS p CROSS JOIN newest
LEFT JOIN unheard ON unheard.actor_id = p.actor_id AND unheard.issue_id = p.issue_id
LEFT JOIN actor ON actor.actor_id = named_actor_id(p.actor_id)
LEFT JOIN position AS parent ON parent.actor_id = actor.parent_actor_id AND parent.issue_id = p.issue_id
                            AND parent.basis = p.basis AND parent.valid_to IS NULL
WHERE p.valid_to IS NULL;
