-- Detection goes on from where it was left: what it has taken in, where each group of actors stands on each issue, and
-- what was believed at any time. All of it is derived, and made anew where the detection itself is another.

CREATE TABLE detection (
  signature    TEXT NOT NULL,
  detected_at  TIMESTAMPTZ NOT NULL
);

CREATE TABLE issue_week (
  issue_id     TEXT NOT NULL,
  week         INTEGER NOT NULL,
  support      DOUBLE NOT NULL,
  weight       DOUBLE NOT NULL,
  differing    DOUBLE NOT NULL,
  pair_weight  DOUBLE NOT NULL,
  PRIMARY KEY (issue_id, week)
);

CREATE TABLE detected_version (
  version_id  TEXT NOT NULL,
  origin_id   TEXT NOT NULL
);

CREATE TABLE group_state (
  group_id    TEXT NOT NULL,
  issue_id    TEXT NOT NULL,
  settled_on  DATE NOT NULL,
  state       TEXT NOT NULL,
  PRIMARY KEY (group_id, issue_id)
);

ALTER TABLE position ADD COLUMN group_id TEXT;
ALTER TABLE position ADD COLUMN stale_from TIMESTAMPTZ;
ALTER TABLE position_change ADD COLUMN group_id TEXT;
ALTER TABLE position_change ADD COLUMN found_on DATE;

CREATE TABLE position_belief (
  position_id        TEXT NOT NULL,
  group_id           TEXT NOT NULL,
  actor_id           TEXT NOT NULL,
  issue_id           TEXT NOT NULL,
  basis              TEXT NOT NULL,
  stance             TEXT NOT NULL,
  strength           INTEGER NOT NULL,
  conditional        BOOLEAN NOT NULL,
  valid_from         TIMESTAMPTZ NOT NULL,
  valid_to           TIMESTAMPTZ,
  confidence         DOUBLE NOT NULL,
  lead_statement_id  TEXT NOT NULL,
  believed_from      TIMESTAMPTZ NOT NULL,
  believed_to        TIMESTAMPTZ
);

UPDATE position SET group_id = '';
UPDATE position_change SET group_id = '', found_on = changed_at::DATE;
