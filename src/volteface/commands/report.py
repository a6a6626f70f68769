"""`volteface report`: the page that an analyst reads, made anew from the snapshot."""

from __future__ import annotations

from pathlib import Path

import click

from volteface.commands.context import Session, pass_session
from volteface.stages.report import write_report


@click.command()
@click.option("-o", "target", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--snapshot", type=click.Path(path_type=Path), help="Read this snapshot, not the configured one.")
@pass_session
def report(session: Session, *, target: Path | None, snapshot: Path | None) -> None:
    """Write the report of the last published snapshot: one HTML file that loads nothing. Prints where it is.

    Without -o it replaces the configured page (paths.report in config/settings.yml).
    """
    config = session.config()
    paths = config.settings.paths
    page = target or config.path(paths.report)
    write_report(config, snapshot or config.path(paths.snapshot), page)
    click.echo(page)
