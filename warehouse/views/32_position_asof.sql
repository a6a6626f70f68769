-- What did we believe at an instant that an actor held then? As each run left it, whatever was learned later.
CREATE OR REPLACE MACRO position_asof(an_actor_id, an_issue_id, instant) AS TABLE
SELECT b.actor_id, actor_label(b.actor_id, actor.name) AS actor_name, b.issue_id,
       coalesce(issue.name, b.issue_id) AS issue_name, b.basis, b.stance, b.strength, b.conditional,
       b.valid_from, b.valid_to, b.believed_from, b.believed_to, b.confidence,
       b.lead_statement_id, lead.quote, lead.speaker_text, lead.outlet, lead.url
FROM position_belief AS b
LEFT JOIN actor ON actor.actor_id = named_actor_id(b.actor_id)
LEFT JOIN issue USING (issue_id)
LEFT JOIN evidence_by_id AS lead ON lead.statement_id = b.lead_statement_id
WHERE b.actor_id = an_actor_id AND b.issue_id = an_issue_id
  AND believed_from <= instant::TIMESTAMPTZ AND (believed_to IS NULL OR believed_to > instant::TIMESTAMPTZ)
  AND valid_from <= instant::TIMESTAMPTZ AND (valid_to IS NULL OR valid_to > instant::TIMESTAMPTZ);
