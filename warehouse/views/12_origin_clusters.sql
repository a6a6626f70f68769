-- Which texts are copies of one another, who had the text first, and who has the most of it?
CREATE VIEW origin_clusters AS
SELECT o.cluster_id, any_value(o.origin_id) AS origin_id, count(*) AS version_count,
       count(DISTINCT v.article_id) AS article_count, count(DISTINCT a.outlet) AS outlet_count,
       min(v.seen_at) AS first_seen_at, max(v.seen_at) AS last_seen_at,
       arg_min(v.version_id, (v.seen_at, v.version_id)) AS first_version_id,
       arg_min(a.outlet, (v.seen_at, v.version_id)) AS first_outlet,
       arg_max(v.version_id, (length(v.text), v.version_id)) AS fullest_version_id,
       arg_max(a.outlet, (length(v.text), v.version_id)) AS fullest_outlet,
       min(o.similarity) AS least_similarity, max(o.assigned_at) AS assigned_at
FROM origin AS o
JOIN article_version AS v USING (version_id)
JOIN article AS a USING (article_id)
WHERE o.cluster_id IS NOT NULL
GROUP BY o.cluster_id;
