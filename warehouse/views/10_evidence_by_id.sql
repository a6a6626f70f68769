-- What stands behind a statement id or a claim id? One row each, as the newest tagging read it.
CREATE VIEW evidence_by_id AS
WITH read AS (
  SELECT statement_id, 'statement' AS evidence_kind, actor_id, speaker_text, stance, basis, evidence, article_id,
         version_id, model_version, stated_at, known_from
  FROM statement
  UNION ALL BY NAME
  SELECT claim_id AS statement_id, 'event_claim' AS evidence_kind, claimed_by AS actor_id,
         coalesce(s.speaker_text, actor_label(claimed_by, actor.name)) AS speaker_text, c.state AS stance, c.basis,
         c.evidence, c.article_id, c.version_id, c.model_version, c.stated_at, c.known_from
  FROM event_claim AS c
  LEFT JOIN statement AS s ON s.statement_id = c.statement_id AND s.model_version = c.model_version
  LEFT JOIN actor ON actor.actor_id = named_actor_id(c.claimed_by)
)
SELECT read.statement_id, evidence_kind, read.actor_id, speaker_text, stance, basis, evidence AS quote, article.outlet,
       article.url, version.title, article.article_id, read.version_id, read.stated_at, read.known_from,
       read.model_version
FROM read
JOIN article USING (article_id)
JOIN article_version AS version USING (version_id)
JOIN tagging ON tagging.version_id = read.version_id AND tagging.model_version = read.model_version
QUALIFY row_number() OVER (PARTITION BY read.statement_id ORDER BY tagged_at DESC, read.model_version DESC) = 1;
