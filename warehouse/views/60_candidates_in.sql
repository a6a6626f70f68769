-- Who speaks though nobody configured them? One row for each candidate and version that the newest model read.
CREATE VIEW candidates_in AS
SELECT c.candidate_id, c.name, c.kind, c.introduced_as, c.speech_count,
       (SELECT count(*) FROM statement AS s
        WHERE s.version_id = c.version_id AND s.model_version = c.model_version AND s.actor_id = c.candidate_id)
         AS statement_count,
       c.context, article.article_id, c.version_id, article.outlet, article.url,
       coalesce(article.published_at, version.seen_at) AS seen_at
FROM candidate_actor AS c
JOIN current_versions USING (version_id, model_version)
JOIN article_version AS version USING (version_id)
JOIN article USING (article_id);
