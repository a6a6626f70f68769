-- Which quotations and attributed words were changed after publication, and in which words?
SELECT known_from, outlet, coalesce(actor_name, '(no tracked speaker)') AS actor_name, after_actor_name, issue_name,
       kind, word_class, is_quoted, word_diff, before_text, after_text, url
FROM quote_edits
WHERE kind <> 'removed' AND (is_quoted OR statement_id IS NOT NULL)
ORDER BY known_from DESC
LIMIT 50;
