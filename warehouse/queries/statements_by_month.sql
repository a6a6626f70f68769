-- How often, month by month, did each actor speak for or against each issue?
SELECT date_trunc('month', coalesce(stated_at, known_from))::DATE AS month, actor_name, issue_name,
       count(*) FILTER (stance = 'support') AS support_count, count(*) FILTER (stance = 'oppose') AS oppose_count,
       count(DISTINCT origin_id) AS origin_count
FROM statements_of
GROUP BY ALL
ORDER BY month, actor_name, issue_name;
