-- On which issues is an actor reported to hold one thing in private or through unnamed officials and another on record?
SELECT open_side.actor_name, open_side.issue_name, open_side.stance AS on_record, open_side.quote AS on_record_quote,
       other.basis AS other_basis, other.stance AS other_stance, other.quote AS other_quote, other.outlet AS other_outlet
FROM positions_now AS open_side
JOIN positions_now AS other
  ON named_actor_id(other.actor_id) = named_actor_id(open_side.actor_id) AND other.issue_id = open_side.issue_id
WHERE open_side.basis = 'on_record' AND other.basis <> 'on_record'
  AND ((open_side.stance = 'support' AND other.stance = 'oppose')
    OR (open_side.stance = 'oppose' AND other.stance = 'support'))
ORDER BY open_side.actor_name, open_side.issue_name;
