"""What a person sees after a run: the sums, the changes with their evidence, and where to look next."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from volteface.config import Config
from volteface.feeds.schedule import is_due
from volteface.models import ChangeState, Evidence, PositionChange
from volteface.stages.cycle import CycleReport
from volteface.stages.job import Job, open_warehouse
from volteface.stages.replay import ReplayReport

QUOTE_LENGTH = 160


def print_cycle(report: CycleReport, config: Config, *, as_json: bool) -> None:
    """Print one cycle's sums, its failures by name, and the changes that it brought."""
    if as_json:
        click.echo(json.dumps({"run_id": report.run.run_id, **report.run.counts}))
        return
    console = Console()
    console.print(_tabulate_counts("This cycle", report.run.counts))
    for row in report.polled.fetches:
        if row.error:
            console.print(f"[yellow]feed {escape(row.feed_id)}[/]: {row.outcome} {escape(row.error)}")
    for page in report.read.fetches:
        if page.error:
            console.print(f"[yellow]page[/] {escape(page.url)}: {page.outcome} {escape(page.error)}")
    for failure in report.delivered.failures:
        console.print(f"[yellow]alert kept for later[/]: {escape(failure)}")
    _print_changes(console, report.changed.fresh, config)
    _print_places(console, config)


def print_replay(report: ReplayReport, config: Config, *, as_json: bool) -> None:
    """Print a replay's sums and every change that the warehouse now holds, with its evidence."""
    names = list(dict.fromkeys(name for cycle in report.cycles for name in cycle.run.counts))
    counts = {name: report.count(name) for name in names if name != "positions"}
    with open_warehouse(config) as warehouse:
        changes = warehouse.load_changes()
    if as_json:
        click.echo(json.dumps({"cycles": len(report.cycles), **counts, "changes": len(changes)}))
        return
    console = Console()
    console.print(_tabulate_counts(f"{len(report.cycles)} cycles", counts))
    _print_changes(console, changes, config)
    confirmed, retracted, sent = (
        report.count(name) for name in ("changes_confirmed", "changes_retracted", "alerts_sent")
    )
    console.print(
        f"New in this run: {confirmed} changes confirmed, {retracted} retracted; {sent} alerts sent."
        if confirmed or retracted or sent
        else "Nothing new: no change, no alert."
    )
    _print_places(console, config)


def print_due_feeds(job: Job) -> None:
    """Print which feeds a cycle would poll now. Fetches nothing and writes nothing but a warehouse, if there is none."""
    now = job.clock()
    with job.open_warehouse() as warehouse:
        states = warehouse.load_feed_states()
    due = [f for f in job.config.feeds if is_due(f, states.get(f.id), now, job.config.settings.collection)]
    for feed in due:
        click.echo(f"{feed.id}\t{feed.url}")
    click.echo(f"{len(due)} of {len(job.config.feeds)} feeds are due", err=True)


def _tabulate_counts(title: str, counts: dict[str, int]) -> Table:
    table = Table("what", "count", title=title, title_justify="left")
    for name, count in counts.items():
        table.add_row(name.replace("_", " "), str(count))
    return table


def _print_changes(console: Console, changes: Sequence[PositionChange], config: Config) -> None:
    """Print the believed changes as a table, each with both evidences in their own words; count the others."""
    held_back = [change for change in changes if change.state is ChangeState.CANDIDATE]
    changes = [change for change in changes if change.state is not ChangeState.CANDIDATE]
    if held_back:
        console.print(f"{len(held_back)} candidates are held back: not enough speaks for them yet.")
    if not changes:
        console.print("No change of position.")
        return
    ids = {i for change in changes for i in (change.before_statement_id, change.after_statement_id) if i}
    with open_warehouse(config) as warehouse:
        evidences = warehouse.load_evidence(ids)
    actors = {actor.id: actor.name for actor in config.actors}
    issues = {issue.id: issue.name for issue in config.issues}
    table = Table("change", "before", "after", title="Changes", title_justify="left", show_lines=True)
    for change in sorted(changes, key=lambda change: (change.changed_at, change.kind)):
        table.add_row(
            _describe(change, actors, issues),
            _quote(evidences.get(change.before_statement_id or "")),
            _quote(evidences.get(change.after_statement_id)),
        )
    console.print(table)


def _describe(change: PositionChange, actors: dict[str, str], issues: dict[str, str]) -> str:
    """Return the left cell: kind, who, on what, when, how sure, and the id to ask for more."""
    issue = change.issue_id or change.event_id or ""
    state = "" if change.state is ChangeState.CONFIRMED else f" {change.state}"
    return (
        f"[bold]{change.kind.replace('_', ' ')}[/]{state}\n{escape(actors.get(change.actor_id, change.actor_id))}\n"
        f"{escape(issues.get(issue, issue))}\n"
        f"[dim]{change.changed_at:%Y-%m-%d}, {change.confidence:.2f}\n{change.change_id[:8]}[/]"
    )


def _quote(evidence: Evidence | None) -> str:
    if evidence is None:
        return "[dim]-[/]"
    words = evidence.quote if len(evidence.quote) <= QUOTE_LENGTH else evidence.quote[: QUOTE_LENGTH - 1] + "…"
    day = f"{evidence.stated_at:%Y-%m-%d}" if evidence.stated_at else "undated"
    return f"“{escape(words)}”\n[dim]{escape(evidence.outlet)}, {day}, {evidence.basis}[/]"


def _print_places(console: Console, config: Config) -> None:
    paths = config.settings.paths
    console.print(f"Report:    {config.path(paths.report)}", soft_wrap=True)
    console.print(f"Snapshot:  {config.path(paths.snapshot)} (any DuckDB tool; read-only)", soft_wrap=True)
    console.print(
        f"Queries:   volteface sql --file warehouse/queries/NAME.sql --snapshot {config.path(paths.snapshot)}",
        soft_wrap=True,
    )
    console.print("Why:       volteface explain CHANGE_ID", soft_wrap=True)
