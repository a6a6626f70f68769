"""A day on a compressed clock: 96 cycles of 15 minutes over feeds that change, and what grows meanwhile.

usage: soak.py [--cycles 96] [--rest 24] [--feeds 8] [--pages 2]

Real stages in one process (poll, read, tag by the rules, compare, detect, deliver, publish) over a site on loopback; each
quarter of an hour every feed lists new articles, some pages are edited, one feed in eight is broken and one page in ten
holds no article. Looks after each cycle at memory, file handles, threads, child processes and files in the folders for
temporary ones; fails where the last quarter of the day holds more than the second. Memory is looked at in the cycles of
``--rest`` that follow, over feeds that list nothing new: by day it follows the warehouse, which cycles compare with.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml
from crash_home import Site, make_home, serve_site

from volteface.adapters.snapshot import outbox
from volteface.config import load_config
from volteface.stages.cycle import run_cycle
from volteface.stages.job import Job

BEGIN = datetime(2024, 4, 2, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
QUICK = {"model": "blank", "stances": "rules", "events": False, "isolated": False}
GROWTH_MEGABYTES = 2.0  # what the allocator may hold back between the first and the second half of the rest
MOODS = ("supports", "opposes", "rejects", "welcomes")


@dataclass(frozen=True, slots=True)
class Look:
    """What the process held after a cycle."""

    megabytes: float
    handles: int
    threads: int
    children: int
    temporary: int


class Day(Site):
    """A site whose articles are made up for each quarter of an hour, all in own words."""

    def __init__(self, feeds: int, pages: int) -> None:
        super().__init__()
        self.feed_count, self.page_count = feeds, pages

    def list_items(self, feed: str) -> str:
        """Return the feed of this quarter and the seven before; one feed in eight is cut off in the middle."""
        number = int(feed.removeprefix("f"))
        recent = range(max(0, self.round - 7), self.round + 1)
        items = "".join(
            f"<item><title>{MOODS[(quarter + n) % 4]} Rafah {quarter}</title><guid>{feed}-{quarter}-{n}</guid>"
            f"<link>{self.address}/page/{number * 1_000_000 + quarter * 100 + n}</link></item>"
            for quarter in recent
            for n in range(self.page_count)
        )
        whole = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{feed}</title>{items}</channel></rss>'
        return whole[: len(whole) // 2] if number % 8 == 7 and self.round % 2 else whole  # noqa: PLR2004 -- every eighth

    def show_page(self, number: int) -> str:
        """Return a page; one in ten holds no article, and one in five gains a line after six hours."""
        quarter = number // 100 % 10_000
        if number % 10 == 9:  # noqa: PLR2004 -- every tenth
            return "<html><body><p>Accept cookies</p></body></html>"
        mood = MOODS[(number + quarter) % 4]
        told = [
            f"Benjamin Netanyahu said on Tuesday that he {mood} a ceasefire in Gaza, in talk number {number}.",
            f"The White House said that it {MOODS[quarter % 4]} the delegation to Washington; {number} people wrote.",
            "Nobody else was asked, and the office gave no further answer to the questions that were put to it.",
        ]
        if number % 5 == 0 and self.round - quarter >= 24:  # noqa: PLR2004 -- six hours
            told.append("A spokesman said later that the minister had been quoted in part.")
        body = "".join(f"<p>{text}</p>" for text in told)
        return f"<!doctype html><html lang=en><head><title>{number}</title></head><body><article>{body}</article></body></html>"


@contextmanager
def serve_day(feeds: int, pages: int) -> Iterator[Day]:
    """Serve a day on loopback."""
    with serve_site(Day(feeds, pages)) as site:
        assert isinstance(site, Day)
        yield site


def look(folders: Sequence[Path]) -> Look:
    """Look at this process."""
    gc.collect()
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    temporary = sum(
        1 for folder in folders for path in folder.rglob("*") if ".tmp" in path.name or folder.name == "tmp"
    )
    return Look(
        resident,
        len(list(Path("/proc/self/fd").iterdir())),
        len(list(Path("/proc/self/task").iterdir())),
        len(children),
        temporary,
    )


def run_day(home: Path, site: Day, cycles: int, rest: int, temporary: Path) -> list[Look]:
    """Run the cycles, one a quarter of an hour, and return what was held after each."""
    job = Job(load_config(home), environ={})
    job.stream = (home / "console.txt").open("w")
    looks = []
    for number in range(cycles + rest):
        site.round = min(number, cycles - 1)
        now = BEGIN + number * QUARTER
        job.clock = lambda: now  # noqa: B023 -- used within this turn
        report = run_cycle(job)
        looks.append(look([temporary, home / "warehouse"]))
        if number % 12 == 11:  # noqa: PLR2004 -- every third hour
            print(f"{now:%H:%M}  {looks[-1]}  {report.run.counts['versions_new']} new texts", flush=True)
    outbox.load_deliveries(home / "warehouse" / "snapshot.duckdb", state=None, limit=1)
    return looks


def judge(looks: Sequence[Look], rest: Sequence[Look]) -> list[str]:
    """Return what has grown: between the second and the last quarter of the day; memory between the halves of the rest."""
    quarter, half = len(looks) // 4, len(rest) // 2
    grown = []
    for name in Look.__slots__:
        parts = (looks[quarter : 2 * quarter], looks[-quarter:], rest[:half], rest[half:])
        second, last, one, other = (statistics.median(getattr(each, name) for each in part) for part in parts)
        print(f"{name:<10} second quarter {second:8.1f}   last {last:8.1f}   rest {one:8.1f}   {other:8.1f}")
        is_memory = name == "megabytes"
        if (other > one + GROWTH_MEGABYTES) if is_memory else (last > second or other > one):
            grown.append(name)
    return grown


def write_home(folder: Path, site: Day) -> Path:
    """Write a home for the day's feeds, polled each quarter of an hour, its alerts into a file."""
    home = make_home(folder / "home", site, language=QUICK)
    feeds = [
        {"id": f"f{n}", "outlet": f"Paper {n}", "url": f"{site.address}/feed/f{n}", "publisher_family": f"f{n}"}
        | {"source_type": "national", "language": "en", "in_scope": True, "poll_minutes": 15}
        for n in range(site.feed_count)
    ]
    (home / "config" / "feeds.yml").write_text(yaml.safe_dump({"feeds": feeds}))
    channels = [{"id": "file", "kind": "file", "path": "told.jsonl"}]
    (home / "config" / "channels.yml").write_text(yaml.safe_dump({"channels": channels}))
    return home


def main() -> int:
    """Read the command line, run the day, print what was held and what has grown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cycles", type=int, default=96)
    parser.add_argument("--rest", type=int, default=24)
    parser.add_argument("--feeds", type=int, default=8)
    parser.add_argument("--pages", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serve_day(options.feeds, options.pages) as site:
        temporary = Path(folder) / "tmp"
        temporary.mkdir()
        tempfile.tempdir = str(temporary)
        os.environ["TMPDIR"] = str(temporary)
        started = time.monotonic()
        home = write_home(Path(folder), site)
        looks = run_day(home, site, options.cycles, options.rest, temporary)
        told = (home / "told.jsonl").read_text().splitlines() if (home / "told.jsonl").exists() else []
        tempfile.tempdir = None
        print(f"{options.cycles} cycles in {time.monotonic() - started:.0f} s, {len(told)} alerts in the file")
        print("first:", json.dumps({name: getattr(looks[0], name) for name in Look.__slots__}))
        grown = judge(looks[: options.cycles], looks[options.cycles :])
    print("grown:", ", ".join(grown) or "nothing")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
