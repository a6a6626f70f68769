"""`volteface recover`: a warehouse that does not open is brought back; nothing is ever deleted."""

from __future__ import annotations

import json

import click

from volteface.adapters.clock import utc_now
from volteface.adapters.warehouse.recovery import Recovery, recover_warehouse
from volteface.commands.context import WAIT_SECONDS, Session, pass_session


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what is wrong and what would be moved, and do nothing.")
@click.option(
    "--from-snapshot",
    is_flag=True,
    help="Where the database itself is damaged: move it aside and put the last published snapshot in its place.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@pass_session
def recover(session: Session, *, dry_run: bool, from_snapshot: bool, as_json: bool) -> None:
    """Look whether the warehouse opens, and bring it back where it does not.

    A write-ahead log that cannot be replayed is moved aside, never deleted; then the cycles are named that the warehouse
    no longer holds. What feeds still list comes back with the next run; `volteface replay` on the captures of the missing
    cycles brings the rest.
    """
    config = session.config()
    paths = config.settings.paths
    recovery = recover_warehouse(
        config.path(paths.warehouse),
        snapshot=config.path(paths.snapshot) if from_snapshot else None,
        now=utc_now(),
        is_dry=dry_run,
        wait_seconds=WAIT_SECONDS,
    )
    if as_json:
        click.echo(json.dumps(_as_row(recovery, is_dry=dry_run), indent=1))
        return
    for line in _describe(recovery, is_dry=dry_run, captures=str(paths.captures)):
        click.echo(line)


def _as_row(recovery: Recovery, *, is_dry: bool) -> dict[str, object]:
    missing = recovery.missing
    return {
        "damage": recovery.damage,
        "is_dry_run": is_dry,
        "moved": [{"from": str(here), "to": str(there)} for here, there in recovery.moved],
        "restored_from": str(recovery.restored_from) if recovery.restored_from else None,
        "run_count": recovery.run_count,
        "missing_runs": None
        if missing is None
        else [{"run_id": r.run_id, "flow": r.flow, "started_at": r.started_at.isoformat()} for r in missing],
    }


def _describe(recovery: Recovery, *, is_dry: bool, captures: str) -> list[str]:
    lines = ["the warehouse opens: nothing to recover" if recovery.damage is None else f"damage: {recovery.damage}"]
    verb = "would be moved" if is_dry else "moved"
    lines += [f"{verb}: {here} -> {there}" for here, there in recovery.moved]
    if recovery.restored_from:
        lines.append(f"{'would be put' if is_dry else 'put'} in its place: {recovery.restored_from}")
    if recovery.missing is not None:
        lines.append(f"{recovery.run_count} completed runs in the warehouse, {len(recovery.missing)} missing")
        lines += [
            f"missing: {run.flow} {run.run_id}, begun {run.started_at:%Y-%m-%d %H:%M} UTC" for run in recovery.missing
        ]
    if recovery.missing:
        days = sorted({f"{run.started_at:%Y-%m-%d}" for run in recovery.missing})
        lines.append(
            f"what they fetched is under {captures}, in the folders {', '.join(days)}: volteface replay brings it back"
        )
    return lines
