"""Measure the main job on real articles: collect them from a loopback web, then replay the capture, offline.

usage: replay.py ARTICLES.jsonl.gz [--count 500] [--outlets 8] [--keep DIR]

ARTICLES holds one article a line: {"id", "outlet", "date", "title", "text"}. They are laid out as pages with menus and
footers and listed in RSS feeds; one real collecting cycle reads them over HTTP and keeps the responses as WARC; the
capture is then replayed into a fresh warehouse by the code that the program runs. Everything is under a temporary home
that is deleted afterwards, or kept under DIR. Nothing of the articles enters the project.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from loopback_site import Pages, serve
from site_writing import SitePage, render_page, render_rss

from volteface.config import load_config
from volteface.stages.collect import poll_feeds
from volteface.stages.cycle import Stage
from volteface.stages.job import Job
from volteface.stages.read import read_articles
from volteface.stages.replay import replay_capture

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ("broadsheet", "ledger")


@dataclass(slots=True)
class Stopwatch:
    """Wall time by stage, in seconds. Its ``step`` is what ``run_cycle`` takes."""

    seconds: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def time(self, name: str) -> Iterator[None]:
        """Add the time that the block takes."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] += time.perf_counter() - started

    def step(self, stage: Stage, job: Job, run_id: str) -> Any:
        """Call a stage and time it."""
        with self.time(stage.__name__):
            return stage(job, run_id)


def load_articles(path: Path, count: int) -> list[dict[str, str]]:
    """Return the first ``count`` articles of a file, gzip-compressed or not, that have a text."""
    open_lines = gzip.open if path.suffix == ".gz" else open
    articles: list[dict[str, str]] = []
    with open_lines(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if article["text"].strip():
                articles.append(article)
            if len(articles) == count:
                break
    return articles


def fill_sites(articles: Sequence[dict[str, str]], sites: Sequence[tuple[str, Pages]]) -> list[dict[str, Any]]:
    """Put the articles on the sites in turn, a feed on each; return the rows of feeds.yml."""
    rows = []
    for number, (address, pages) in enumerate(sites):
        outlet = f"Outlet {number + 1}"
        own = [build_page(article, address, outlet) for article in articles[number :: len(sites)]]
        for page in own:
            body = render_page(page, TEMPLATES[number % len(TEMPLATES)])
            pages[page.url.removeprefix(address)] = ("text/html; charset=utf-8", body)
        pages["/rss.xml"] = ("application/rss+xml; charset=utf-8", render_rss(outlet, address, own))
        rows.append(
            {
                "id": f"outlet-{number + 1}",
                "outlet": outlet,
                "url": f"{address}/rss.xml",
                "publisher_family": f"outlet-{number + 1}",
                "source_type": "national",
                "language": "en",
                "in_scope": True,
            }
        )
    return rows


def build_page(article: dict[str, str], address: str, outlet: str) -> SitePage:
    """Return an article as a page of a site. A day without a time stands at its noon, in UTC."""
    moment = datetime.fromisoformat(article["date"])
    if len(article["date"]) == len("2024-03-31"):
        moment = moment.replace(hour=12)
    return SitePage(
        url=f"{address}/articles/{article['id']}",
        outlet=outlet,
        title=" ".join(article["title"].split()) or "Untitled",
        paragraphs=tuple(" ".join(line.split()) for line in article["text"].splitlines() if line.strip()),
        published_at=moment if moment.tzinfo else moment.replace(tzinfo=UTC),
        author="A Reporter",
    )


def build_home(folder: Path, feeds: list[dict[str, Any]], count: int) -> Path:
    """Make a home with the project's own configuration, these feeds, and no channel."""
    shutil.copytree(ROOT / "config", folder / "config")
    settings_path = folder / "config" / "settings.yml"
    settings = yaml.safe_load(settings_path.read_text(encoding="utf-8"))
    settings["collection"] |= {
        "allow_private_addresses": True,
        "host_pause_seconds": 0,
        "max_articles_per_run": max(count, 1),
        "max_entries_per_poll": max(count, 1),
    }
    settings_path.write_text(yaml.safe_dump(settings), encoding="utf-8")
    (folder / "config" / "feeds.yml").write_text(yaml.safe_dump({"feeds": feeds}), encoding="utf-8")
    (folder / "config" / "channels.yml").write_text(yaml.safe_dump({"channels": []}), encoding="utf-8")
    return folder


def collect(home: Path, watch: Stopwatch) -> Path:
    """Poll and read over HTTP; return the capture of both, as one file."""
    job = Job(load_config(home))
    polled = watch.step(poll_feeds, job, "collect")
    read = watch.step(read_articles, job, "collect")
    print(f"collected   {polled.counts} {read.counts}")
    capture = home / "collected.warc.gz"
    folder = job.config.path(job.config.settings.paths.captures)
    with capture.open("wb") as target:  # WARC files may be joined end to end
        for part in sorted(folder.rglob("*.warc.gz")):
            target.write(part.read_bytes())
    return capture


def replay(home: Path, capture: Path, watch: Stopwatch) -> tuple[Counter[str], int]:
    """Replay the capture into a fresh warehouse; return the sums over its cycles and how many cycles there were."""
    config = load_config(home)
    paths = config.settings.paths.model_copy(update={"warehouse": Path("warehouse/replayed.duckdb")})
    job = Job(replace(config, settings=config.settings.model_copy(update={"paths": paths})))
    with watch.time("load_model"):
        job.nlp()
    with watch.time("replay_whole"):
        report = replay_capture(capture, job, step=watch.step)
    sums: Counter[str] = Counter()
    for cycle in report.cycles:
        sums.update(cycle.run.counts)
    return sums, len(report.cycles)


def measure(articles: list[dict[str, str]], outlet_count: int, home: Path) -> None:
    """Run the whole measure and print it."""
    collected, replayed = Stopwatch(), Stopwatch()
    with serve(outlet_count) as sites:
        build_home(home, fill_sites(articles, sites), len(articles))
        capture = collect(home, collected)
    print_seconds("collecting, over HTTP", collected)
    print(f"capture     {capture.stat().st_size:,} bytes")
    sums, cycles = replay(home, capture, replayed)
    print(f"replayed    {cycles} cycles: {dict(sums)}")
    print_seconds("replaying, offline", replayed)
    to_statements = sum(replayed.seconds[name] for name in ("poll_feeds", "read_articles", "tag_articles"))
    tagged, changes = sums["articles_tagged"], sums["changes_confirmed"] + sums["changes_candidate"]
    print(f"articles    {tagged} of {len(articles)}; statements {sums['statements']}; changes {changes}")
    print(f"rate        {tagged / to_statements:.1f} articles/s from the capture to statements")
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024  # Linux counts kilobytes, macOS bytes
    print(
        f"peak memory {own / unit:.0f} MB (this process, with the loopback sites), {children / unit:.0f} MB (largest child)"
    )


def print_seconds(title: str, watch: Stopwatch) -> None:
    """Print the wall time of each stage."""
    print(title)
    for name, seconds in watch.seconds.items():
        print(f"  {name:<16}{seconds:8.2f} s")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--outlets", type=int, default=8)
    parser.add_argument("--keep", type=Path, help="an empty folder for the home, which is then not deleted")
    arguments = parser.parse_args()
    articles = load_articles(arguments.articles, arguments.count)
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        measure(articles, arguments.outlets, arguments.keep.resolve())
        return
    with tempfile.TemporaryDirectory(prefix="volteface-replay-") as folder:
        measure(articles, arguments.outlets, Path(folder))


if __name__ == "__main__":
    main()
