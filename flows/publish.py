"""The publish flow: swap in a new snapshot and report, without polling anything."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from volteface.config import load_config
from volteface.models import identify
from volteface.stages.job import Job
from volteface.stages.publish import publish as publish_stage


@flow(name="publish")
def publish(home: str = ".") -> str:
    """Publish the snapshot and the report of the home folder; return the snapshot's path."""
    job = Job(load_config(Path(home).resolve()))
    return str(publish_stage(job, identify("publish", job.clock().isoformat())).snapshot)
