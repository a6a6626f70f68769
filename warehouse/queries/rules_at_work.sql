-- Which rules find the most, and how sure are they?
SELECT coalesce(rule_id, model_version) AS rule, count(*) AS statement_count, round(avg(confidence), 2) AS confidence,
       count(DISTINCT actor_id) AS actor_count, arg_max(evidence, confidence) AS example
FROM statements_of
GROUP BY ALL
ORDER BY statement_count DESC;
