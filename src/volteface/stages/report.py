"""Write the report from the published snapshot: gather, render, put in place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from volteface.adapters.page_file import save_page
from volteface.adapters.snapshot.report import ReportRows, load_report_rows
from volteface.config import Config
from volteface.report.build import build_report_data
from volteface.report.data import IssueHead, ReportData, RunInfo
from volteface.report.page import render_report

CHANGE_LIMIT = 300
STATEMENT_LIMIT = 60  # of each issue


def write_report(config: Config, snapshot: Path, report: Path) -> None:
    """Write the report of ``snapshot`` to the file ``report``, whole or not at all. Raises WarehouseError."""
    save_page(report, render_snapshot(config, snapshot))


def render_snapshot(config: Config, snapshot: Path) -> str:
    """Return the report of a snapshot as HTML. The same snapshot and names give the same page. Raises WarehouseError."""
    rows = load_report_rows(snapshot, change_limit=CHANGE_LIMIT, statement_limit=STATEMENT_LIMIT)
    return render_report(gather_report_data(config, rows))


def gather_report_data(config: Config, rows: ReportRows) -> ReportData:
    """Join the rows with the names and the order of the configuration."""
    return build_report_data(
        rows.positions,
        rows.changes,
        rows.evidences,
        rows.statements,
        rows.feeds,
        topic=config.settings.topic,
        generated_at=rows.published_at,
        run=_describe_run(rows.runs),
        issues=[
            IssueHead(issue_id=issue.id, name=issue.name, proposition=issue.proposition) for issue in config.issues
        ],
        actor_names={actor.id: actor.name for actor in config.actors},
        statement_counts=rows.statement_counts,
        change_count=rows.change_count,
        timeline_limit=STATEMENT_LIMIT,
        edits=rows.edits,
    )


def _describe_run(runs: Sequence[dict[str, Any]]) -> RunInfo | None:
    if not runs:
        return None
    run = runs[0]
    return RunInfo(
        run_id=run["run_id"],
        flow=run["flow"],
        started_at=run["started_at"],
        ended_at=run["ended_at"],
        state=run["state"],
        model_version=run["model_version"],
        counts=json.loads(run["counts"]),
    )
