-- What follows from the statements. position is replaced whole by each run; position_change keeps what was retracted.

CREATE TABLE position (
  position_id        TEXT PRIMARY KEY,
  actor_id           TEXT NOT NULL,
  issue_id           TEXT NOT NULL,
  basis              TEXT NOT NULL,
  stance             TEXT NOT NULL,
  strength           INTEGER NOT NULL,
  conditional        BOOLEAN NOT NULL,
  valid_from         TIMESTAMPTZ NOT NULL,
  valid_to           TIMESTAMPTZ,
  known_from         TIMESTAMPTZ NOT NULL,
  last_stated_at     TIMESTAMPTZ NOT NULL,
  statement_count    INTEGER NOT NULL,
  origin_count       INTEGER NOT NULL,
  confidence         DOUBLE NOT NULL,
  lead_statement_id  TEXT NOT NULL
);

CREATE TABLE position_change (
  change_id            TEXT PRIMARY KEY,
  kind                 TEXT NOT NULL,
  state                TEXT NOT NULL,
  actor_id             TEXT NOT NULL,
  issue_id             TEXT,
  basis                TEXT NOT NULL,
  before_statement_id  TEXT,
  after_statement_id   TEXT NOT NULL,
  changed_at           TIMESTAMPTZ NOT NULL,
  known_from           TIMESTAMPTZ NOT NULL,
  confidence           DOUBLE NOT NULL,
  counter_actor_id     TEXT,
  event_id             TEXT,
  before_origin_count  INTEGER NOT NULL,
  after_origin_count   INTEGER NOT NULL,
  summary              TEXT NOT NULL,
  against              TEXT[] NOT NULL,
  detected_at          TIMESTAMPTZ NOT NULL,
  state_since          TIMESTAMPTZ NOT NULL
);
