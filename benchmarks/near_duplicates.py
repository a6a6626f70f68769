"""Measure how well copies are told from look-alikes, and what a day of articles costs.

usage: near_duplicates.py pairs ARTICLES.jsonl.gz STATEMENTS.jsonl.gz [--half test|tune] [--seed N]
       near_duplicates.py day ARTICLES.jsonl.gz [--history 600000] [--signed N] [--fresh 20000] [--words 400]
                              [--folder DIR]

ARTICLES has {"id", "outlet", "date", "title", "text"} a line, STATEMENTS {"text"}. ``pairs`` makes copies of the articles
of one half and look-alikes (near_duplicate_cases.py), decides each, and does so beside two peers: the digest of the text,
and Jaccard's measure over all runs of five words with the threshold that is best on the other half. ``day`` fills a
warehouse with a month of texts drawn from the articles' sentences, then reads one day more, a fifth of it edited copies.
With --signed only N of the month's texts are real, drawn from fewer sentences, so that as many of them share some with a
new text as would in a whole month; the others are rows of noise, as large as a text and its signature are.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from near_duplicate_cases import Pair, Row, choose_half, make_pairs
from near_duplicate_copies import EDITS, Material, split_paragraphs

from volteface.adapters.warehouse import Warehouse
from volteface.articles.near_duplicates import MIN_SHARED_BANDS, SCHEME, measure_copy, sign_texts
from volteface.articles.origins import Publisher, assign_origin
from volteface.articles.versions import digest_text
from volteface.models import Article, ArticleVersion, TextSignature
from volteface.stages.origins import gather_copies

ROOT = Path(__file__).resolve().parents[1] / "warehouse"
NOW = datetime(2024, 3, 27, tzinfo=UTC)
Text = tuple[str, str]
Decide = Callable[[Text, Text], bool]


# --------------------------------------------------------------------------------------------------------------- pairs
def measure_pairs(rows: Sequence[Row], statements: Sequence[str], half: str, seed: int) -> None:
    """Print, for each kind of pair, the share that each method calls a copy; then precision, recall and F1."""
    pairs = make_pairs(choose_half(rows, half), statements, seed)
    texts = sorted({text for pair in pairs for text in (pair.one, pair.other)})
    started = time.perf_counter()
    signatures = dict(zip(texts, sign_texts([("", *text) for text in texts]), strict=True))
    cost = (time.perf_counter() - started) / len(texts) * 1e6
    runs = {text: _list_runs(text[1]) for text in texts}
    threshold = _choose_threshold(
        make_pairs(choose_half(rows, "tune" if half == "test" else "test"), statements, seed + 1)
    )
    methods: dict[str, Decide] = {
        "ours": lambda one, other: _is_copy(signatures[one], signatures[other]),
        "digest": lambda one, other: digest_text(one[1]) == digest_text(other[1]),
        f"jaccard {threshold:.2f}": lambda one, other: _jaccard(runs[one], runs[other]) >= threshold,
    }
    print(f"{len(pairs)} pairs of {len(texts)} texts ({half} half); signing took {cost:.0f} us a text")
    answers = {name: [decide(pair.one, pair.other) for pair in pairs] for name, decide in methods.items()}
    print(f"{'called a copy':26}{'pairs':>7}" + "".join(f"{name:>15}" for name in methods))
    for kind in dict.fromkeys(pair.kind for pair in pairs):
        chosen = [number for number, pair in enumerate(pairs) if pair.kind == kind]
        shares = [sum(answers[name][number] for number in chosen) / len(chosen) for name in methods]
        mark = "+" if pairs[chosen[0]].is_copy else "-"
        print(f"{mark} {kind:24}{len(chosen):7}" + "".join(f"{share:15.3f}" for share in shares))
    for label, score in (("precision", 0), ("recall", 1), ("F1", 2)):
        print(f"  {label:31}" + "".join(f"{_score(pairs, answers[name])[score]:15.4f}" for name in methods))
    for pair, answer in zip(pairs, answers["ours"], strict=True):
        if answer and not pair.is_copy and pair.ids[0]:
            print(f"  called a copy, to be read: {pair.kind}: {pair.ids[0]} {pair.ids[1]}")


def _is_copy(one: TextSignature, other: TextSignature) -> bool:
    shared = sum(first == second for first, second in zip(one.bands, other.bands, strict=False))
    return shared >= MIN_SHARED_BANDS and measure_copy(one, other) is not None


def _list_runs(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", text.lower())
    return frozenset(" ".join(words[start : start + 5]) for start in range(len(words) - 4))


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


def _choose_threshold(pairs: Sequence[Pair]) -> float:
    """Return the threshold at which the plain measure has the best F1 on these pairs."""
    values = [_jaccard(_list_runs(pair.one[1]), _list_runs(pair.other[1])) for pair in pairs]
    steps = [step / 50 for step in range(1, 50)]
    return max(steps, key=lambda step: _score(pairs, [value >= step for value in values])[2])


def _score(pairs: Sequence[Pair], answers: Sequence[bool]) -> tuple[float, float, float]:
    counts = Counter((pair.is_copy, answer) for pair, answer in zip(pairs, answers, strict=True))
    precision = counts[True, True] / ((counts[True, True] + counts[False, True]) or 1)
    recall = counts[True, True] / ((counts[True, True] + counts[True, False]) or 1)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


# ----------------------------------------------------------------------------------------------------------------- day
@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """How much there is: texts in the month, of these real ones, texts on the day after, words in a text."""

    history: int
    signed: int
    fresh: int
    words: int


class Writer:
    """Writes texts out of other texts' paragraphs. The same number gives the same text."""

    def __init__(self, rows: Sequence[Row], month: Month) -> None:
        """Choose the paragraphs: fewer where fewer texts are real."""
        parts = [part for row in rows for part in split_paragraphs(row["text"]) if 8 <= len(part.split()) <= 80]  # noqa: PLR2004
        self.parts = random.Random(7).sample(parts, len(parts) * month.signed // month.history)
        self.per_text = max(1, round(month.words * len(self.parts) / sum(len(part.split()) for part in self.parts)))
        self.month = month
        self.material = Material(self.parts, "The Example")

    def write(self, number: int) -> str:
        """Return a text of its own."""
        return "\n".join(random.Random(number).sample(self.parts, self.per_text))

    def edit(self, number: int) -> str:
        """Return the day's text of this number: one in five is a copy of one of the month's."""
        rng = random.Random(number)
        if number % 5:
            return self.write(self.month.history + number)
        original = self.write(rng.randrange(self.month.signed)).split("\n")
        return "\n".join(rng.choice(list(EDITS.values()))(original, self.material, rng))


def measure_day(rows: Sequence[Row], folder: Path, month: Month) -> None:
    """Fill a warehouse with a month of articles, then read one day more; print times, memory and what was found."""
    writer = Writer(rows, month)
    with Warehouse.open(folder / "news.duckdb", migrations=ROOT / "migrations", views=ROOT / "views") as warehouse:
        started = time.perf_counter()
        _fill_noise(warehouse, month)
        _fill_month(warehouse, writer, month)
        print(f"history: {month} in {time.perf_counter() - started:.0f} s, compared with no other", flush=True)
        instants = [NOW + timedelta(seconds=number) for number in range(month.fresh)]
        _save(warehouse, [(month.history + n, writer.edit(n), instant) for n, instant in enumerate(instants)])
        before = _peak_megabytes()
        _time("day", month.fresh, lambda: gather_copies(warehouse, NOW, window_days=31))
        sql = """SELECT count(*) FILTER (similarity IS NOT NULL) AS found,
                        count(*) FILTER (similarity IS NOT NULL AND (v.version_id::BIGINT - ?) % 5 = 0) AS right
                 FROM origin JOIN article_version AS v USING (version_id) WHERE seen_at >= ?"""
        [row] = warehouse.query(sql, [month.history, NOW])
        print(f"  {row['found']} have copies, {row['right']} of them of the {month.fresh // 5} that are copies")
        print(f"  peak memory {before:.0f} MB before, {_peak_megabytes():.0f} MB after")
        later = NOW + timedelta(days=1)
        _save(warehouse, [(2 * month.history + n, writer.write(2 * month.history + n), later) for n in range(50)])
        _time("a run's few", 50, lambda: gather_copies(warehouse, NOW, window_days=31))
    print(f"file: {(folder / 'news.duckdb').stat().st_size / 1e6:.0f} MB")


def _time(label: str, count: int, work: Callable[[], object]) -> None:
    wall, used = time.perf_counter(), time.process_time()
    work()
    wall, used = time.perf_counter() - wall, time.process_time() - used
    print(
        f"{label}: {count} texts in {wall:.1f} s, {wall / count * 1e6:.0f} us a text ({used:.1f} s of CPU)", flush=True
    )


def _fill_month(warehouse: Warehouse, writer: Writer, month: Month) -> None:
    dated = (
        (number, writer.write(number), NOW - timedelta(days=30) * (1 - number / month.signed))
        for number in range(month.signed)
    )
    for batch in _batches(dated, 20_000):
        _save(warehouse, batch)
        gather_copies(warehouse, NOW, window_days=0)


def _fill_noise(warehouse: Warehouse, month: Month) -> None:
    """Save rows for the texts that are not real: nobody's copies, but as much to look through."""
    warehouse.execute(f"""CREATE TEMP TABLE noise AS SELECT printf('%020d', i) AS version_id, i,
        TIMESTAMPTZ '{NOW.isoformat()}' - to_seconds((30 * 86400 * (1 - i / {month.history}))::BIGINT) AS seen_at
        FROM range({month.signed}, {month.history}) AS r(i)""")
    warehouse.execute(f"""INSERT INTO article_version SELECT version_id, 'a' || i, 1, seen_at, 'Text ' || i,
        array_to_string([md5((i * 1000 + k)::TEXT) FOR k IN range({month.words // 5})], ' '), md5(version_id), 'page', 'benchmark',
        'en', NULL FROM noise""")
    warehouse.execute("""INSERT INTO origin BY NAME SELECT version_id, 'own:a' || i AS origin_id, 'own' AS basis,
        'own:a' || i AS own_origin_id, 'own' AS own_basis, version_id AS cluster_id FROM noise""")
    warehouse.execute(f"""INSERT INTO text_signature BY NAME SELECT version_id, seen_at, '{SCHEME}' AS scheme, false AS is_short,
        {month.words} AS shingle_count, [(hash(i, k) % 4294967296)::UINTEGER FOR k IN range(128)] AS bands,
        [(hash(k, i) % 4294967296)::UINTEGER FOR k IN range({month.words // 4})] AS sample FROM noise""")


def _batches(items: Iterator[tuple[int, str, datetime]], size: int) -> Iterator[list[tuple[int, str, datetime]]]:
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _save(warehouse: Warehouse, texts: Sequence[tuple[int, str, datetime]]) -> None:
    versions = [_make_version(*item) for item in texts]
    warehouse.save_articles([_make_article(version) for version in versions])
    warehouse.save_versions(versions)
    warehouse.save_origins(
        [
            assign_origin(v, publisher=Publisher(), credited_agency=None, source_title=None, publishers={})
            for v in versions
        ]
    )


def _make_version(number: int, text: str, seen_at: datetime) -> ArticleVersion:
    return ArticleVersion(
        version_id=f"{number:020}", article_id=f"a{number}", version_number=1, seen_at=seen_at, title=f"Text {number}",
        text=text, text_sha256=hashlib.sha256(text.encode()).hexdigest(), text_basis="page", extractor="benchmark",
        language="en", raw_sha256=None,
    )  # fmt: skip


def _make_article(version: ArticleVersion) -> Article:
    url = f"https://news.example/{version.article_id}"
    return Article(
        article_id=version.article_id, feed_id="example", outlet="The Example", url=url, canonical_url=url,
        title=version.title, first_seen_at=version.seen_at, published_at=version.seen_at, published_at_basis="feed",
    )  # fmt: skip


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Run one of the two measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measure", choices=("pairs", "day"))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--half", choices=("test", "tune"), default="test")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--history", type=int, default=600_000)
    parser.add_argument("--signed", type=int)
    parser.add_argument("--fresh", type=int, default=20_000)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    rows, *others = [_read(path) for path in arguments.files]
    if arguments.measure == "pairs":
        measure_pairs(rows, [row["text"] for row in others[0]], arguments.half, arguments.seed)
        return
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        signed = arguments.signed or arguments.history
        month = Month(history=arguments.history, signed=signed, fresh=arguments.fresh, words=arguments.words)
        measure_day(rows, Path(folder), month)


def _read(path: Path) -> list[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
