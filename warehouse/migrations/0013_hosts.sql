-- What hosts want is remembered between runs: how long to leave one alone, and what its robots.txt says. And of feeds,
-- which address all that is remembered is about, and where it has moved for good.

CREATE TABLE host_state (
  host          TEXT PRIMARY KEY,
  wait_until    TIMESTAMPTZ,
  robots_text   TEXT,
  robots_until  TIMESTAMPTZ
);

ALTER TABLE feed_state ADD COLUMN url TEXT;
ALTER TABLE feed_state ADD COLUMN moved_to TEXT;
ALTER TABLE feed_state ADD COLUMN moved_since TIMESTAMPTZ;
ALTER TABLE feed_state ADD COLUMN moved_polls INTEGER;
UPDATE feed_state SET moved_polls = 0;
