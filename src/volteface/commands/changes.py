"""`volteface changes`: position changes of a file of statements, by the definition that the pipeline uses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from volteface.commands.context import Session, pass_session
from volteface.commands.jsonl import write_rows
from volteface.commands.statement_rows import read_statements
from volteface.models import PositionChange


@click.command()
@click.argument("statements", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write here, not to the screen.")
@pass_session
def changes(session: Session, statements: Path, output: Path | None) -> None:
    """Detect the position changes in STATEMENTS, a file of JSON Lines.

    A line needs actor_id, issue_id, stated_at and stance; `volteface tag` writes such lines. Actors and issues need
    not be configured. Candidates and rejected changes are written too: see "state".
    """
    from volteface.positions.changes import detect_changes  # noqa: PLC0415 -- only this command's work needs it

    config = session.config()
    found = detect_changes(
        list(read_statements(statements)),
        (),
        actors=config.actors,
        issues=config.issues,
        policy=config.settings.changes,
    )
    write_rows(map(_make_row, found), output)


def _make_row(change: PositionChange) -> dict[str, Any]:
    return {
        "change_id": change.change_id,
        "kind": change.kind,
        "state": change.state,
        "actor_id": change.actor_id,
        "issue_id": change.issue_id,
        "basis": change.basis,
        "before_statement_id": change.before_statement_id,
        "after_statement_id": change.after_statement_id,
        "changed_at": change.changed_at.isoformat(),
        "known_from": change.known_from.isoformat(),
        "confidence": change.confidence,
        "counter_actor_id": change.counter_actor_id,
        "before_origin_count": change.before_origin_count,
        "after_origin_count": change.after_origin_count,
        "summary": change.summary,
        "against": change.against,
    }
