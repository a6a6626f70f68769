-- Which alerts have not reached their channel, and why?
SELECT alert.created_at, alert.channel_id, delivery.state, delivery.attempt_count, delivery.next_attempt_at,
       delivery.last_error, alert.subject
FROM delivery JOIN alert USING (alert_key, channel_id)
WHERE delivery.state <> 'sent'
ORDER BY alert.created_at;
