"""Feed mutated feeds and pages to the parsers in their workers, and count what comes of it.

    python benchmarks/fuzzing.py PATH... [--minutes 20] [--seed 1] [--keep FOLDER]

PATHs are files, or folders searched for them: *.html, *.html.gz and *.htm are pages, all else feeds. Each round takes a
file, changes it in one to eight ways (bytes flipped, cut, doubled, spliced with another file, repeated up to a
megabyte, hostile tokens set in, another encoding declared) and has it read under the limits that a run has. What comes
back must keep its promises: no controls or half characters, limits kept, dates neither ancient nor to come, ids once.
Printed: counts by outcome, the slowest answer, the growth of this process. Inputs that cost a worker are kept where
--keep says. Exit code 1 where a promise was broken or an answer came later than the limit and 5 s.
"""

from __future__ import annotations

import argparse
import gzip
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from volteface.adapters.workers import Fault, WorkerLimits, WorkerPool
from volteface.articles.extract import extract_page
from volteface.feeds.parse import parse_feed
from volteface.models import Entry, ExtractedPage, ParsedFeed
from volteface.plaintext import clean_text

FETCHED_AT = datetime(2024, 3, 28, 12, tzinfo=UTC)
LATEST = FETCHED_AT + timedelta(hours=24)
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
PATIENCE = 5.0  # seconds over the limit that an answer may take on a busy machine
MAX_BYTES = 1 << 20
MAX_ENTRIES = 500
MAX_LENGTHS = (1_000, 100_000, 200, 2_048, 2_048)  # title, summary, author, link, guid
PAGE_SUFFIXES = (".html", ".htm", ".html.gz")
TOKENS = (
    b"\0", b"&#0;", b"&#xD800;", b"&#x202E;", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\xff\xfe", b"\xef\xbb\xbf", b"<![CDATA[", b"]]>",
    b"<!--", b"-->", b"<!ENTITY x '&y;'>", b"<!DOCTYPE rss [", b"]>", b"&x;", b"&amp;lt;", b"<", b">", b"'", b'"', b"<?xml ",
    b"<item>", b"</item>", b"<entry>", b"<guid>", b"<link>javascript:x</link>", b"<pubDate>9999-12-31T23:59:59-14:00</pubDate>",
    b"<pubDate>31 Feb 2024 24:61:61 IST</pubDate>", b"<author>", b"<category>", b"<dc:creator>", b" xmlns:a='b'", b" a='1'",
    b"<div>", b"<table><tr><td>", b"<script>", b"<style>", b"<template>", b"<svg><math>", b"<p>", b"<h2>", b"<br>", b"<b><i><a href=x>",
    b'<meta charset="utf-7">', b'<script type="application/ld+json">[[[[', b"<article>", b"\x1b[2J", b"=HYPERLINK(1)", b"{", b"[",
)  # fmt: skip
ENCODINGS = (
    "utf-16",
    "utf-7",
    "utf-8",
    "windows-1256",
    "unicode_escape",
    "punycode",
    "idna",
    "undefined",
    "hz",
    "cp037",
    "big5",
)


class Target(NamedTuple):
    """What reads one kind of file, and what it must promise."""

    name: str
    pool: WorkerPool[..., ParsedFeed] | WorkerPool[..., ExtractedPage]
    options: dict[str, object]
    check: Callable[[object], str | None]
    seeds: list[bytes]


def read_seeds(paths: Sequence[Path]) -> tuple[list[bytes], list[bytes]]:
    """Return the feeds and the pages of the paths, each of at most MAX_BYTES."""
    feeds, pages = [], []
    for path in (file for given in paths for file in (sorted(given.rglob("*")) if given.is_dir() else [given])):
        if path.is_file():
            body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            (pages if path.name.endswith(PAGE_SUFFIXES) else feeds).append(body[:MAX_BYTES])
    return feeds, pages


def mutate(body: bytes, seeds: Sequence[bytes], rng: random.Random) -> bytes:
    """Return the body changed in one to eight ways, at most MAX_BYTES long."""
    for _ in range(rng.randint(1, 8)):
        body = rng.choice(CHANGES)(body, seeds, rng)[:MAX_BYTES]
    return body


def flip(body: bytes, _seeds: Sequence[bytes], rng: random.Random) -> bytes:
    """Change a few bytes."""
    changed = bytearray(body or b"<")
    for _ in range(rng.randint(1, 20)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut(body: bytes, _seeds: Sequence[bytes], rng: random.Random) -> bytes:
    """Leave a piece out, often the end."""
    start, end = choose_span(body, rng)
    return body[:start] if rng.random() < 0.3 else body[:start] + body[end:]  # noqa: PLR2004


def splice(body: bytes, seeds: Sequence[bytes], rng: random.Random) -> bytes:
    """Set in a piece of another file."""
    other = rng.choice(seeds)
    start, end = choose_span(other, rng)
    at = rng.randint(0, len(body))
    return body[:at] + other[start:end] + body[at:]


def insert_token(body: bytes, _seeds: Sequence[bytes], rng: random.Random) -> bytes:
    """Set in a hostile token, once or very often, half the time after the end of a tag."""
    at = rng.randint(0, len(body))
    if rng.random() < 0.5:  # noqa: PLR2004
        at = body.find(b">", at) + 1
    return body[:at] + rng.choice(TOKENS) * choose_count(rng) + body[at:]


def repeat(body: bytes, _seeds: Sequence[bytes], rng: random.Random) -> bytes:
    """Repeat a short piece, often very often."""
    start = rng.randint(0, len(body))
    piece = body[start : start + rng.randint(1, 200)]
    return body[:start] + piece * choose_count(rng) + body[start:]


def declare(body: bytes, _seeds: Sequence[bytes], rng: random.Random) -> bytes:
    """Declare another encoding, sometimes truly."""
    encoding = rng.choice(ENCODINGS)
    if rng.random() < 0.3:  # noqa: PLR2004
        try:
            return body.decode("utf-8", "replace").encode(encoding, "replace")
        except (UnicodeError, LookupError):
            return body
    return f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + body.partition(b"?>")[2]


CHANGES = (flip, cut, splice, insert_token, repeat, declare)


def choose_span(body: bytes, rng: random.Random) -> tuple[int, int]:
    """Return the edges of a piece of up to 4,000 bytes."""
    start = rng.randint(0, len(body))
    return start, min(len(body), start + rng.randint(0, 4_000))


def choose_count(rng: random.Random) -> int:
    """Return a number of times: mostly small, sometimes up to 100,000."""
    return int(10 ** rng.choice((0, 0, 0, rng.uniform(0, 3), rng.uniform(2, 5))))


def check_feed(answer: object) -> str | None:
    """Return the promise that a parsed feed breaks, or None."""
    if not isinstance(answer, ParsedFeed):
        return f"a {type(answer).__name__}"
    if len({entry.entry_id for entry in answer.entries}) < len(answer.entries) or len(answer.entries) > MAX_ENTRIES:
        return "ids twice or too many entries"
    if not is_clean(answer.title or "") or not is_clean(answer.error or ""):
        return "an unclean title or error"
    return next((problem for entry in answer.entries if (problem := check_entry(entry))), None)


def check_entry(entry: Entry) -> str | None:
    """Return the promise that an entry breaks, or None."""
    if entry.published_at is not None and not EARLIEST <= entry.published_at <= LATEST:
        return f"a date that cannot be: {entry.published_at}"
    if entry.url is not None and not entry.url.lower().startswith(("http://", "https://")):
        return "a link that is no web page's"
    texts = (entry.title, entry.summary, entry.author or "", entry.url or "", entry.guid or "")
    if any(len(text) > most for text, most in zip(texts, MAX_LENGTHS, strict=True)):
        return f"lengths over the limit: {[len(text) for text in texts]}"
    return None if all(map(is_clean, texts)) else "characters that should be gone"


def check_page(answer: object) -> str | None:
    """Return the promise that an extracted page breaks, or None."""
    if not isinstance(answer, ExtractedPage):
        return f"a {type(answer).__name__}"
    if not all(map(is_clean, (answer.title, answer.text, answer.error or "", answer.site_name or "", *answer.authors))):
        return "characters that should be gone"
    return None if (answer.error is None) is (answer.outcome == "ok") else "an outcome without its reason"


def is_clean(text: str) -> bool:
    """Tell whether a text is what clean_text makes of it."""
    return clean_text(text) == text


def name_outcome(answer: object) -> str:
    """Return what came of one input, in one word."""
    if isinstance(answer, Fault):
        return answer.kind.value
    if isinstance(answer, ParsedFeed):
        return answer.status.value
    return answer.outcome.value if isinstance(answer, ExtractedPage) else type(answer).__name__


def run(targets: Sequence[Target], seconds: float, rng: random.Random) -> Iterator[tuple[Target, bytes, object, float]]:
    """Yield what became of mutated inputs, kind by kind in turn, until the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for target in targets:
            body = mutate(rng.choice(target.seeds), target.seeds, rng)
            start = time.monotonic()
            answer = target.pool.submit(body, **target.options).result()
            yield target, body, answer, time.monotonic() - start


def main() -> int:
    """Fuzz and judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    feeds, pages = read_seeds(arguments.paths)
    limits = WorkerLimits(workers=1)
    counts: Counter[tuple[str, str]] = Counter()
    broken, slowest = [], 0.0
    with WorkerPool(parse_feed, limits) as feed_pool, WorkerPool(extract_page, limits) as page_pool:
        options = {"feed_id": "feed", "fetched_at": FETCHED_AT}
        targets = [
            *([Target("feed", feed_pool, options, check_feed, feeds)] if feeds else []),
            *([Target("page", page_pool, {"url": "https://example.org/"}, check_page, pages)] if pages else []),
        ]
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for target, body, answer, seconds in run(targets, arguments.minutes * 60, random.Random(arguments.seed)):
            counts[target.name, name_outcome(answer)] += 1
            slowest = max(slowest, seconds)
            problem = None if isinstance(answer, Fault) else target.check(answer)
            problem = problem or (f"answered after {seconds:.1f} s" if seconds > limits.seconds + PATIENCE else None)
            if problem:
                broken.append(problem)
                print(f"{target.name}: {problem}", flush=True)
            if arguments.keep and (problem or isinstance(answer, Fault)):
                arguments.keep.mkdir(parents=True, exist_ok=True)
                name = f"{target.name}-{name_outcome(answer)}-{sha256(body).hexdigest()[:12]}"
                (arguments.keep / name).write_bytes(body)
    for (name, outcome), count in sorted(counts.items()):
        print(f"{name:5} {outcome:14} {count:8}")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"{counts.total()} inputs, slowest answer {slowest:.2f} s, this process grew by {grown / 1024:.0f} MB")
    print(f"promises broken: {len(broken)}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
