"""The process that is killed: the rounds of cycles that are not done yet, each stage's end acknowledged on a line.

usage: crash_child.py HOME SITE FIRST_ROUND
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from crash_home import ROUNDS

from volteface.config import load_config
from volteface.stages.cycle import Stage, run_cycle
from volteface.stages.job import Job

COUNTED = (
    "feed_fetch",
    "entry",
    "article",
    "page_fetch",
    "article_version",
    "tagging",
    "statement",
    "alert",
    "delivery",
)


def tell(**said: object) -> None:
    """Say something on one line, at once."""
    print(json.dumps(said), flush=True)


def count_rows(job: Job) -> dict[str, int]:
    """Return how many rows there are, by table."""
    with job.open_warehouse() as warehouse:
        return {t: int(str(warehouse.query(f"SELECT count(*) AS n FROM {t}")[0]["n"])) for t in COUNTED}


def acknowledge(stage: Stage, job: Job, run_id: str) -> Any:
    """Call a stage; say what is saved once it has returned."""
    tell(begun=stage.__name__)
    report = stage(job, run_id)
    tell(saved=count_rows(job))
    return report


def main() -> None:
    """Run the rounds. The last one is run again where all are done, as what followed its end may not be."""
    home, site, first = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    job = Job(load_config(home))
    job.nlp()
    with job.open_warehouse() as warehouse:
        done = len(warehouse.load_ids("SELECT run_id FROM run WHERE state = 'completed'"))
    tell(ready=done)
    for number in range(min(first + done, len(ROUNDS) - 1), len(ROUNDS)):
        urlopen(f"{site}/round/{number}").read()
        now = ROUNDS[number]
        job.clock = lambda: now  # noqa: B023 -- used within this turn
        run_cycle(job, step=acknowledge)
    tell(finished=True)


if __name__ == "__main__":
    main()
