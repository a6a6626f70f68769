-- Which changes did we believe at first and then take back, and what argued against them?
SELECT detected_at, state_since, kind, actor_name, issue_name, state, against, summary
FROM changes_latest
WHERE state IN ('retracted', 'rejected')
ORDER BY state_since DESC;
