"""Queue an alert for each change that a channel wants, then send what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from volteface.adapters.channels import send
from volteface.alerts.outbox import decide_attempt
from volteface.alerts.render import render_alert
from volteface.alerts.select import select_alerts
from volteface.errors import ChannelError, VoltefaceError
from volteface.models import Alert, Evidence, PositionChange
from volteface.stages.job import Job
from volteface.stages.watch import queue_notices


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What went out, and what did not."""

    queued_count: int
    sent_count: int
    failures: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Return the sums that a run keeps."""
        return {
            "alerts_queued": self.queued_count,
            "alerts_sent": self.sent_count,
            "alerts_failed": len(self.failures),
        }


def deliver_alerts(job: Job, _run_id: str) -> DeliveryReport:
    """Queue new alerts in the outbox, then try every delivery that is due, each on its own.

    At least once: a delivery is marked after the channel took it, and carries the same key if it is sent again.
    A channel that is down keeps its alerts; no other channel waits for it. Raises WarehouseError.
    """
    queued = queue_alerts(job) + queue_notices(job)
    now = job.clock()
    longest_wait = timedelta(minutes=job.config.settings.alerts.max_retry_minutes)
    with job.open_warehouse() as warehouse:
        due = warehouse.load_due_deliveries(now, longest_wait=longest_wait)
        failures = []
        for done, (alert, delivery) in enumerate(due, start=1):
            error = _try_to_send(job, alert)
            if error is not None:
                failures.append(error)
            # Marked at once, one by one: a killed run sends again only what it was sending.
            warehouse.save_delivery(decide_attempt(delivery, error=error, now=now, policy=job.config.settings.alerts))
            job.progress("deliver", done, len(due))
    return DeliveryReport(queued, len(due) - len(failures), tuple(failures))


def queue_alerts(job: Job) -> int:
    """Store an alert for each change and channel that wants it; return how many are new. Sends nothing."""
    now = job.clock()
    actor_names = {actor.id: actor.name for actor in job.config.actors}
    issue_names = {issue.id: issue.name for issue in job.config.issues}
    with job.open_warehouse() as warehouse:
        already = warehouse.load_alert_keys()
        wanted = {state for channel in job.config.channels if channel.enabled for state in channel.states}
        chosen = select_alerts(warehouse.load_changes(wanted), job.config.channels, already=already)
        ids = {i for change, _ in chosen for i in (change.before_statement_id, change.after_statement_id) if i}
        evidences = warehouse.load_evidence(ids)
        alerts = [
            render_alert(
                change,
                channel,
                before=evidences.get(change.before_statement_id or ""),
                after=_find_evidence(evidences, change),
                actor_names=actor_names,
                issue_names=issue_names,
                now=now,
            )
            for change, channel in chosen
        ]
        warehouse.enqueue_alerts(alerts)
    return len(alerts)


def _try_to_send(job: Job, alert: Alert) -> str | None:
    """Send one alert; return None, or why its channel did not take it."""
    channel = next((channel for channel in job.config.channels if channel.id == alert.channel_id), None)
    if channel is None or not channel.enabled:
        return f"channel {alert.channel_id}: no longer configured"
    try:
        send(channel, alert, home=job.config.home, environ=job.environ, stream=job.stream)
    except ChannelError as error:
        return str(error)
    return None


def _find_evidence(evidences: dict[str, Evidence], change: PositionChange) -> Evidence:
    """Return what the change stands on. A change without its words is never told to anybody: VoltefaceError."""
    evidence = evidences.get(change.after_statement_id)
    if evidence is None:
        message = f"change {change.change_id}: its evidence {change.after_statement_id} is not in the warehouse"
        raise VoltefaceError(message)
    return evidence
