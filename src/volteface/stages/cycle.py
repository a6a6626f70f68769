"""The order of a cycle. Prefect wraps its steps; without Prefect they are plain calls."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Protocol

from volteface.errors import VoltefaceError
from volteface.models import Run, identify
from volteface.stages.analyse import TagReport, tag_articles
from volteface.stages.collect import PollReport, poll_feeds
from volteface.stages.deliver import DeliveryReport, deliver_alerts
from volteface.stages.detect import ChangeReport, detect
from volteface.stages.edits import EditReport, compare_versions
from volteface.stages.job import Job
from volteface.stages.publish import Published, publish
from volteface.stages.read import ReadReport, read_articles


class Counted(Protocol):
    """What every stage returns: something with sums."""

    @property
    def counts(self) -> dict[str, int]:
        """Return the sums that a run keeps."""
        ...


Stage = Callable[[Job, str], Any]
Step = Callable[[Stage, Job, str], Any]

COMPLETED = "completed"


def call_plainly(stage: Stage, job: Job, run_id: str) -> Any:
    """Call a stage and nothing else: the step of a run without an orchestrator."""
    return stage(job, run_id)


@dataclass(frozen=True, slots=True)
class CycleReport:
    """What one cycle did, stage by stage. ``published`` is None where publishing was left out."""

    run: Run
    polled: PollReport
    read: ReadReport
    tagged: TagReport
    edited: EditReport
    changed: ChangeReport
    delivered: DeliveryReport
    published: Published | None


def run_cycle(
    job: Job, *, flow: str = "run", step: Step = call_plainly, with_alerts: bool = True, with_publish: bool = True
) -> CycleReport:
    """Run one cycle: poll, read, tag, compare versions, detect, deliver, publish; keep a row of the run, whatever comes of it.

    Running it again over the same input converges: everything is written by natural keys. Raises RunActiveError where
    another cycle is under way, and VoltefaceError otherwise; the run's row then says failed and why.
    """
    with job.hold_run():
        return _run_alone(job, flow, step, with_alerts=with_alerts, with_publish=with_publish)


def _run_alone(job: Job, flow: str, step: Step, *, with_alerts: bool, with_publish: bool) -> CycleReport:
    run = begin_run(job, flow)
    try:
        polled: PollReport = step(poll_feeds, job, run.run_id)
        read: ReadReport = step(read_articles, job, run.run_id)
        tagged: TagReport = step(tag_articles, job, run.run_id)
        edited: EditReport = step(compare_versions, job, run.run_id)
        changed: ChangeReport = step(detect, job, run.run_id)
        delivered: DeliveryReport = step(deliver_alerts, job, run.run_id) if with_alerts else DeliveryReport(0, 0, ())
        run = replace(run, model_version=tagged.model_version)
        ended = end_run(job, run, (polled, read, tagged, edited, changed, delivered))
        published: Published | None = step(publish, job, run.run_id) if with_publish else None
    except BaseException as error:
        fail_run(job, run, error)
        raise
    return CycleReport(ended, polled, read, tagged, edited, changed, delivered, published)


def begin_run(job: Job, flow: str) -> Run:
    """Store that a run began, with the configuration's digest; mirror actors, issues and feeds into the warehouse.

    First it looks for room on the disk (WarehouseFullError), marks runs that died, and removes what they left half made.
    Call it with the cycles' lock.
    """
    now = job.clock()
    run = Run(run_id=identify(flow, now.isoformat()), flow=flow, started_at=now, config_sha256=job.config.sha256)
    job.check_room()
    with job.open_warehouse() as warehouse:
        warehouse.mark_crashed_runs(is_alone=True)
        warehouse.sweep_snapshot(job.config.path(job.config.settings.paths.snapshot))
        warehouse.save_dimensions(job.config)
        warehouse.save_run(run)
    return run


def end_run(job: Job, run: Run, reports: tuple[Counted, ...]) -> Run:
    """Store that a run ended well, with its sums; then note it in the journal beside the warehouse."""
    counts = {name: count for report in reports for name, count in report.counts.items()}
    ended = replace(run, ended_at=job.clock(), state=COMPLETED, counts=counts)
    with job.open_warehouse() as warehouse:
        warehouse.save_run(ended)
    job.note_run(ended)
    return ended


def fail_run(job: Job, run: Run, error: BaseException) -> None:
    """Store that a run failed, and why. Where even that cannot be stored, the next run marks this one as crashed.

    The warehouse is opened anew and looked at first: a disk that filled up can report a commit as failed that is
    durable, so a run that is saved as completed stays so.
    """
    reason = str(error) if isinstance(error, VoltefaceError) else type(error).__name__  # others may quote anything
    with suppress(VoltefaceError), job.open_warehouse() as warehouse:
        if warehouse.load_run_state(run.run_id) != COMPLETED:
            warehouse.save_run(replace(run, ended_at=job.clock(), state="failed", error=reason))
