-- What ran, and the names that config/ gives to feeds, actors and issues.
-- Rows of feed, actor and issue are never deleted: what left config/ is kept with is_configured = false, so that
-- old statements keep their names. Vocabularies are TEXT; models.py and config/ hold the words.

CREATE TABLE run (
  run_id         TEXT PRIMARY KEY,
  flow           TEXT NOT NULL,
  started_at     TIMESTAMPTZ NOT NULL,
  ended_at       TIMESTAMPTZ,
  state          TEXT NOT NULL,
  config_sha256  TEXT NOT NULL,
  model_version  TEXT NOT NULL,
  counts         JSON NOT NULL,
  error          TEXT,
  process        TEXT
);

CREATE TABLE feed (
  feed_id           TEXT PRIMARY KEY,
  outlet            TEXT NOT NULL,
  url               TEXT NOT NULL,
  publisher_family  TEXT NOT NULL,
  source_type       TEXT NOT NULL,
  language          TEXT NOT NULL,
  country           TEXT,
  is_state_media    BOOLEAN NOT NULL,
  is_enabled        BOOLEAN NOT NULL,
  actor_id          TEXT,
  is_configured     BOOLEAN NOT NULL
);

CREATE TABLE actor (
  actor_id         TEXT PRIMARY KEY,
  name             TEXT NOT NULL,
  kind             TEXT NOT NULL,
  wikidata         TEXT,
  country          TEXT,
  parent_actor_id  TEXT,
  is_listed        BOOLEAN NOT NULL,
  is_configured    BOOLEAN NOT NULL
);

CREATE TABLE actor_alias (
  actor_id  TEXT NOT NULL,
  alias     TEXT NOT NULL,
  kind      TEXT NOT NULL,
  PRIMARY KEY (actor_id, alias, kind)
);

CREATE TABLE actor_role (
  actor_id     TEXT NOT NULL,
  title        TEXT NOT NULL,
  of_actor_id  TEXT NOT NULL,
  since_date   DATE,
  until_date   DATE
);

CREATE TABLE issue (
  issue_id       TEXT PRIMARY KEY,
  name           TEXT NOT NULL,
  proposition    TEXT NOT NULL,
  event_id       TEXT,
  event_name     TEXT,
  is_configured  BOOLEAN NOT NULL
);
