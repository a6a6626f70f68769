-- Which version of each article counts? The newest that the model of the newest tagging has read.
CREATE VIEW current_versions AS
SELECT version_id, model_version
FROM tagging JOIN article_version USING (version_id)
WHERE model_version = (SELECT arg_max(model_version, tagged_at) FROM tagging)
QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version_number DESC) = 1;
