-- Where does each actor stand now on each issue, on each footing, and how fresh is that?
CREATE VIEW positions_now AS
SELECT * EXCLUDE (valid_to),
       date_diff('day', last_stated_at, (SELECT max(started_at) FROM run)) AS freshness_days
FROM position_history
WHERE valid_to IS NULL;
