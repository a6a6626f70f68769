"""`volteface demo`: the main job on the capture that ships with the project."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files

import click

from volteface.commands.context import WAIT_SECONDS, Session, pass_session
from volteface.commands.progress import show_progress
from volteface.commands.tables import print_replay
from volteface.stages.job import Job, place_under
from volteface.stages.replay import replay_capture


@click.command()
@click.option("--fresh", is_flag=True, help="Delete what an earlier demo left, and begin anew.")
@click.option("--json", "as_json", is_flag=True, help="Print the sums as JSON.")
@pass_session
def demo(session: Session, *, fresh: bool, as_json: bool) -> None:
    """Run the main job on the shipped capture: six months of White House documents, and one week in March 2024.

    Everything is written under warehouse/demo/. A second run finds nothing new and alerts nobody.
    """
    folder = session.home / "warehouse" / "demo"
    if fresh and folder.exists():
        shutil.rmtree(folder)
    config = place_under(session.config(), folder)
    with as_file(files("volteface.demo") / "capture.warc.gz") as capture, show_progress() as progress:
        report = replay_capture(capture, Job(config, progress=progress, wait_seconds=WAIT_SECONDS))
    print_replay(report, config, as_json=as_json)
