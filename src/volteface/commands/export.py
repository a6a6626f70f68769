"""`volteface export`: tables and views of the snapshot as Parquet or CSV files."""

from __future__ import annotations

from pathlib import Path

import click

from volteface.adapters.warehouse.reader import export_tables
from volteface.commands.context import Session, pass_session


@click.command()
@click.argument("names", metavar="TABLE_OR_VIEW...", nargs=-1, required=True)
@click.option("--format", "file_format", type=click.Choice(["parquet", "csv"]), default="parquet", show_default=True)
@click.option(
    "-o", "folder", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write to."
)
@click.option("--snapshot", type=click.Path(path_type=Path), help="Read this snapshot, not the configured one.")
@pass_session
def export(session: Session, names: tuple[str, ...], file_format: str, folder: Path, snapshot: Path | None) -> None:
    """Write tables or views of the last published snapshot to files, one each, named after them.

    In CSV, a text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    path = snapshot or session.config().path(session.config().settings.paths.snapshot)
    for target, row_count in export_tables(path, names, folder, file_format):
        click.echo(f"{target}\t{row_count} rows", err=True)
