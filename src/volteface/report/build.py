"""Gather plain rows into what the report shows. Reads no database and no clock.

Rows are mappings as the snapshot gives them; each function's docstring names the columns that it reads. A column that
is missing is an error (KeyError): the queries and the report are two halves of one thing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from volteface.models import Basis
from volteface.report.data import (
    Cell,
    FeedHealth,
    IssueHead,
    MatrixRow,
    ReportData,
    RunInfo,
    Shown,
    ShownChange,
    ShownEdit,
    Timeline,
)
from volteface.visible import show_actor

Row = Mapping[str, Any]
DEFAULT_TIMELINE = 60  # statements shown of one issue


def build_report_data(
    positions: Sequence[Row],
    changes: Sequence[Row],
    evidences: Sequence[Row],
    statements: Sequence[Row],
    feeds: Sequence[Row],
    *,
    topic: str,
    generated_at: datetime,
    run: RunInfo | None,
    issues: Sequence[IssueHead],
    actor_names: Mapping[str, str],
    statement_counts: Mapping[str, int],
    change_count: int,
    timeline_limit: int = DEFAULT_TIMELINE,
    edits: Sequence[Row] = (),
) -> ReportData:
    """Gather rows into what the page shows. ``actor_names`` gives the order of the matrix: unknown actors come last.

    positions: as ``build_matrix`` takes them. changes: the fields of models.PositionChange. evidences: what the changes
    stand on, and statements: what is shown of each issue, both as ``_show`` takes them. feeds: as ``_show_feed`` does.
    edits: rows of the view quote_edits, in the order that they are shown in.
    ``statement_counts`` (by issue) and ``change_count`` tell how many there are, where the rows are only some.
    """
    shown = {row["statement_id"]: _show(row, actor_names) for row in evidences}
    names = {issue.issue_id: issue.name for issue in issues}
    newest_first = sorted(changes, key=lambda row: (row["changed_at"], row["change_id"]), reverse=True)
    return ReportData(
        topic=topic,
        generated_at=generated_at,
        run=run,
        issues=tuple(issues),
        matrix=build_matrix(positions, issues, actor_names),
        changes=tuple(_show_change(row, shown, actor_names, names) for row in newest_first),
        change_count=change_count,
        timelines=build_timelines(statements, issues, actor_names, statement_counts, timeline_limit),
        edits=tuple(map(_show_edit, edits)),
        feeds=tuple(sorted(map(_show_feed, feeds), key=lambda feed: (feed.is_healthy, feed.feed_id))),
    )


def build_matrix(
    positions: Sequence[Row], issues: Sequence[IssueHead], actor_names: Mapping[str, str]
) -> tuple[MatrixRow, ...]:
    """Return one row for each actor that holds an on-record position on one of the issues.

    Columns read: actor_id, issue_id, basis, stance, strength, conditional, valid_from, last_stated_at,
    statement_count, origin_count. Positions on any other basis are left out: a leak is not a position on record.
    """
    cells: dict[str, dict[str, Cell]] = defaultdict(dict)
    for row in positions:
        if row["basis"] == Basis.ON_RECORD:
            cells[row["actor_id"]][row["issue_id"]] = _make_cell(row)
    order = {actor_id: number for number, actor_id in enumerate(actor_names)}
    rows = (
        MatrixRow(
            actor_id=actor_id,
            actor_name=show_actor(actor_id, actor_names),
            cells=tuple(held.get(issue.issue_id) for issue in issues),
        )
        for actor_id, held in cells.items()
    )
    held = (row for row in rows if any(row.cells))
    return tuple(sorted(held, key=lambda row: (order.get(row.actor_id, len(order)), row.actor_name)))


def build_timelines(
    statements: Sequence[Row],
    issues: Sequence[IssueHead],
    actor_names: Mapping[str, str],
    counts: Mapping[str, int],
    limit: int,
) -> tuple[Timeline, ...]:
    """Return one timeline for each issue that was spoken of: newest first, the undated last, at most ``limit``."""
    by_issue: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(statements, key=_newest_first):
        by_issue[row["issue_id"]].append(row)
    return tuple(
        Timeline(
            issue=issue,
            statements=tuple(_show(row, actor_names) for row in by_issue[issue.issue_id][:limit]),
            omitted_count=max(0, counts[issue.issue_id] - min(limit, len(by_issue[issue.issue_id]))),
        )
        for issue in issues
        if issue.issue_id in by_issue
    )


def _newest_first(row: Row) -> tuple[float, str]:
    stated_at = row["stated_at"]
    return (-stated_at.timestamp() if stated_at else math.inf, row["statement_id"])


def _make_cell(row: Row) -> Cell:
    return Cell(
        stance=row["stance"],
        is_hedged=row["strength"] == 1,
        is_conditional=row["conditional"],
        origin_count=row["origin_count"],
        statement_count=row["statement_count"],
        valid_from=row["valid_from"],
        last_stated_at=row["last_stated_at"],
    )


def _show(row: Row, actor_names: Mapping[str, str]) -> Shown:
    """Read statement_id, actor_id, speaker_text, stance, basis, quote, outlet, url, title, stated_at."""
    return Shown(
        statement_id=row["statement_id"],
        actor_name=show_actor(row["actor_id"], actor_names),
        speaker_text=row["speaker_text"],
        stance=row["stance"],
        basis=row["basis"],
        quote=row["quote"],
        outlet=row["outlet"],
        url=row["url"],
        title=row["title"],
        stated_at=row["stated_at"],
    )


def _show_change(
    row: Row, shown: Mapping[str, Shown], actor_names: Mapping[str, str], issue_names: Mapping[str, str]
) -> ShownChange:
    counter, issue_id = row["counter_actor_id"], row["issue_id"]
    return ShownChange(
        change_id=row["change_id"],
        kind=row["kind"],
        state=row["state"],
        actor_name=show_actor(row["actor_id"], actor_names),
        counter_name=show_actor(counter, actor_names) if counter else None,
        issue_name=issue_names.get(issue_id, issue_id) if issue_id else None,
        basis=row["basis"],
        changed_at=row["changed_at"],
        confidence=row["confidence"],
        summary=row["summary"],
        against=tuple(row["against"] or ()),
        before=shown.get(row["before_statement_id"] or ""),
        after=shown.get(row["after_statement_id"]),
        before_origin_count=row["before_origin_count"],
        after_origin_count=row["after_origin_count"],
    )


def _show_edit(row: Row) -> ShownEdit:
    """Read kind, word_class, is_quoted, actor_name, after_actor_name, both texts, word_diff, outlet, url, title, known_from."""
    return ShownEdit(
        kind=row["kind"],
        word_class=row["word_class"],
        is_quoted=row["is_quoted"],
        actor_name=row["actor_name"],
        after_actor_name=row["after_actor_name"],
        before_text=row["before_text"],
        after_text=row["after_text"],
        word_diff=row["word_diff"],
        outlet=row["outlet"],
        url=row["url"],
        title=row["title"],
        seen_at=row["known_from"],
    )


def _show_feed(row: Row) -> FeedHealth:
    """Read feed_id, outlet, polled_at, succeeded_at, failures_in_a_row, entries_per_day, last_error.

    A feed is healthy where its last poll brought something, or told that there is nothing new.
    """
    failures = row["failures_in_a_row"]
    return FeedHealth(
        feed_id=row["feed_id"],
        outlet=row["outlet"],
        is_healthy=failures == 0,
        polled_at=row["polled_at"],
        succeeded_at=row["succeeded_at"],
        failure_count=failures or 0,
        entries_per_day=row["entries_per_day"],
        error=row["last_error"] if failures else None,
    )
