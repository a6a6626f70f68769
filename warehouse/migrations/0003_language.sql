-- What the language stage read in the texts. Append-only: another model writes other rows beside the old ones.

CREATE TABLE tagging (
  version_id       TEXT NOT NULL,
  model_version    TEXT NOT NULL,
  tagged_at        TIMESTAMPTZ NOT NULL,
  statement_count  INTEGER NOT NULL,
  claim_count      INTEGER NOT NULL,
  PRIMARY KEY (version_id, model_version)
);

CREATE TABLE statement (
  statement_id        TEXT NOT NULL,
  article_id          TEXT NOT NULL,
  version_id          TEXT NOT NULL,
  origin_id           TEXT NOT NULL,
  actor_id            TEXT NOT NULL,
  speaker_text        TEXT NOT NULL,
  issue_id            TEXT NOT NULL,
  stance              TEXT NOT NULL,
  strength            INTEGER NOT NULL,
  basis               TEXT NOT NULL,
  quote_type          TEXT NOT NULL,
  evidence            TEXT NOT NULL,
  evidence_start      INTEGER NOT NULL,
  evidence_end        INTEGER NOT NULL,
  stated_at           TIMESTAMPTZ,
  known_from          TIMESTAMPTZ NOT NULL,
  confidence          DOUBLE NOT NULL,
  rule_id             TEXT,
  model_version       TEXT NOT NULL,
  evidence_in         TEXT NOT NULL,
  conditional         BOOLEAN NOT NULL,
  condition           TEXT,
  modality            TEXT NOT NULL,
  rationale           TEXT,
  cue                 TEXT,
  reported_by         TEXT,
  is_private          BOOLEAN NOT NULL,
  is_declined         BOOLEAN NOT NULL,
  is_reported_change  BOOLEAN NOT NULL,
  PRIMARY KEY (statement_id, model_version)
);

CREATE TABLE event_claim (
  claim_id        TEXT NOT NULL,
  event_id        TEXT NOT NULL,
  issue_id        TEXT,
  state           TEXT NOT NULL,
  claimed_by      TEXT NOT NULL,
  about_actor_id  TEXT,
  basis           TEXT NOT NULL,
  mode            TEXT,
  scheduled_for   TIMESTAMPTZ,
  statement_id    TEXT,
  article_id      TEXT NOT NULL,
  version_id      TEXT NOT NULL,
  origin_id       TEXT NOT NULL,
  evidence        TEXT NOT NULL,
  evidence_start  INTEGER NOT NULL,
  evidence_end    INTEGER NOT NULL,
  stated_at       TIMESTAMPTZ,
  known_from      TIMESTAMPTZ NOT NULL,
  confidence      DOUBLE NOT NULL,
  rule_id         TEXT,
  model_version   TEXT NOT NULL,
  is_private      BOOLEAN NOT NULL,
  PRIMARY KEY (claim_id, model_version)
);
