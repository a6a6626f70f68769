-- Who said what about which issue, where? The newest version of each article, as the model of the newest tagging read it.
CREATE VIEW statements_of AS
SELECT s.statement_id, s.actor_id, actor_label(s.actor_id, actor.name) AS actor_name, s.speaker_text,
       s.issue_id, coalesce(issue.name, s.issue_id) AS issue_name, s.stance, s.strength, s.conditional, s.condition,
       s.modality, s.basis, s.quote_type, s.cue, s.evidence, s.evidence_in, s.rationale,
       s.reported_by, actor_label(s.reported_by, reporter.name) AS reporter_name,
       s.is_private, s.is_declined, s.is_reported_change, s.source_count, s.source_rank,
       s.target_actor_id, actor_label(s.target_actor_id, target.name) AS target_name, s.event_root, s.event_confidence,
       s.decided_by, s.reader_support, s.reader_oppose, s.speaker_via,
       s.stated_at, s.known_from, s.confidence, s.rule_id,
       s.model_version, article.outlet, article.url, article.title, article.published_at, s.article_id, s.version_id,
       s.origin_id
FROM statement AS s
JOIN current_versions USING (version_id, model_version)
JOIN article USING (article_id)
LEFT JOIN actor ON actor.actor_id = named_actor_id(s.actor_id)
LEFT JOIN actor AS reporter ON reporter.actor_id = named_actor_id(s.reported_by)
LEFT JOIN actor AS target ON target.actor_id = named_actor_id(s.target_actor_id)
LEFT JOIN issue USING (issue_id);
