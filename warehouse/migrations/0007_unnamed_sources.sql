-- How many unnamed people stand behind a statement, and of what rank.

ALTER TABLE statement ADD COLUMN source_count INTEGER;
ALTER TABLE statement ADD COLUMN source_rank TEXT;
