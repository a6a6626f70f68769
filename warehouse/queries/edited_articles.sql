-- Which articles were edited after we first read them, and how much longer or shorter did they get?
SELECT article.outlet, article.url, last.version_number AS version_count, first.seen_at AS first_seen_at,
       last.seen_at AS edited_at, length(last.text) - length(first.text) AS character_change, first.title AS old_title,
       last.title AS new_title
FROM article
JOIN article_version AS first ON first.article_id = article.article_id AND first.version_number = 1
JOIN article_version AS last ON last.article_id = article.article_id AND last.version_number > 1
QUALIFY row_number() OVER (PARTITION BY article.article_id ORDER BY last.version_number DESC) = 1
ORDER BY edited_at DESC;
