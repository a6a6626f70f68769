"""The same edits where the pipeline reads both versions: are the words told that were edited, and no other statement's?"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from quote_edit_cases import NONE, TOLD, Page, choose_negated

from volteface.articles.edits import AttributedSpan, SpanEdit, compare_texts
from volteface.config import load_config
from volteface.language.pipeline import build_nlp
from volteface.language.tag import tag_passages
from volteface.models import Passage
from volteface.stages.edits import group_spans

# What they edit may be another statement's words, which is rightly told.
_MAY_HOLD_STATEMENTS = frozenset({"a figure elsewhere", "a paragraph cut elsewhere"})
_DAY = datetime(2024, 1, 1, tzinfo=UTC)


class Reader:
    """Reads a text as the pipeline does, and gives the spans of its statements."""

    def __init__(self) -> None:
        self._config = load_config(Path(__file__).resolve().parents[1])
        self._nlp = build_nlp(self._config)

    def read(self, text: str) -> list[AttributedSpan]:
        """Return the spans of what is said in a text."""
        passage = Passage(article_id="a", version_id="v", origin_id="o", outlet="Example", title="", text=text,
                          published_at=_DAY, known_from=_DAY)  # fmt: skip
        ((_, statements, _),) = tag_passages(self._nlp, [passage], self._config)
        return group_spans(statements).get(("v", "text"), [])


def score_statements(pages: Sequence[Page], rng: random.Random, show: int) -> None:
    """Print how often the edited statement was told, and how often another one was."""
    reader, sums = Reader(), Counter[str]()
    for page in pages:
        spans = reader.read(page.text)
        for name, kind, target, after in _make_cases(page, spans, rng):
            findings = compare_texts(page.text, after, spans, reader.read(after)).find_findings()
            right = [one for one in findings if _is_told(one, kind, target)]
            extra = [one for one in findings if not _overlaps(one.span, target)]
            sums += Counter({"versions": 1, "wanted": bool(kind), "found": bool(right), "extra": len(extra)})
            wrong = 0 if kind else len(findings) - len(extra)
            sums["wrong"] += wrong
            if show and (extra or wrong or len(right) < bool(kind)):
                show -= 1
                print(f"-- {name}: {page.text[slice(*target)]}")
                for one in findings:
                    print(f"   told {one.kind} {one.span.actor_id}: {one.rewording.word_diff}")
    hits, false = sums["found"], sums["extra"] + sums["wrong"]
    print(f"\nread by the pipeline: {sums['versions']} second versions of edited statements")
    print(f"precision {hits / max(1, hits + false):.3f}  recall {hits / max(1, sums['wanted']):.3f}  extra {false}")


def _make_cases(
    page: Page, spans: Sequence[AttributedSpan], rng: random.Random
) -> Iterator[tuple[str, str, tuple[int, int], str]]:
    """Yield edits of the chosen quotation, where it is a statement's, and of one statement in the outlet's own words."""
    start = page.text.index(page.quote)
    target = (start, start + len(page.quote))
    if any(span.is_direct and _overlaps(span, target) for span in spans):
        for name, (edit, kind) in TOLD.items():
            if changed := edit(page, rng):
                yield name, kind, target, changed.text
        for name, neutral in NONE.items():
            if name not in _MAY_HOLD_STATEMENTS and (changed := neutral(page, rng)):
                yield name, "", target, changed.text
    for span in [one for one in spans if not one.is_direct][:1]:
        words = page.text[span.start : span.end]
        if (edited := choose_negated(words)) and page.text.count(words) == 1:
            yield "a negation, not quoted", "altered", (span.start, span.end), page.text.replace(words, edited)


def _is_told(edit: SpanEdit, kind: str, target: tuple[int, int]) -> bool:
    """Tell whether an edit of the target is told: with its statement, or, in a sentence without one, as a quotation."""
    return edit.kind == kind and _overlaps(edit.span, target)


def _overlaps(span: AttributedSpan, target: tuple[int, int]) -> bool:
    return span.start < target[1] and target[0] < span.end
