"""`volteface events`: who claims which state of each planned event, and who contradicts whom."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from volteface.adapters.snapshot.events import EventRows, load_event_rows
from volteface.commands.context import Session, pass_session
from volteface.config import Config
from volteface.config.issues import Issue, PlannedEvent
from volteface.models import Basis, EventState
from volteface.positions.claimants import Standing, find_conflicts
from volteface.positions.sides import Sides
from volteface.visible import show_actor, show_line

Row = Mapping[str, Any]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each event, words verbatim.")
@click.option("--snapshot", type=click.Path(path_type=Path), help="Read this snapshot, not the configured one.")
@pass_session
def events(session: Session, *, as_json: bool, snapshot: Path | None) -> None:
    """List the configured planned events: each claimant's claims with their words and footing, conflicts, history.

    A conflict is between two named sides, one saying agreed (or scheduled), the other denied, within the window.
    The history is of the states that the deciders established. Reads the last published snapshot.
    """
    config = session.config()
    rows = load_event_rows(snapshot or config.path(config.settings.paths.snapshot))
    sides = Sides(config.actors, config.issues)
    for issue in config.issues:
        if issue.event:
            found = gather_event(issue, issue.event, rows, sides, config)
            click.echo(
                json.dumps(found, ensure_ascii=False, default=_show_json) if as_json else "\n".join(_show(found))
            )


def gather_event(issue: Issue, event: PlannedEvent, rows: EventRows, sides: Sides, config: Config) -> dict[str, Any]:
    """Return what is known of one event: event_id, name, issue_id, decided_by, claims, conflicts, history, disputes.

    claims: rows of the view planned_events, each with ``conflicts_with``, the claim ids that it contradicts. history:
    lifecycle changes. disputes: contradictions that are position changes.
    """
    claims = [row for row in rows.claims if row["event_id"] == event.id]
    conflicts = find_conflicts([_stand(row) for row in claims], sides, config.settings.changes.gap_window_days)
    pairs = {(one.agreed_claim_id, one.denied_claim_id) for one in conflicts}
    changes = [row for row in rows.changes if row["event_id"] == event.id]
    return {
        "event_id": event.id,
        "name": event.name,
        "issue_id": issue.id,
        "decided_by": [
            show_actor(actor_id, {actor.id: actor.name for actor in config.actors}) for actor_id in event.decided_by
        ],
        "claims": [{**row, "conflicts_with": _list_others(row["claim_id"], pairs)} for row in claims],
        "conflicts": [
            {"agreed_claim_id": one.agreed_claim_id, "denied_claim_id": one.denied_claim_id, "since": one.since}
            for one in conflicts
        ],
        "history": [row for row in changes if row["kind"] == "lifecycle"],
        "disputes": [row for row in changes if row["kind"] != "lifecycle"],
    }


def _stand(row: Row) -> Standing:
    return Standing(
        claim_id=row["claim_id"],
        event_id=row["event_id"],
        issue_id=row["issue_id"],
        claimant_id=row["claimant_id"],
        basis=Basis(row["basis"]),
        is_private=row["is_private"],
        state=EventState(row["state"]),
        since=row["since"],
        last_stated_at=row["last_stated_at"],
    )


def _list_others(claim_id: str, pairs: set[tuple[str, str]]) -> list[str]:
    return sorted({other for pair in pairs if claim_id in pair for other in pair if other != claim_id})


def _show(found: Mapping[str, Any]) -> Iterator[str]:
    yield show_line(f"{found['name']} (decided by {', '.join(found['decided_by'])})")
    if not found["claims"]:
        yield "  nothing is claimed of it yet"
    names = {row["claim_id"]: row for row in found["claims"]}
    for row in found["claims"]:
        yield from _show_claim(row, [names[other] for other in row["conflicts_with"]])
    yield from _show_changes("history", found["history"])
    yield from _show_changes("disputes", found["disputes"])


def _show_claim(row: Row, others: Sequence[Row]) -> Iterator[str]:
    mode = f" ({_words(row['mode'])})" if row["mode"] else ""
    about = f" about {row['about_name']}" if row["about_actor_id"] not in {None, row["claimant_id"]} else ""
    latest = "" if row["is_latest"] else ", superseded"
    yield ""
    yield "  " + show_line(f"{_words(row['state'])}{mode}: {row['claimant_name']}{about}, {_foot(row)}{latest}")
    yield f"    since     {row['since']:%Y-%m-%d}, last {row['last_stated_at']:%Y-%m-%d}, origins n={row['origin_count']}"
    yield f"    words     “{show_line(row['evidence'])}”"
    yield "    " + show_line(f"in        {row['outlet']}")
    for other in others:
        yield "    " + show_line(f"CONFLICT  {other['claimant_name']} says {_words(other['state'])} ({_foot(other)})")


def _foot(row: Row) -> str:
    """Return on what footing a claim is known."""
    return _words(row["basis"]) + (", in private" if row["is_private"] else "")


def _show_changes(title: str, rows: Sequence[Row]) -> Iterator[str]:
    if rows:
        yield ""
        yield f"  {title}"
    for row in rows:
        yield "    " + show_line(f"{row['changed_at']:%Y-%m-%d}  {row['summary']} ({row['state']}, {row['change_id']})")


def _words(name: str) -> str:
    return name.replace("_", " ")


def _show_json(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
