-- What has each actor held on each issue, on each footing, from when until when?
CREATE VIEW position_history AS
SELECT p.position_id, p.actor_id, actor_label(p.actor_id, actor.name) AS actor_name,
       p.issue_id, coalesce(issue.name, p.issue_id) AS issue_name, p.basis, p.stance, p.strength, p.conditional,
       p.valid_from, p.valid_to, p.known_from, p.last_stated_at, p.stale_from, p.statement_count, p.origin_count, p.confidence,
       p.lead_statement_id, lead.quote, lead.speaker_text, lead.outlet, lead.url
FROM position AS p
LEFT JOIN actor ON actor.actor_id = named_actor_id(p.actor_id)
LEFT JOIN issue USING (issue_id)
LEFT JOIN evidence_by_id AS lead ON lead.statement_id = p.lead_statement_id;
