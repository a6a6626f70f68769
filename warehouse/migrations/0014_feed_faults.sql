-- What reading a feed's body did to the process that read it, and how many entries were left out as too many.

ALTER TABLE feed_fetch ADD COLUMN truncated_entry_count INTEGER;
ALTER TABLE feed_fetch ADD COLUMN parse_fault TEXT;
UPDATE feed_fetch SET truncated_entry_count = 0;
