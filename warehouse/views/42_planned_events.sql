-- Who claims which state of each planned event, since when, in which words? One row for each time that a claimant said
-- the same state without another between; is_latest: it is the claimant's last word on this footing.
CREATE VIEW planned_events AS
WITH claim AS (
  SELECT c.*, coalesce(c.stated_at, c.known_from) AS said_at,
         row_number() OVER claimant - row_number() OVER (claimant_state) AS spell
  FROM event_claim AS c JOIN current_versions USING (version_id, model_version)
  WINDOW claimant AS (PARTITION BY event_id, claimed_by, about_actor_id, basis, is_private
                      ORDER BY coalesce(stated_at, known_from), claim_id),
         claimant_state AS (PARTITION BY event_id, claimed_by, about_actor_id, basis, is_private, state
                            ORDER BY coalesce(stated_at, known_from), claim_id)
),
spell AS (
  SELECT event_id, claimed_by, about_actor_id, basis, is_private, state, spell, min(said_at) AS since,
         max(said_at) AS last_stated_at, min(known_from) AS known_from, count(*) AS claim_count,
         count(DISTINCT origin_id) AS origin_count, arg_max(mode, said_at) FILTER (mode IS NOT NULL) AS mode,
         arg_max(scheduled_for, said_at) FILTER (scheduled_for IS NOT NULL) AS scheduled_for,
         arg_max(claim_id, (confidence, claim_id)) AS claim_id, any_value(issue_id) AS issue_id,
         any_value(model_version) AS model_version
  FROM claim GROUP BY ALL
)
SELECT spell.event_id, coalesce(named.event_name, spell.event_id) AS event_name,
       coalesce(named.issue_id, spell.issue_id) AS issue_id, spell.state, spell.claimed_by AS claimant_id,
       actor_label(spell.claimed_by, claimant.name) AS claimant_name, spell.about_actor_id,
       actor_label(spell.about_actor_id, about.name) AS about_name, spell.basis, spell.is_private, spell.since,
       spell.last_stated_at, spell.known_from, spell.claim_count, spell.origin_count, spell.mode, spell.scheduled_for,
       row_number() OVER (PARTITION BY spell.event_id, spell.claimed_by, spell.about_actor_id, spell.basis,
                          spell.is_private ORDER BY spell.last_stated_at DESC, spell.since DESC, spell.state) = 1
         AS is_latest,
       spell.claim_id, lead.evidence, article.outlet, article.url, lead.article_id, lead.version_id, lead.confidence,
       spell.model_version
FROM spell
JOIN event_claim AS lead ON lead.claim_id = spell.claim_id AND lead.model_version = spell.model_version
JOIN article ON article.article_id = lead.article_id
LEFT JOIN (SELECT event_id, any_value(event_name) AS event_name, any_value(issue_id) AS issue_id FROM issue
           WHERE event_id IS NOT NULL AND is_configured GROUP BY event_id) AS named ON named.event_id = spell.event_id
LEFT JOIN actor AS claimant ON claimant.actor_id = named_actor_id(spell.claimed_by)
LEFT JOIN actor AS about ON about.actor_id = named_actor_id(spell.about_actor_id)
ORDER BY spell.event_id, spell.since, spell.claimed_by, spell.state;
