"""Read from the published snapshot what the report shows, as plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from volteface.adapters.warehouse.reader import open_snapshot

Rows = list[dict[str, Any]]
EDIT_LIMIT = 30  # the newest edits of quotations

CHANGES = "SELECT * FROM changes_latest ORDER BY changed_at DESC, change_id LIMIT ?"
# What the changes above stand on, statement or claim.
EVIDENCES = f"""
WITH shown AS ({CHANGES})
SELECT statement_id, actor_id, speaker_text, stance, basis, quote, outlet, url, title, stated_at
FROM evidence_by_id
WHERE statement_id IN (SELECT unnest([before_statement_id, after_statement_id]) FROM shown)
"""  # noqa: S608 -- made of constants
STATEMENTS = """
SELECT statement_id, actor_id, speaker_text, issue_id, stance, basis, evidence AS quote, outlet, url, title, stated_at
FROM statements_of
QUALIFY row_number() OVER (PARTITION BY issue_id ORDER BY stated_at DESC NULLS LAST, statement_id) <= ?
"""
FEEDS = """
SELECT feed_id, outlet, polled_at, succeeded_at, failures_in_a_row, entries_per_day, last_error
FROM feed_health WHERE is_configured AND is_enabled
"""
# Words that were changed; what is gone from a page is in the view.
EDITS = """
SELECT kind, word_class, is_quoted, actor_name, after_actor_name, before_text, after_text, word_diff, outlet, url, title,
       known_from
FROM quote_edits WHERE kind <> 'removed' ORDER BY known_from DESC, edit_id LIMIT ?
"""

# A run that did not note its model is shown with the one that read the statements shown here.
RUN = """
SELECT run.* REPLACE (coalesce(nullif(model_version, ''), (SELECT arg_max(model_version, tagged_at) FROM tagging), '')
                      AS model_version)
FROM run JOIN meta USING (run_id)
"""


@dataclass(frozen=True, slots=True)
class ReportRows:
    """What the snapshot holds for the report. Each row bears the names of its view's columns."""

    positions: Rows
    changes: Rows
    change_count: int
    evidences: Rows
    statements: Rows
    statement_counts: dict[str, int]
    feeds: Rows
    edits: Rows
    runs: Rows  # one: the run that the snapshot is of; none where it is of no run
    published_at: Any


def load_report_rows(snapshot: Path, *, change_limit: int, statement_limit: int) -> ReportRows:
    """Return the newest changes with their evidence, the newest statements of each issue, and all positions and feeds.

    Raises WarehouseError where there is no snapshot yet, or it is of another version.
    """
    with open_snapshot(snapshot) as reader:
        query = reader.query
        counts = query("SELECT issue_id, count(*) AS n FROM statements_of GROUP BY issue_id")
        return ReportRows(
            positions=query("SELECT * FROM positions_now"),
            changes=query(CHANGES, [change_limit]),
            change_count=_int(query("SELECT count(*) AS n FROM position_change")[0]["n"]),
            evidences=query(EVIDENCES, [change_limit]),
            statements=query(STATEMENTS, [statement_limit]),
            statement_counts={str(row["issue_id"]): _int(row["n"]) for row in counts},
            feeds=query(FEEDS),
            edits=query(EDITS, [EDIT_LIMIT]),
            runs=query(RUN),
            published_at=query("SELECT published_at FROM meta")[0]["published_at"],
        )


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value
