-- What decided on a statement, and how the words name its actor.

ALTER TABLE statement ADD COLUMN decided_by TEXT DEFAULT 'rules';
ALTER TABLE statement ADD COLUMN reader_support DOUBLE;
ALTER TABLE statement ADD COLUMN reader_oppose DOUBLE;
ALTER TABLE statement ADD COLUMN speaker_via TEXT;
