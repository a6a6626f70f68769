-- What did an actor hold on an issue at an instant, as far as was known by then?
CREATE OR REPLACE MACRO position_asof(an_actor_id, an_issue_id, instant) AS TABLE
SELECT * FROM position_history
WHERE actor_id = an_actor_id AND issue_id = an_issue_id
  AND valid_from <= instant::TIMESTAMPTZ AND known_from <= instant::TIMESTAMPTZ
  AND (valid_to IS NULL OR valid_to > instant::TIMESTAMPTZ);
