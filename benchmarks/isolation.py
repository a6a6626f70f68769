"""What it costs to parse in killable workers: feeds and pages, in this process one by one against two workers.

    python benchmarks/isolation.py FEEDS_FOLDER PAGES_FOLDER [--rounds 3] [--feeds 208] [--workers 2]

The folders are searched for *.xml, *.rss, *.atom and for *.html, *.html.gz; of the feeds, so many are taken evenly from
the sorted list. Rounds alternate which side goes first; medians of wall seconds are printed, and the ratio workers/serial.
A round of workers includes their start and end. Also printed: seconds to the first answer, seconds for a call that
crashes and for the one after it. Exit code 1 where a ratio is above 1.15.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from volteface.adapters.workers import Fault, WorkerLimits, WorkerPool
from volteface.articles.extract import extract_page
from volteface.feeds.parse import parse_feed

BAR = 1.15


class Call(NamedTuple):
    """A function of one body, with its other arguments."""

    function: Callable[..., object]
    options: dict[str, str]


FEEDS = Call(parse_feed, {"feed_id": "feed"})
PAGES = Call(extract_page, {"url": "https://example.org/"})


def find_bodies(folder: Path, suffixes: tuple[str, ...], count: int | None) -> list[bytes]:
    """Return the contents of the files with these endings, evenly chosen."""
    paths = sorted(path for path in folder.rglob("*") if path.name.endswith(suffixes))
    chosen = paths if count is None or count >= len(paths) else [paths[i * len(paths) // count] for i in range(count)]
    return [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in chosen]


def make_killer() -> bytes:
    """Return a feed that ends the process in expat before 2.7: a chain of entities, in UTF-16."""
    links = "".join(f'<!ENTITY e{n} "&e{n - 1};">' for n in range(1, 50_000))
    head = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE rss [<!ENTITY e0 "x">{links}]>'
    feed = f'{head}<rss version="2.0"><channel><item><title>&e49999;</title></item></channel></rss>'
    return feed.encode("utf-16")


def time_serial(call: Call, bodies: Sequence[bytes]) -> tuple[float, list[object]]:
    """Return wall seconds and results of calls in this process."""
    start = time.perf_counter()
    results = [call.function(body, **call.options) for body in bodies]
    return time.perf_counter() - start, results


def time_workers(call: Call, bodies: Sequence[bytes], workers: int) -> tuple[float, list[object]]:
    """Return wall seconds and results of calls in workers, from opening the pool until it is closed."""
    start = time.perf_counter()
    with WorkerPool(call.function, WorkerLimits(workers=workers)) as pool:
        futures = [pool.submit(body, **call.options) for body in bodies]
        results = [future.result() for future in futures]
    return time.perf_counter() - start, results


def compare(name: str, call: Call, bodies: Sequence[bytes], rounds: int, workers: int) -> float:
    """Print both sides' medians and return the ratio. Says so where the two give different results."""
    serial, pooled = [], []
    for number in range(rounds):
        sides = [lambda: time_serial(call, bodies), lambda: time_workers(call, bodies, workers)]
        taken = [sides[side]() for side in ((0, 1) if number % 2 else (1, 0))]
        (serial_seconds, ours), (pooled_seconds, theirs) = taken if number % 2 else taken[::-1]
        if ours != theirs:
            print(f"{name}: {sum(a != b for a, b in zip(ours, theirs, strict=True))} results differ")
        serial.append(serial_seconds)
        pooled.append(pooled_seconds)
    ratio = statistics.median(pooled) / statistics.median(serial)
    print(
        f"{name:6} {len(bodies):4}  {sum(map(len, bodies)) / 1e6:6.1f} MB  serial {statistics.median(serial):6.2f} s  "
        f"{workers} workers {statistics.median(pooled):6.2f} s  ratio {ratio:.2f}"
    )
    return ratio


def time_single_calls() -> None:
    """Print what a first call costs, one that does next to nothing, one that ends its process, and the one after it."""
    for call in (FEEDS, PAGES):
        start = time.perf_counter()
        with WorkerPool(call.function) as pool:
            pool.submit(b"<rss/>", **call.options).result()
            print(f"first answer of {call.function.__name__}: {time.perf_counter() - start:.3f} s")
            start = time.perf_counter()
            for _ in range(1_000):
                pool.submit(b"", **call.options).result()
            print(f"an empty body: {time.perf_counter() - start:.3f} ms")
    killer = make_killer()
    with WorkerPool(FEEDS.function) as pool:
        pool.submit(b"", **FEEDS.options).result()
        for name, body in (("a feed that kills its process", killer), ("the one after it", b"")):
            start = time.perf_counter()
            answer = pool.submit(body, **FEEDS.options).result()
            print(f"{name}: {time.perf_counter() - start:.3f} s  {answer if isinstance(answer, Fault) else ''}")


def main() -> int:
    """Measure and judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("feeds_folder", type=Path)
    parser.add_argument("pages_folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--feeds", type=int, default=208)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    feeds = find_bodies(arguments.feeds_folder, (".xml", ".rss", ".atom"), arguments.feeds)
    pages = find_bodies(arguments.pages_folder, (".html", ".html.gz"), None)
    time_single_calls()
    ratios = [
        compare("feeds", FEEDS, feeds, arguments.rounds, arguments.workers),
        compare("pages", PAGES, pages, arguments.rounds, arguments.workers),
    ]
    return 0 if max(ratios) <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
