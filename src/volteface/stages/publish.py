"""Publish what analysts read: the snapshot of the warehouse, then the report made from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from volteface.stages.job import Job


@dataclass(frozen=True, slots=True)
class Published:
    """Where the two are."""

    snapshot: Path
    report: Path

    @property
    def counts(self) -> dict[str, int]:
        """Return the sums that a run keeps: none."""
        return {}


def publish(job: Job, run_id: str) -> Published:
    """Swap in a new snapshot and write the report beside it. A failure leaves the old ones. Raises WarehouseError."""
    paths = job.config.settings.paths
    snapshot, report = job.config.path(paths.snapshot), job.config.path(paths.report)
    with job.open_warehouse() as warehouse:
        warehouse.publish_snapshot(snapshot, run_id=run_id, published_at=job.clock())
    from volteface.stages.report import write_report  # noqa: PLC0415 -- Jinja is only needed here

    write_report(job.config, snapshot, report)
    return Published(snapshot, report)
