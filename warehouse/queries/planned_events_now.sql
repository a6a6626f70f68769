-- Where does each planned event stand by each claimant's last word, on which footing, and who says otherwise?
SELECT event_name, state, claimant_name, about_name, basis, is_private, since, last_stated_at, mode, origin_count,
       evidence, outlet
FROM planned_events
WHERE is_latest
ORDER BY event_name, since;
