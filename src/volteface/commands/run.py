"""`volteface run`: the main job, with no server anywhere."""

from __future__ import annotations

import time

import click

from volteface.commands.context import WAIT_SECONDS, Session, pass_session
from volteface.commands.progress import show_progress
from volteface.commands.tables import print_cycle, print_due_feeds
from volteface.config import Config
from volteface.errors import VoltefaceError
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
    """Poll the feeds, read what is in scope, tag, detect, alert and publish: with no server running.

    A cycle that fails is told, and the next one goes on from what is saved; with --once it is exit code 2. While another
    process runs a cycle over this home, ours is skipped.
    """
    config = session.config()
    if dry_run:
        print_due_feeds(Job(config, wait_seconds=WAIT_SECONDS))
        return
    if once:
        _run_cycle(config, with_alerts=not no_alerts, as_json=as_json)
        return
    pause = config.settings.collection.poll_minutes * 60
    while True:
        started = time.monotonic()  # the clock on the wall may be set; this one cannot
        try:
            _run_cycle(config, with_alerts=not no_alerts, as_json=as_json)
        except VoltefaceError as error:  # a full disk, a lock: the next cycle goes on from what is saved
            click.echo(f"volteface: {error}", err=True)
        time.sleep(max(1.0, started + pause - time.monotonic()))


def _run_cycle(config: Config, *, with_alerts: bool, as_json: bool) -> None:
    with show_progress() as progress:
        report = run_cycle(Job(config, progress=progress, wait_seconds=WAIT_SECONDS), with_alerts=with_alerts)
    print_cycle(report, config, as_json=as_json)
