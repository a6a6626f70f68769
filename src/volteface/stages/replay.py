"""Replay a capture: the same code, answered from the WARC, on the capture's clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from volteface.adapters.archive import CaptureReader
from volteface.config import Config
from volteface.errors import ArchiveError
from volteface.stages.cycle import CycleReport, Step, call_plainly, run_cycle
from volteface.stages.job import Job
from volteface.stages.publish import Published, publish


@dataclass(slots=True)
class ReplayClock:
    """A clock that stands where the replay put it."""

    instant: datetime

    def __call__(self) -> datetime:
        """Return the instant that the replay has come to."""
        return self.instant


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """What a replay did: its cycles' sums, and where the results are."""

    cycles: tuple[CycleReport, ...]
    published: Published
    damage: tuple[str, ...] = ()  # of captures that a killed run left cut off; what stands before it was replayed

    def count(self, name: str) -> int:
        """Return one sum over all cycles."""
        return sum(cycle.run.counts.get(name, 0) for cycle in self.cycles)


def replay_capture(capture: Path, job: Job, *, step: Step = call_plainly, with_alerts: bool = True) -> ReplayReport:
    """Run one cycle at each poll time of the capture, oldest first; publish once, at the end.

    The capture's own list of feeds is used where it has one, else the configured feeds. Raises ArchiveError where
    there is nothing to poll, and what ``run_cycle`` raises. Of a file that a killed run left cut off, the whole records are
    used, and the report says so.
    """
    reader = CaptureReader(capture, salvage=True)
    ticks = reader.ticks()
    if not ticks:
        why = "; ".join(reader.damage) or "holds no response of any feed: there is nothing to replay"
        raise ArchiveError(capture, why)
    clock = ReplayClock(ticks[0])
    job.config = use_captured_feeds(job.config, reader)
    job.clock, job.transport, job.capture = clock, reader.transport(clock), False
    cycles = []
    with job.hold_warehouse(), job.hold_workers():
        for number, tick in enumerate(ticks, start=1):
            clock.instant = tick
            cycles.append(run_cycle(job, flow="replay", step=step, with_alerts=with_alerts, with_publish=False))
            job.progress("replay", number, len(ticks))
        published = publish(job, cycles[-1].run.run_id)
    return ReplayReport(tuple(cycles), published, reader.damage)


def use_captured_feeds(config: Config, reader: CaptureReader) -> Config:
    """Return the configuration with the capture's feeds in place of its own, where the capture names any."""
    feeds = reader.feeds()
    return replace(config, feeds=feeds) if feeds else config
