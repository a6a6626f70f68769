-- Who does what to whom, by PLOVER root, and which sentence tells it most surely?
SELECT actor_name, event_root, target_name, count(*) AS statement_count, count(DISTINCT origin_id) AS origin_count,
       max(event_confidence) AS surest, arg_max(evidence, event_confidence) AS surest_words
FROM statements_of
WHERE event_root IS NOT NULL
GROUP BY actor_name, event_root, target_name
ORDER BY origin_count DESC, statement_count DESC, actor_name, event_root, target_name;
