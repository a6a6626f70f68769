"""`volteface replay`: the main job, offline, on a capture."""

from __future__ import annotations

from pathlib import Path

import click

from volteface.commands.context import WAIT_SECONDS, Session, pass_session
from volteface.commands.progress import show_progress
from volteface.commands.tables import print_replay
from volteface.stages.job import Job, place_under
from volteface.stages.replay import replay_capture


@click.command()
@click.argument("capture", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="A trial: write everything to this folder, not to the configured places, and let no alert leave the machine.",
)
@click.option("--no-alerts", is_flag=True, help="Queue and send no alerts.")
@click.option("--json", "as_json", is_flag=True, help="Print the sums as JSON.")
@pass_session
def replay(session: Session, *, capture: Path, into: Path | None, no_alerts: bool, as_json: bool) -> None:
    """Run the main job on CAPTURE, by the same code, on the capture's clock. Needs no network.

    CAPTURE is a WARC file, or a folder of them such as warehouse/captures or one day of it.
    """
    config = place_under(session.config(), into.resolve()) if into else session.config()
    with show_progress() as progress:
        report = replay_capture(
            capture, Job(config, progress=progress, wait_seconds=WAIT_SECONDS), with_alerts=not no_alerts
        )
    for damage in report.damage:
        click.echo(f"used as far as it is whole: {damage}", err=True)
    print_replay(report, config, as_json=as_json)
