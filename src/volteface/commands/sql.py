"""`volteface sql`: ask the published snapshot, without any way to change it or to reach anything else."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date, datetime
from pathlib import Path

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from volteface.adapters.warehouse.reader import FORMULA_STARTS, Answer, Snapshot, open_snapshot
from volteface.commands.context import Session, pass_session
from volteface.errors import InputError

WIDTH_WITHOUT_TERMINAL = 160
MIN_COLUMN_WIDTH = 12  # narrower than this, ids and dates break


@click.command()
@click.argument("query", required=False)
@click.option("--file", "-f", "query_file", type=click.Path(path_type=Path), help="Read the query from a file.")
@click.option(
    "--format", "answer_format", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)
@click.option("--snapshot", type=click.Path(path_type=Path), help="Ask this snapshot, not the configured one.")
@pass_session
def sql(
    session: Session, query: str | None, query_file: Path | None, answer_format: str, snapshot: Path | None
) -> None:
    """Ask the last published snapshot in SQL. Without a query: list its tables and views."""
    if query and query_file:
        message = "give a query or --file, not both"
        raise click.UsageError(message)
    text, source = (_read_query(query_file), str(query_file)) if query_file else (query, "query")
    path = snapshot or session.config().path(session.config().settings.paths.snapshot)
    with open_snapshot(path) as reader:
        answer = reader.answer(text, source=source) if text else _list_tables(reader)
    {"table": _print_table, "csv": _print_csv, "json": _print_json}[answer_format](answer)


def _read_query(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, f"cannot be read: {error}") from error


def _list_tables(reader: Snapshot) -> Answer:
    return Answer(("name", "kind"), list(reader.list_tables().items()))


def _print_table(answer: Answer) -> None:
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH_WITHOUT_TERMINAL)
    if len(answer.columns) * MIN_COLUMN_WIDTH > console.width:
        _print_records(console, answer)
    else:
        table = Table(*answer.columns, box=SIMPLE_HEAD, pad_edge=False)
        for row in answer.rows:
            table.add_row(*(_show_cell(value) for value in row))
        console.print(table)
    console.print(f"({len(answer.rows)} rows)", style="dim", highlight=False)


def _print_records(console: Console, answer: Answer) -> None:
    """Print one column a line, where side by side they would be too narrow to read."""
    for number, row in enumerate(answer.rows, start=1):
        console.print(f"row {number}", style="bold")
        grid = Table.grid("", "", padding=(0, 2))
        for column, value in zip(answer.columns, row, strict=True):
            grid.add_row(Text(column, style="dim"), _show_cell(value))
        console.print(grid)


def _show_cell(value: object) -> Text:
    """Show a value as it is; a control character of the web's text does not reach the terminal."""
    if value is None:
        return Text("-", style="dim")
    text = f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)
    return Text("".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text))


def _print_csv(answer: Answer) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_show_csv(value) for value in row] for row in answer.rows)


def _show_csv(value: object) -> object:
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA_STARTS) else value
    return value.isoformat() if isinstance(value, date) else value


def _print_json(answer: Answer) -> None:
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=_show_json))


def _show_json(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
