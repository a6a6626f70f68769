"""Read from the published snapshot everything that stands behind one change, statement or claim."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from volteface.adapters.warehouse.reader import Snapshot, open_snapshot
from volteface.errors import InputError

Row = dict[str, Any]
MAX_NAMED = 5  # of the ids that an abbreviation fits

FIND = """
SELECT DISTINCT id, kind FROM (
  SELECT change_id AS id, 'change' AS kind FROM position_change
  UNION ALL SELECT statement_id, 'statement' FROM statement
  UNION ALL SELECT claim_id, 'statement' FROM event_claim
)
WHERE starts_with(id, ?)
ORDER BY id LIMIT ?
"""
CHANGE = """
SELECT change_id, kind, state, actor_id, actor_name, counter_actor_id, counter_actor_name, issue_id, issue_name,
       event_id, basis, changed_at, known_from, detected_at, state_since, confidence, summary, against,
       before_statement_id, before_origin_count, after_statement_id, after_origin_count
FROM changes_latest WHERE change_id = ?
"""
# One statement or claim as the newest tagging read it; is_verbatim: the stored text holds these words at this place.
STATEMENT = """
WITH spoken AS (
  SELECT statement_id, issue_id, strength, conditional, condition, modality, quote_type, evidence_start, evidence_end,
         evidence_in, confidence, rule_id, model_version, cue, reported_by, is_private, is_declined, source_count,
         source_rank, target_actor_id, event_root, event_confidence, decided_by, reader_support, reader_oppose,
         speaker_via, origin_id, NULL AS event_id, NULL AS about_actor_id
  FROM statement WHERE statement_id = $id
  UNION ALL BY NAME
  SELECT claim_id AS statement_id, issue_id, evidence_start, evidence_end, 'text' AS evidence_in, confidence, rule_id,
         model_version, is_private, origin_id, event_id, about_actor_id
  FROM event_claim WHERE claim_id = $id
)
SELECT found.evidence_kind, found.actor_id, actor_label(found.actor_id, actor.name) AS actor_name, found.speaker_text,
       found.stance, found.basis, found.quote, found.outlet, found.url, found.title, found.stated_at, found.known_from,
       found.article_id, found.version_id, version.version_number, version.raw_sha256, spoken.*,
       coalesce(issue.name, spoken.issue_id) AS issue_name, origin.basis AS origin_basis,
       found.quote IN (
         substring(version.text, spoken.evidence_start + 1, spoken.evidence_end - spoken.evidence_start),
         substring(version.title, spoken.evidence_start + 1, spoken.evidence_end - spoken.evidence_start)
       ) AS is_verbatim
FROM evidence_by_id AS found
JOIN spoken USING (statement_id, model_version)
JOIN article_version AS version USING (version_id)
LEFT JOIN origin USING (version_id)
LEFT JOIN actor ON actor.actor_id = named_actor_id(found.actor_id)
LEFT JOIN issue ON issue.issue_id = spoken.issue_id
"""
USES = """
SELECT change_id, kind, state FROM position_change
WHERE ? IN (before_statement_id, after_statement_id) ORDER BY changed_at, change_id
"""

# What became of a statement's words in later versions of its article.
EDITS = """
SELECT edit_id, kind, word_class, is_quoted, known_from, before_text, after_text, word_diff, after_actor_name,
       after_version_id, after_version_number
FROM quote_edits WHERE statement_id = ? ORDER BY known_from, edit_id
"""


def load_explanation(snapshot: Path, prefix: str) -> Row:
    """Return what stands behind the one id that begins with ``prefix``.

    For a change: {"change": row, "before": row or None, "after": row or None}. For a statement or an event's claim:
    {"statement": row, "changes": rows of the changes that stand on it, "edits": how its words were edited later}. Raises InputError where no id begins so, or
    several do, and WarehouseError where there is no snapshot yet.
    """
    with open_snapshot(snapshot) as reader:
        kind, full = _find(reader, prefix)
        if kind == "statement":
            return {
                "statement": _load_statement(reader, full),
                "changes": reader.query(USES, [full]),
                "edits": reader.query(EDITS, [full]),
            }
        change = reader.query(CHANGE, [full])[0]
        return {
            "change": change,
            "before": _load_statement(reader, change["before_statement_id"]),
            "after": _load_statement(reader, change["after_statement_id"]),
        }


def _find(reader: Snapshot, prefix: str) -> tuple[str, str]:
    rows = reader.query(FIND, [prefix.strip().lower(), MAX_NAMED + 1]) if prefix.strip() else []
    if not rows:
        raise InputError(prefix, "no change, statement or claim in the snapshot begins so")
    exact = [row for row in rows if row["id"] == prefix.strip().lower()]
    if len(rows) > 1 and not exact:
        named = ", ".join(f"{row['id']} ({row['kind']})" for row in rows[:MAX_NAMED])
        more = " ..." if len(rows) > MAX_NAMED else ""
        raise InputError(prefix, f"more than one id begins so: {named}{more}")
    row = (exact or rows)[0]
    return str(row["kind"]), str(row["id"])


def _load_statement(reader: Snapshot, statement_id: object) -> Row | None:
    rows = reader.query(STATEMENT, {"id": statement_id}) if statement_id else []
    return rows[0] if rows else None
