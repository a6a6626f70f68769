"""`volteface alerts`: the outbox, a test message, and sending what waits."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path

import click

from volteface.adapters.channels import send as send_alert
from volteface.adapters.clock import utc_now
from volteface.adapters.snapshot.outbox import load_deliveries
from volteface.alerts.render import render_test
from volteface.commands.context import Session, pass_session
from volteface.errors import InputError
from volteface.models import DeliveryState
from volteface.stages.deliver import deliver_alerts
from volteface.stages.job import Job
from volteface.visible import show_line


@click.group()
def alerts() -> None:
    """Alerts: what went to whom, a test message, and sending what waits."""


@alerts.command("list")
@click.option("--state", type=click.Choice([state.value for state in DeliveryState]), help="Only these.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="The newest so many.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--snapshot", type=click.Path(path_type=Path), help="Read this snapshot, not the configured one.")
@pass_session
def list_alerts(session: Session, *, state: str | None, limit: int, as_json: bool, snapshot: Path | None) -> None:
    """List the newest alerts and what became of each, as the last published snapshot has it."""
    path = snapshot or session.config().path(session.config().settings.paths.snapshot)
    rows = load_deliveries(path, state=state, limit=limit)
    for row in rows:
        if as_json:
            click.echo(json.dumps(row, default=_show_json))
            continue
        click.echo(
            f"{row['created_at']:%Y-%m-%d %H:%M}  {row['state']:<7}  {row['channel_id']}  {row['change_id'][:10]}"
        )
        click.echo(f"    {show_line(row['subject'])}")
        if row["last_error"]:
            click.echo(
                f"    attempt {row['attempt_count']}: {show_line(row['last_error'])}{_when(row['next_attempt_at'])}"
            )
    if not rows and not as_json:
        click.echo("No alerts.", err=True)


@alerts.command("test")
@click.argument("channel_id", metavar="CHANNEL")
@pass_session
def test_channel(session: Session, *, channel_id: str) -> None:
    """Send a message marked as a test to CHANNEL (an id of config/channels.yml), switched on or not."""
    config = session.config()
    channel = next((channel for channel in config.channels if channel.id == channel_id), None)
    if channel is None:
        known = ", ".join(channel.id for channel in config.channels) or "none"
        raise InputError(channel_id, f"no such channel in config/channels.yml; there are: {known}")
    alert = render_test(channel, now=utc_now())
    send_alert(channel, alert, home=config.home, environ=os.environ, stream=sys.stdout)
    click.echo(f"sent to {channel.id} ({channel.kind})", err=True)


@alerts.command("send")
@pass_session
def send(session: Session) -> None:
    """Queue alerts for changes that no channel was told of yet, and try what is due. Exit code 1 where some failed."""
    report = deliver_alerts(Job(session.config()), "")
    click.echo(f"{report.queued_count} queued, {report.sent_count} sent, {len(report.failures)} failed", err=True)
    for failure in report.failures:
        click.echo(show_line(failure), err=True)
    if report.failures:
        sys.exit(1)


def _when(moment: datetime | None) -> str:
    return f"; next at {moment:%Y-%m-%d %H:%M} UTC" if moment else ""


def _show_json(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
