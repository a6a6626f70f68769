-- Which articles were not analysed, or not whole, and why?
SELECT tagging.outcome, tagging.language, article.outlet, article.url, version.title, length(version.text) AS characters,
       tagging.read_characters, tagging.blanked_characters, tagging.error, tagging.tagged_at
FROM tagging
JOIN article_version AS version USING (version_id)
JOIN article USING (article_id)
WHERE tagging.outcome <> 'analysed'
ORDER BY tagging.outcome DESC, tagging.tagged_at DESC, article.url;
