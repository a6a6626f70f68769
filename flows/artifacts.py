"""What the Prefect UI shows of a run: tables and a list, made from values. Text from feeds is escaped."""

from __future__ import annotations

from html import escape

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from volteface.config import Config
from volteface.models import Evidence, PositionChange
from volteface.stages.cycle import CycleReport
from volteface.stages.job import open_warehouse

FEED_HEALTH = """
SELECT feed_id AS feed, failures_in_a_row AS failures, CASE WHEN failures_in_a_row > 0 THEN last_error END AS error,
       strftime(succeeded_at, '%Y-%m-%d %H:%M') AS "last success", round(entries_per_day, 1) AS "entries a day"
FROM feed_health WHERE is_configured AND is_enabled ORDER BY failures_in_a_row DESC, feed_id
"""
_MARKDOWN = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]()#+-!|~"})


def show_collected(report: CycleReport) -> None:
    """Show the run's sums, and every feed and page that failed, as a table."""
    rows = [{"what": name.replace("_", " "), "count": count, "note": ""} for name, count in report.run.counts.items()]
    rows += [
        {"what": f"feed {f.feed_id}", "count": 0, "note": f"{f.outcome}: {f.error}"}
        for f in report.polled.fetches
        if f.error
    ]
    rows += [
        {"what": f"page {p.url}", "count": 0, "note": f"{p.outcome}: {p.error}"} for p in report.read.fetches if p.error
    ]
    rows += [{"what": "alert kept for later", "count": 0, "note": failure} for failure in report.delivered.failures]
    create_table_artifact(table=rows, key="collected", description="What this run collected, tagged, detected and sent")


def show_feed_health(config: Config) -> None:
    """Show the health of every feed as a table."""
    with open_warehouse(config) as warehouse:
        rows = warehouse.query(FEED_HEALTH)
    table = [{name: "" if value is None else str(value) for name, value in row.items()} for row in rows]
    create_table_artifact(table=table, key="feed-health", description="How each feed is doing")


def show_changes(report: CycleReport, config: Config) -> None:
    """Show the changes that this run brought, as a list with both evidences."""
    fresh = report.changed.fresh
    ids = {i for change in fresh for i in (change.before_statement_id, change.after_statement_id) if i}
    with open_warehouse(config) as warehouse:
        evidences = warehouse.load_evidence(ids)
    lines = [f"# {len(fresh)} changes" if fresh else "# No change of position"]
    for change in fresh:
        lines += _describe_change(change, evidences, config)
    create_markdown_artifact(markdown="\n".join(lines), key="changes", description="What changed, with the words")


def _describe_change(change: PositionChange, evidences: dict[str, Evidence], config: Config) -> list[str]:
    actor = config.actor(change.actor_id)
    issue = next((issue.name for issue in config.issues if issue.id == change.issue_id), change.event_id or "")
    return [
        f"\n## {change.kind.replace('_', ' ')}: {show_plainly(actor.name if actor else change.actor_id)} on {show_plainly(issue)}",
        f"{change.state}, confidence {change.confidence:.2f}, {change.changed_at:%Y-%m-%d}, id `{change.change_id}`\n",
        *(_quote("before", evidences.get(change.before_statement_id or ""))),
        *(_quote("after", evidences.get(change.after_statement_id))),
    ]


def _quote(label: str, evidence: Evidence | None) -> list[str]:
    if evidence is None:
        return [f"*{label}*: none\n"]
    day = f"{evidence.stated_at:%Y-%m-%d}" if evidence.stated_at else "undated"
    return [
        f"*{label}* ({show_plainly(evidence.outlet)}, {day}, {evidence.basis}):\n",
        f"> {show_plainly(evidence.quote)}\n",
        f"> — {show_plainly(evidence.speaker_text)}, <{escape(evidence.url)}>\n",
    ]


def show_plainly(text: str) -> str:
    """Make text from a feed show as itself: no markup, no link, one line."""
    return escape(" ".join(text.split()).translate(_MARKDOWN), quote=False)
