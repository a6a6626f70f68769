-- What is to be told to whom. An alert and its delivery are written together, before anything is sent.

CREATE TABLE alert (
  alert_key     TEXT NOT NULL,
  change_id     TEXT NOT NULL,
  channel_id    TEXT NOT NULL,
  created_at    TIMESTAMPTZ NOT NULL,
  subject       TEXT NOT NULL,
  body          TEXT NOT NULL,
  payload_json  TEXT NOT NULL,
  change_state  TEXT NOT NULL,
  PRIMARY KEY (alert_key, channel_id)
);

CREATE TABLE delivery (
  alert_key        TEXT NOT NULL,
  channel_id       TEXT NOT NULL,
  state            TEXT NOT NULL,
  attempt_count    INTEGER NOT NULL,
  next_attempt_at  TIMESTAMPTZ,
  last_error       TEXT,
  sent_at          TIMESTAMPTZ,
  PRIMARY KEY (alert_key, channel_id)
);
