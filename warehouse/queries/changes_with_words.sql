-- Who changed position, and which words before and after prove it?
SELECT changed_at, kind, actor_name, issue_name, state, round(confidence, 2) AS confidence,
       before_stance, before_quote, before_outlet, after_stance, after_quote, after_outlet, after_url
FROM changes_latest
WHERE state IN ('confirmed', 'candidate')
ORDER BY changed_at DESC
LIMIT 50;
