"""How well article text is found, by the measure of the article-extraction-benchmark, and how fast.

    python benchmarks/extraction.py GROUND_TRUTH.json FOLDER_OF_PAGES

GROUND_TRUTH maps page names to {"articleBody": ...}; the folder holds NAME.html or NAME.html.gz. The measure: texts are
cut into words, words into shingles of four; true positives, false positives and false negatives of shingles (counted)
are summed up for each page as shares, precision and recall are averaged over pages, and F1 is made of the averages.
A bootstrap over pages gives the spread.

Source of the measure: github.com/scrapinghub/article-extraction-benchmark, evaluate.py (MIT).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from volteface.articles.extract import EXTRACTOR, extract_page

WORD = re.compile(r"\w+", re.UNICODE)
SHINGLE = 4
ROUNDS = 1_000


def count_shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the shingles of a text with their counts; a text shorter than one shingle is one shingle."""
    words = WORD.findall(text)
    return Counter(tuple(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1)))


def match_shingles(true: str, found: str) -> tuple[float, float, float]:
    """Return the shares of true positives, false positives and false negatives among a page's shingles."""
    true_counts, found_counts = count_shingles(true), count_shingles(found)
    tp = fp = fn = 0.0
    for key in {*true_counts, *found_counts}:
        tp += min(true_counts[key], found_counts[key])
        fp += max(0, found_counts[key] - true_counts[key])
        fn += max(0, true_counts[key] - found_counts[key])
    total = tp + fp + fn or 1
    return tp / total, fp / total, fn / total


def score(matches: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    """Return F1, precision and recall of pages."""
    precision = statistics.fmean(tp / (tp + fp) if tp + fp else 0.0 for tp, fp, _ in matches)
    recall = statistics.fmean(tp / (tp + fn) if tp + fn else 0.0 for tp, _, fn in matches)
    return 2 * precision * recall / (precision + recall), precision, recall


def read_page(folder: Path, name: str) -> bytes:
    """Return a page's bytes, packed or not."""
    packed = folder / f"{name}.html.gz"
    return gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / f"{name}.html").read_bytes()


def main() -> int:
    """Extract every page, print the score and the speed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("ground_truth", type=Path)
    parser.add_argument("pages", type=Path)
    arguments = parser.parse_args()
    truth = json.loads(arguments.ground_truth.read_text(encoding="utf-8"))
    bodies = {name: read_page(arguments.pages, name) for name in sorted(truth)}
    start = time.perf_counter()
    pages = {name: extract_page(body, url="https://example.org/") for name, body in bodies.items()}
    seconds = time.perf_counter() - start
    matches = [match_shingles(truth[name].get("articleBody", ""), pages[name].text) for name in pages]
    rng = random.Random(42)
    spread = statistics.stdev(score(rng.choices(matches, k=len(matches)))[0] for _ in range(ROUNDS))
    f1, precision, recall = score(matches)
    print(f"extractor  {EXTRACTOR}")
    print(f"pages      {len(pages)}  outcomes {dict(Counter(page.outcome.value for page in pages.values()))}")
    print(f"F1         {f1:.3f} +- {spread:.3f}  precision {precision:.3f}  recall {recall:.3f}")
    print(f"speed      {len(pages) / seconds:.1f} pages/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
