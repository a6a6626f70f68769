"""Compare the versions of articles that were edited after publication; keep what became of attributed words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from volteface.articles.edits import AttributedSpan, Comparison, SpanEdit, compare_texts, compare_titles
from volteface.models import (
    EditKind,
    QuoteEdit,
    QuoteType,
    Statement,
    VersionComparison,
    VersionPair,
    identify,
)
from volteface.stages.job import Job

BATCH = 100  # pairs committed together
_PLACES = ("text", "title")


@dataclass(frozen=True, slots=True)
class EditReport:
    """What comparing versions brought."""

    pair_count: int
    altered_count: int
    attribution_count: int
    removed_count: int

    @property
    def counts(self) -> dict[str, int]:
        """Return the sums that a run keeps."""
        return {
            "versions_compared": self.pair_count,
            "quotes_altered": self.altered_count,
            "quotes_reattributed": self.attribution_count,
            "quotes_removed": self.removed_count,
        }


def compare_versions(job: Job, _run_id: str) -> EditReport:
    """Compare every pair of successive versions that the present model has read, in batches that are each committed.

    Tagging again is no edit: a version that only another model has read takes no part. Raises WarehouseError.
    """
    from volteface.language.pipeline import model_version  # noqa: PLC0415 -- spaCy dominates start-up

    version = model_version(job.config, job.nlp())
    pair_count, found = 0, list[QuoteEdit]()
    while True:
        with job.open_warehouse() as warehouse:
            pairs = warehouse.load_uncompared_pairs(version, BATCH)
            if not pairs:
                return _report(pair_count, found)
            ids = [one for pair in pairs for one in (pair.before_version_id, pair.after_version_id)]
            statements = group_spans(warehouse.load_statements_of_versions(version, ids))
            results = [(pair, place, comparison) for pair in pairs for place, comparison in _compare(pair, statements)]
            edits = [edit for pair, place, result in results for edit in _list_edits(pair, place, result, version)]
            counts = [_count(pair, [one for p, _, one in results if p is pair], version) for pair in pairs]
            warehouse.save_comparisons(pairs, counts, edits, job.clock())
        pair_count, found = pair_count + len(pairs), [*found, *edits]
        job.progress("compare", pair_count, pair_count)


def _report(pair_count: int, edits: Sequence[QuoteEdit]) -> EditReport:
    kinds = [edit.kind for edit in edits]
    return EditReport(
        pair_count,
        altered_count=kinds.count(EditKind.ALTERED),
        attribution_count=kinds.count(EditKind.ATTRIBUTION_CHANGED),
        removed_count=kinds.count(EditKind.REMOVED),
    )


def group_spans(statements: Sequence[Statement]) -> dict[tuple[str, str], list[AttributedSpan]]:
    """Return the spans of statements by version and by where they stand, text or title."""
    spans: defaultdict[tuple[str, str], list[AttributedSpan]] = defaultdict(list)
    for statement in statements:
        spans[statement.version_id, statement.evidence_in].append(
            AttributedSpan(
                start=statement.evidence_start,
                end=statement.evidence_end,
                is_direct=statement.quote_type is QuoteType.DIRECT,
                statement_id=statement.statement_id,
                actor_id=statement.actor_id,
                issue_id=statement.issue_id,
                speaker_text=statement.speaker_text,
            )
        )
    return dict(spans)


def _compare(pair: VersionPair, spans: dict[tuple[str, str], list[AttributedSpan]]) -> Iterator[tuple[str, Comparison]]:
    """Yield what became of the spans of the text, and of those of the title."""
    before, after = ({place: spans.get((one, place), []) for place in _PLACES} for one in _ids(pair))
    yield "text", compare_texts(pair.before_text, pair.after_text, before["text"], after["text"])
    yield "title", compare_titles(pair.before_title, pair.after_title, before["title"], after["title"])


def _ids(pair: VersionPair) -> tuple[str, str]:
    return pair.before_version_id, pair.after_version_id


def _count(pair: VersionPair, comparisons: Sequence[Comparison], model_version: str) -> VersionComparison:
    def count(kind: EditKind) -> int:
        return sum(comparison.count(kind) for comparison in comparisons)

    return VersionComparison(
        before_version_id=pair.before_version_id,
        after_version_id=pair.after_version_id,
        model_version=model_version,
        unchanged_count=count(EditKind.UNCHANGED),
        moved_count=count(EditKind.MOVED),
        typographic_count=count(EditKind.TYPOGRAPHIC),
        altered_count=count(EditKind.ALTERED),
        attribution_changed_count=count(EditKind.ATTRIBUTION_CHANGED),
        removed_count=count(EditKind.REMOVED),
        added_count=count(EditKind.ADDED),
        is_rewrite=any(comparison.is_rewrite for comparison in comparisons),
    )


def _list_edits(pair: VersionPair, place: str, comparison: Comparison, model_version: str) -> list[QuoteEdit]:
    return [_make_edit(pair, place, edit, model_version) for edit in comparison.find_findings()]


def _make_edit(pair: VersionPair, place: str, edit: SpanEdit, model_version: str) -> QuoteEdit:
    """Return an edit as it is stored. Its id names the words, not who read them: another model finds the same edit."""
    before = pair.before_title if place == "title" else pair.before_text
    after = pair.after_title if place == "title" else pair.after_text
    span, is_gone = edit.span, edit.after_start is None
    holder = edit.after_span
    return QuoteEdit(
        edit_id=identify(
            "quote_edit", *_ids(pair), edit.kind, place, span.start, span.end, span.actor_id, span.issue_id
        ),
        article_id=pair.article_id,
        before_version_id=pair.before_version_id,
        after_version_id=pair.after_version_id,
        kind=edit.kind,
        word_class=edit.rewording.word_class,
        is_quoted=edit.rewording.is_quoted,
        statement_id=span.statement_id,
        after_statement_id=holder.statement_id if holder else None,
        actor_id=span.actor_id,
        after_actor_id=holder.actor_id if holder else None,
        issue_id=span.issue_id,
        model_version=model_version,
        evidence_in=place,
        before_text=before[span.start : span.end],
        before_start=span.start,
        before_end=span.end,
        after_text=None if is_gone else after[edit.after_start : edit.after_end],
        after_start=edit.after_start,
        after_end=edit.after_end,
        word_diff=edit.rewording.word_diff,
        known_from=pair.known_from,
    )
