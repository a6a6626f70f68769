-- What does each claimant say about where each planned event stands, in order?
SELECT c.event_id, coalesce(c.stated_at, c.known_from) AS claimed_at, actor_label(c.claimed_by, actor.name) AS claimant,
       c.state, c.mode, c.scheduled_for, c.basis, article.outlet, c.evidence
FROM event_claim AS c
JOIN article USING (article_id)
LEFT JOIN actor ON actor.actor_id = named_actor_id(c.claimed_by)
WHERE c.model_version = (SELECT arg_max(model_version, tagged_at) FROM tagging)
ORDER BY c.event_id, claimed_at;
