"""`volteface run`: the main job, with no server anywhere."""

from __future__ import annotations

import time
from datetime import timedelta

import click

from volteface.adapters.clock import utc_now
from volteface.commands.context import WAIT_SECONDS, Session, pass_session
from volteface.commands.progress import show_progress
from volteface.commands.tables import print_cycle, print_due_feeds
from volteface.stages.cycle import run_cycle
from volteface.stages.job import Job


@click.command()
@click.option(
    "--once", is_flag=True, help="One cycle, then stop. Without it: a cycle every poll_minutes, until Ctrl-C."
)
@click.option("--dry-run", is_flag=True, help="Say which feeds are due, and do nothing.")
@click.option("--no-alerts", is_flag=True, help="Queue and send no alerts.")
@click.option("--json", "as_json", is_flag=True, help="Print the cycle's sums as JSON.")
@pass_session
def run(session: Session, *, once: bool, dry_run: bool, no_alerts: bool, as_json: bool) -> None:
    """Poll the feeds, read what is in scope, tag, detect, alert and publish: with no server running."""
    config = session.config()
    if dry_run:
        print_due_feeds(Job(config, wait_seconds=WAIT_SECONDS))
        return
    while True:
        started = utc_now()
        with show_progress() as progress:
            report = run_cycle(Job(config, progress=progress, wait_seconds=WAIT_SECONDS), with_alerts=not no_alerts)
        print_cycle(report, config, as_json=as_json)
        if once:
            return
        pause = started + timedelta(minutes=config.settings.collection.poll_minutes) - utc_now()
        time.sleep(max(1.0, pause.total_seconds()))
