"""`volteface edits`: which quotations were changed after publication, and in which words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from volteface.adapters.snapshot.edits import load_edits
from volteface.commands.context import Session, pass_session
from volteface.visible import show_line, show_link

Row = Mapping[str, Any]
_HEADS = {
    "altered": "Quote changed after publication",
    "attribution_changed": "Quote given to another speaker after publication",
    "removed": "Quote removed after publication",
}
_UNQUOTED = "Attributed words changed after publication"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, words verbatim.")
@click.option("--since", type=click.DateTime(formats=["%Y-%m-%d"]), help="Edits known from this day on (UTC).")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="So many, the newest.")
@click.option("--snapshot", type=click.Path(path_type=Path), help="Read this snapshot, not the configured one.")
@pass_session
def edits(session: Session, *, as_json: bool, since: datetime | None, limit: int, snapshot: Path | None) -> None:
    """List the quotations and attributed words that an outlet edited after publication, newest first.

    Both wordings are verbatim slices of stored versions. Marks, case and spelling are no edit, nor is reading the same
    words again. Reads the last published snapshot.
    """
    path = snapshot or session.config().path(session.config().settings.paths.snapshot)
    rows = load_edits(path, since=since.replace(tzinfo=UTC) if since else None, limit=limit)
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False, default=_show_json) if as_json else "\n".join(_describe(row)))
    if not as_json:
        click.echo(f"{len(rows)} edits", err=True)


def head_edit(row: Row) -> str:
    """Return what an edit is in words, with the kind of word that was changed."""
    is_reworded = row["kind"] == "altered" and not row["is_quoted"]
    head = _UNQUOTED if is_reworded else _HEADS[row["kind"]]
    return head + (f" ({row['word_class']})" if row["kind"] == "altered" and row["word_class"] else "")


def _describe(row: Row) -> Iterator[str]:
    who = row["actor_name"] or "no tracked speaker"
    about = f" on {row['issue_name']}" if row["issue_name"] else ""
    now = f", now {row['after_actor_name']}" if row["after_actor_name"] else ""
    yield show_line(f"{head_edit(row)}: {who}{now}{about}")
    yield f"  before      “{show_line(row['before_text'])}”"
    yield (
        f"  after       “{show_line(row['after_text'])}”"
        if row["after_text"]
        else "  after       (not in the text any more)"
    )
    if row["word_diff"]:
        yield "  " + show_line(f"words       {row['word_diff']}")
    yield "  " + show_line(f"in          {row['outlet']}: {row['title']}")
    yield f"  link        {show_link(row['url']) or '(no web link)'}"
    seen = f"seen {row['before_seen_at']:%Y-%m-%d %H:%M}, then {row['known_from']:%Y-%m-%d %H:%M} UTC"
    yield f"  versions    {row['before_version_number']} and {row['after_version_number']}, {seen}"
    if row["statement_id"]:
        yield f"  statement   {row['statement_id']}"


def _show_json(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
