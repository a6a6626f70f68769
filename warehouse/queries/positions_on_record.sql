-- Where does everybody stand on record now, and how many independent sources say so?
SELECT actor_name, issue_name, stance, strength, conditional, origin_count, statement_count, last_stated_at,
       freshness_days, quote
FROM positions_now
WHERE basis = 'on_record'
ORDER BY actor_name, issue_name;
