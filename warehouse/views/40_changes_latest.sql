-- Who changed position, and which words prove it? Newest change first.
CREATE VIEW changes_latest AS
SELECT c.change_id, c.kind, c.state, c.actor_id, actor_label(c.actor_id, actor.name) AS actor_name,
       c.counter_actor_id, actor_label(c.counter_actor_id, other.name) AS counter_actor_name,
       c.issue_id, coalesce(issue.name, c.issue_id) AS issue_name, c.event_id, c.basis, c.changed_at, c.known_from,
       c.detected_at, c.state_since, c.confidence, c.summary, c.against, c.before_origin_count, c.after_origin_count,
       c.before_statement_id, b.stance AS before_stance, b.quote AS before_quote, b.speaker_text AS before_speaker,
       b.stated_at AS before_stated_at, b.outlet AS before_outlet, b.url AS before_url,
       c.after_statement_id, a.stance AS after_stance, a.quote AS after_quote, a.speaker_text AS after_speaker,
       a.stated_at AS after_stated_at, a.outlet AS after_outlet, a.url AS after_url
FROM position_change AS c
LEFT JOIN evidence_by_id AS b ON b.statement_id = c.before_statement_id
LEFT JOIN evidence_by_id AS a ON a.statement_id = c.after_statement_id
LEFT JOIN actor ON actor.actor_id = named_actor_id(c.actor_id)
LEFT JOIN actor AS other ON other.actor_id = named_actor_id(c.counter_actor_id)
LEFT JOIN issue ON issue.issue_id = c.issue_id
ORDER BY c.changed_at DESC, c.change_id;
