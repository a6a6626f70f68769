-- Copies of one text share an origin. Each version keeps what its origin would be without them, so that an origin can be
-- found anew when a copy turns up; and what its text is compared by.

ALTER TABLE origin ADD COLUMN own_origin_id TEXT;
ALTER TABLE origin ADD COLUMN own_basis TEXT;
ALTER TABLE origin ADD COLUMN cluster_id TEXT;
ALTER TABLE origin ADD COLUMN similarity DOUBLE;
ALTER TABLE origin ADD COLUMN assigned_at TIMESTAMPTZ;

CREATE TABLE text_signature (
  version_id     TEXT PRIMARY KEY,
  seen_at        TIMESTAMPTZ NOT NULL,
  scheme         TEXT NOT NULL,
  is_short       BOOLEAN NOT NULL,
  shingle_count  INTEGER NOT NULL,
  bands          UINTEGER[] NOT NULL,
  sample         UINTEGER[] NOT NULL
);

UPDATE origin SET own_origin_id = origin_id, own_basis = basis, cluster_id = version_id;
