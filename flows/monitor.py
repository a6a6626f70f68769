"""The monitor flow: one cycle of the main job, its stages as tasks, its results as artifacts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.artifacts import show_changes, show_collected, show_feed_health
from volteface.adapters.clock import utc_now
from volteface.config import load_config
from volteface.errors import WarehouseLockedError
from volteface.stages.cycle import CycleReport, Stage, run_cycle
from volteface.stages.job import Job


def call_as_task(stage: Stage, job: Job, run_id: str) -> Any:
    """Call a stage as one Prefect task: a task a stage, never a task an item, which costs 20 ms of server each."""
    return task(name=stage.__name__, cache_policy=NO_CACHE, persist_result=False)(stage)(job, run_id)


def name_run() -> str:
    """Return a run's name: the minute that it began, UTC."""
    return f"monitor-{utc_now():%Y-%m-%d-%H%M}"


@flow(name="monitor", flow_run_name=name_run)
def monitor(home: str = ".") -> dict[str, int] | State[Any]:
    """Run one cycle over the home folder: poll, read, tag, detect, alert, publish. Returns the run's sums.

    Where another cycle is under way, or holds the warehouse too long, this one is skipped, which is no failure.
    """
    config = load_config(Path(home).resolve())
    try:
        report: CycleReport = run_cycle(Job(config), flow="monitor", step=call_as_task)
    except WarehouseLockedError as error:
        get_run_logger().warning("skipped: %s", error)
        return Completed(name="Skipped", message=str(error))
    show_collected(report)
    show_feed_health(config)
    show_changes(report, config)
    get_run_logger().info("run %s: %s", report.run.run_id, report.run.counts)
    return report.run.counts
