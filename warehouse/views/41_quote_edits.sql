-- Which attributed words did an outlet alter, take out or give to another speaker after publication? Newest first.
CREATE VIEW quote_edits AS
SELECT e.edit_id, e.kind, e.word_class, e.is_quoted, e.known_from, e.word_diff,
       e.actor_id, actor_label(e.actor_id, actor.name) AS actor_name,
       e.after_actor_id, actor_label(e.after_actor_id, other.name) AS after_actor_name,
       e.issue_id, coalesce(issue.name, e.issue_id) AS issue_name, e.evidence_in, e.before_text, e.after_text,
       article.outlet, article.url, after.title, e.article_id, e.statement_id, e.after_statement_id,
       e.before_version_id, before.version_number AS before_version_number, before.seen_at AS before_seen_at,
       e.after_version_id, after.version_number AS after_version_number, e.model_version
FROM quote_edit AS e
JOIN article USING (article_id)
JOIN article_version AS before ON before.version_id = e.before_version_id
JOIN article_version AS after ON after.version_id = e.after_version_id
LEFT JOIN actor ON actor.actor_id = named_actor_id(e.actor_id)
LEFT JOIN actor AS other ON other.actor_id = named_actor_id(e.after_actor_id)
LEFT JOIN issue ON issue.issue_id = e.issue_id
ORDER BY e.known_from DESC, e.edit_id;
