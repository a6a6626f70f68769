-- The name that people read for an actor id: "anonymous:x" are unnamed officials of x, "other:x-y" is one whose
-- positions nobody asked to watch.
CREATE OR REPLACE MACRO named_actor_id(id) AS regexp_replace(id, '^(anonymous|other):', '');
CREATE OR REPLACE MACRO actor_label(id, name) AS
  CASE WHEN starts_with(id, 'anonymous:') THEN 'unnamed officials of ' || coalesce(name, named_actor_id(id))
       WHEN starts_with(id, 'other:') THEN coalesce(name, replace(substr(id, 7), '-', ' '))
       ELSE coalesce(name, id) END;
