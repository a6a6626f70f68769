-- Which actors stand on opposite sides of an issue now, on record?
SELECT issue_name, list(DISTINCT actor_name ORDER BY actor_name) FILTER (stance = 'support') AS support,
       list(DISTINCT actor_name ORDER BY actor_name) FILTER (stance = 'oppose') AS oppose
FROM positions_now
WHERE basis = 'on_record'
GROUP BY issue_name
HAVING count(*) FILTER (stance = 'support') > 0 AND count(*) FILTER (stance = 'oppose') > 0
ORDER BY issue_name;
