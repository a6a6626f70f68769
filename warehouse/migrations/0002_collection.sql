-- What was polled, listed, fetched and read. feed_fetch, page_fetch and article_version only ever grow.

CREATE TABLE feed_state (
  feed_id        TEXT PRIMARY KEY,
  etag           TEXT,
  last_modified  TEXT,
  body_sha256    TEXT,
  polled_at      TIMESTAMPTZ,
  succeeded_at   TIMESTAMPTZ,
  failure_count  INTEGER NOT NULL,
  next_poll_at   TIMESTAMPTZ
);

CREATE TABLE feed_fetch (
  fetch_id         TEXT PRIMARY KEY,
  feed_id          TEXT NOT NULL,
  run_id           TEXT NOT NULL,
  fetched_at       TIMESTAMPTZ NOT NULL,
  outcome          TEXT NOT NULL,
  http_status      INTEGER,
  parse_status     TEXT,
  entry_count      INTEGER NOT NULL,
  new_entry_count  INTEGER NOT NULL,
  in_scope_count   INTEGER NOT NULL,
  body_sha256      TEXT,
  duration_ms      INTEGER NOT NULL,
  error            TEXT
);

CREATE TABLE entry (
  entry_id       TEXT PRIMARY KEY,
  feed_id        TEXT NOT NULL,
  guid           TEXT,
  url            TEXT,
  canonical_url  TEXT,
  title          TEXT NOT NULL,
  summary        TEXT NOT NULL,
  published_raw  TEXT,
  published_at   TIMESTAMPTZ,
  source_title   TEXT,
  author         TEXT,
  first_seen_at  TIMESTAMPTZ NOT NULL,
  scope_term     TEXT
);

CREATE TABLE article (
  article_id          TEXT PRIMARY KEY,
  feed_id             TEXT NOT NULL,
  outlet              TEXT NOT NULL,
  url                 TEXT NOT NULL,
  canonical_url       TEXT NOT NULL,
  title               TEXT NOT NULL,
  first_seen_at       TIMESTAMPTZ NOT NULL,
  published_at        TIMESTAMPTZ,
  published_at_basis  TEXT NOT NULL,
  source_title        TEXT
);

CREATE TABLE page_fetch (
  fetch_id         TEXT PRIMARY KEY,
  article_id       TEXT NOT NULL,
  run_id           TEXT NOT NULL,
  url              TEXT NOT NULL,
  fetched_at       TIMESTAMPTZ NOT NULL,
  outcome          TEXT NOT NULL,
  http_status      INTEGER,
  extract_outcome  TEXT,
  error            TEXT
);

CREATE TABLE article_version (
  version_id      TEXT PRIMARY KEY,
  article_id      TEXT NOT NULL,
  version_number  INTEGER NOT NULL,
  seen_at         TIMESTAMPTZ NOT NULL,
  title           TEXT NOT NULL,
  text            TEXT NOT NULL,
  text_sha256     TEXT NOT NULL,
  text_basis      TEXT NOT NULL,
  extractor       TEXT NOT NULL,
  language        TEXT,
  raw_sha256      TEXT,
  UNIQUE (article_id, version_number)
);

CREATE TABLE origin (
  version_id  TEXT PRIMARY KEY,
  origin_id   TEXT NOT NULL,
  basis       TEXT NOT NULL
);
