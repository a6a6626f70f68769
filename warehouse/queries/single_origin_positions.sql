-- Which positions rest on one independent source only, and should be checked first?
SELECT actor_name, issue_name, basis, stance, statement_count, round(confidence, 2) AS confidence, outlet, url, quote
FROM positions_now
WHERE origin_count = 1
ORDER BY confidence, actor_name;
