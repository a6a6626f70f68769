-- What outlets did to their articles after publication: which versions were compared, and what was edited in them.

CREATE TABLE version_comparison (
  before_version_id          TEXT NOT NULL,
  after_version_id           TEXT NOT NULL,
  model_version              TEXT NOT NULL,
  unchanged_count            INTEGER NOT NULL,
  moved_count                INTEGER NOT NULL,
  typographic_count          INTEGER NOT NULL,
  altered_count              INTEGER NOT NULL,
  attribution_changed_count  INTEGER NOT NULL,
  removed_count              INTEGER NOT NULL,
  added_count                INTEGER NOT NULL,
  is_rewrite                 BOOLEAN NOT NULL,
  compared_at                TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (before_version_id, after_version_id, model_version)
);

CREATE TABLE quote_edit (
  edit_id             TEXT PRIMARY KEY,
  article_id          TEXT NOT NULL,
  before_version_id   TEXT NOT NULL,
  after_version_id    TEXT NOT NULL,
  kind                TEXT NOT NULL,
  word_class          TEXT,
  is_quoted           BOOLEAN NOT NULL,
  statement_id        TEXT,
  after_statement_id  TEXT,
  actor_id            TEXT,
  after_actor_id      TEXT,
  issue_id            TEXT,
  model_version       TEXT NOT NULL,
  evidence_in         TEXT NOT NULL,
  before_text         TEXT NOT NULL,
  before_start        INTEGER NOT NULL,
  before_end          INTEGER NOT NULL,
  after_text          TEXT,
  after_start         INTEGER,
  after_end           INTEGER,
  word_diff           TEXT NOT NULL,
  known_from          TIMESTAMPTZ NOT NULL
);
