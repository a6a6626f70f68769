-- Which texts were printed by most outlets, and whose report are they?
SELECT origin_id, outlet_count, article_count, first_outlet, c.first_seen_at, fullest_outlet, a.title, a.url
FROM origin_clusters AS c
JOIN article_version AS v ON v.version_id = c.fullest_version_id
JOIN article AS a USING (article_id)
WHERE article_count > 1
ORDER BY outlet_count DESC, article_count DESC, c.first_seen_at;
