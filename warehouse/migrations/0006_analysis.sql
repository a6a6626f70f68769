-- How much of each version was read, and who speaks in it though nobody configured them.

ALTER TABLE tagging ADD COLUMN outcome TEXT;
ALTER TABLE tagging ADD COLUMN language TEXT;
ALTER TABLE tagging ADD COLUMN read_characters INTEGER;
ALTER TABLE tagging ADD COLUMN blanked_characters INTEGER;
ALTER TABLE tagging ADD COLUMN error TEXT;

CREATE TABLE candidate_actor (
  version_id     TEXT NOT NULL,
  model_version  TEXT NOT NULL,
  candidate_id   TEXT NOT NULL,
  name           TEXT NOT NULL,
  kind           TEXT NOT NULL,
  introduced_as  TEXT,
  speech_count   INTEGER NOT NULL,
  context        TEXT NOT NULL,
  context_start  INTEGER NOT NULL,
  context_end    INTEGER NOT NULL,
  PRIMARY KEY (version_id, model_version, candidate_id)
);
