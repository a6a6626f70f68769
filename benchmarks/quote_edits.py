"""How well edits of quotations are told from other edits of a page, on second versions made by program.

    python benchmarks/quote_edits.py ARTICLES.jsonl.gz [--articles N] [--seed N] [--read N] [--show N]

Each line of the file is {"title", "text", ...}. For each article one quotation is chosen, and for each kind of edit a
second version made: with that edit alone, and with it among two edits that are none. Found is what is told of the
chosen quotation and of the right kind; extra is whatever else is told. With ``--read`` the real pipeline reads both
versions of those of the first N articles whose quotation is a statement's, and asks that its statement is told.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from quote_edit_cases import NONE, TOLD, Page, choose_page, turn_clock

from volteface.articles.boilerplate import build_boilerplate
from volteface.articles.edits import AttributedSpan, SpanEdit, compare_texts
from volteface.articles.versions import decide_version
from volteface.config.boilerplate import load_boilerplate
from volteface.models import ExtractedPage, ExtractOutcome

MIN_PARAGRAPHS, MAX_WORDS = 5, 3_000
_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
NOISE = 2  # edits that are none beside one that is to be told
_BESIDE = {"insert_paragraph", "set_marks", "edit_elsewhere", "drop_elsewhere", "turn_clock"}


@dataclass(frozen=True, slots=True)
class Case:
    """Two versions, what was done, and what is to be told of the quotation; "" for nothing."""

    name: str
    kind: str
    before: Page
    after: Page


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles_file", type=Path)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--read", type=int, default=0, help="let the pipeline read both versions of so many articles")
    parser.add_argument("--show", type=int, default=0, help="show so many mistakes")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    pages = list(choose_pages(load_paragraphs(options.articles_file), options.articles, rng))
    cases = [case for page in pages for case in make_cases(page, rng)]
    print(f"{len(pages)} articles with a quotation, {len(cases)} second versions")
    score(cases, options.show)
    score_versions(pages, rng)
    if options.read:
        from quote_edits_read import score_statements  # noqa: PLC0415 -- spaCy only where it is asked for

        score_statements(pages[: options.read], rng, options.show)


def load_paragraphs(path: Path) -> list[list[str]]:
    """Return the articles of a file as paragraphs, hard-wrapped ones on one line each."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    blocks = [re.split(r"\n\s*\n" if "\n\n" in text else r"\n", text.strip()) for text in texts]
    return [[" ".join(block.split()) for block in one if block.strip()] for one in blocks]


def choose_pages(articles: Sequence[Sequence[str]], count: int, rng: random.Random) -> Iterator[Page]:
    """Yield pages of a usual length with a quotation chosen in each."""
    usable = [one for one in articles if len(one) >= MIN_PARAGRAPHS and len(" ".join(one).split()) <= MAX_WORDS]
    others = sorted({word for one in usable[:200] for word in re.findall(r"\b[a-z]{5,}\b", " ".join(one))})
    found = 0
    for paragraphs in rng.sample(usable, len(usable)):
        page = choose_page(paragraphs, others, rng)
        if page is not None and found < count:
            found += 1
            yield page


def make_cases(page: Page, rng: random.Random) -> Iterator[Case]:
    """Yield second versions: each edit to be told, alone and among others; each that is none; all of those at once."""
    for name, (edit, kind) in TOLD.items():
        alone = edit(page, rng)
        if alone is None:
            continue
        yield Case(name, kind, page, alone)
        noisy = alone
        for other in rng.sample([one for one in NONE.values() if one.__name__ in _BESIDE], NOISE):
            noisy = other(noisy, rng) or noisy
        yield Case(f"{name}, among others", kind, page, noisy)
    every = page
    for name, neutral in NONE.items():
        changed = neutral(page, rng)
        if changed is not None:
            yield Case(name, "", page, changed)
        every = (neutral(every, rng) or every) if neutral.__name__ in _BESIDE else every
    yield Case("many at once", "", page, every)


def score(cases: Sequence[Case], show: int) -> None:
    """Print, for each kind of edit, how many were found and what was told besides; and the sum of it."""
    totals, sums = Counter[tuple[str, str]](), Counter[str]()
    began = time.perf_counter()
    for case in cases:
        findings = compare_texts(case.before.text, case.after.text, [], []).find_findings()
        hits, extra = judge(case, findings)
        totals += Counter({(case.name, "n"): 1, (case.name, "hit"): hits, (case.name, "extra"): extra})
        sums += Counter(hit=hits, extra=extra, wanted=int(bool(case.kind)))
        if show and (extra or hits < bool(case.kind)):
            show -= 1
            _show(case, findings)
    seconds = time.perf_counter() - began
    print(f"\n{'edit':<36} versions  found  extra")
    for name in dict.fromkeys(case.name for case in cases):
        print(f"{name:<36} {totals[name, 'n']:>8}  {totals[name, 'hit']:>5}  {totals[name, 'extra']:>5}")
    precision, recall = sums["hit"] / (sums["hit"] + sums["extra"]), sums["hit"] / sums["wanted"]
    print(f"\nprecision {precision:.3f}  recall {recall:.3f}  {1000 * seconds / len(cases):.1f} ms a pair of versions")


def judge(case: Case, findings: Sequence[SpanEdit]) -> tuple[int, int]:
    """Return whether the edit was found, and how many other findings there were."""
    start = case.before.text.index(case.before.quote)
    end = start + len(case.before.quote)
    right = [one for one in findings if one.kind == case.kind and _overlaps(one.span, start, end)]
    return min(1, len(right)), len(findings) - min(1, len(right))


def _overlaps(span: AttributedSpan, start: int, end: int) -> bool:
    return span.start < end and start < span.end


def _show(case: Case, findings: Sequence[SpanEdit]) -> None:
    print(f"-- {case.name}: {case.kind or 'nothing'} to be told of: {case.before.quote}")
    for one in findings:
        words = case.before.text[one.span.start : one.span.end]
        print(f"   told {one.kind} {one.rewording.word_class or ''}: {one.rewording.word_diff or words}")


def score_versions(pages: Sequence[Page], rng: random.Random) -> None:
    """Print how many pages whose clocks alone went on made a version, and how many with an edited word did not."""
    boilerplate = build_boilerplate(load_boilerplate())

    def is_version(before: Page, after: Page) -> bool:
        first, second = (ExtractedPage(outcome=ExtractOutcome.OK, text=one.text) for one in (before, after))
        values = {"article_id": "a", "seen_at": _EPOCH, "raw_sha256": None, "boilerplate": boilerplate}
        latest = decide_version(latest=None, page=first, **values)
        return decide_version(latest=latest, page=second, **values) is not None

    clocks = [(turn_clock(page, rng) or page, turn_clock(page, rng) or page) for page in pages]
    edited = [(page, edit(page, rng)) for page in pages for edit, _ in TOLD.values()]
    words = [(before, after) for before, after in edited if after is not None]
    print(f"versions made of clocks alone: {sum(is_version(*one) for one in clocks)} of {len(clocks)}")
    print(f"versions made of edited words: {sum(is_version(*one) for one in words)} of {len(words)}")


if __name__ == "__main__":
    main()
