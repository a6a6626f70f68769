-- What the actor of a statement does to another side that its evidence names: a root code of PLOVER.

ALTER TABLE statement ADD COLUMN target_actor_id TEXT;
ALTER TABLE statement ADD COLUMN event_root TEXT;
ALTER TABLE statement ADD COLUMN event_confidence DOUBLE;
