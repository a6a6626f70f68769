"""Pairs of versions and the edits found in them, in the warehouse. What an edit is is decided in articles/edits.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from volteface.adapters.warehouse.store import TableStore, dump_ids
from volteface.errors import WarehouseError
from volteface.models import QuoteEdit, Statement, VersionComparison, VersionPair

# Only two readings by one model, of two pages taken by one extractor, tell what the outlet did: another model or
# extractor would make a difference of its own. A feed's summary before the page is no earlier state of it either.
_PAIRS = """
  WITH edited AS (SELECT DISTINCT article_id FROM article_version WHERE version_number > 1),
  read AS (
    SELECT v.*, lag(version_id) OVER (PARTITION BY article_id ORDER BY version_number) AS earlier_id
    FROM tagging JOIN article_version AS v USING (version_id) SEMI JOIN edited USING (article_id)
    WHERE model_version = $1 AND text_basis = 'page')
  SELECT later.article_id, earlier.version_id AS before_version_id, later.version_id AS after_version_id,
         earlier.title AS before_title, earlier.text AS before_text, later.title AS after_title,
         later.text AS after_text, later.seen_at AS known_from
  FROM read AS later JOIN article_version AS earlier ON earlier.version_id = later.earlier_id
  WHERE earlier.extractor = later.extractor
    AND NOT EXISTS (FROM version_comparison AS c WHERE c.before_version_id = earlier.version_id
                    AND c.after_version_id = later.version_id AND c.model_version = $1)"""


class EditTables(TableStore):
    """version_comparison, quote_edit."""

    def load_uncompared_pairs(self, model_version: str, limit: int) -> list[VersionPair]:
        """Return pairs of successive page versions that this model has read and that were not compared, oldest first."""
        tail = f"FROM ({_PAIRS}) AS t ORDER BY known_from, after_version_id LIMIT $2"
        return self.load(VersionPair, tail, [model_version, limit])

    def load_statements_of_versions(self, model_version: str, version_ids: Sequence[str]) -> list[Statement]:
        """Return what a model read in these versions, whether or not a newer one has taken their place."""
        tail = """FROM statement AS t WHERE model_version = $1
                  AND version_id IN (SELECT unnest(from_json_strict($2, '["VARCHAR"]')))
                  ORDER BY version_id, evidence_in, evidence_start, statement_id"""
        return self.load(Statement, tail, [model_version, dump_ids(version_ids)])

    def save_comparisons(
        self,
        pairs: Sequence[VersionPair],
        comparisons: Sequence[VersionComparison],
        edits: Sequence[QuoteEdit],
        compared_at: datetime,
    ) -> None:
        """Save what comparing pairs brought, those without an edit too, in one transaction.

        An edit that is there already stays as it is: another model that reads the same two pages finds it again.
        Raises WarehouseError, and saves nothing, where a text is not a verbatim slice of its version.
        """
        by_versions = {(pair.before_version_id, pair.after_version_id): pair for pair in pairs}
        for edit in edits:
            self._check_texts(edit, by_versions.get((edit.before_version_id, edit.after_version_id)))
        with self.transaction():
            self.save_models("version_comparison", comparisons, extra={"compared_at": compared_at})
            self.save_models("quote_edit", edits)

    def load_quote_edits(self) -> list[QuoteEdit]:
        """Return all edits, oldest first."""
        return self.load(QuoteEdit, "FROM quote_edit AS t ORDER BY known_from, edit_id")

    def _check_texts(self, edit: QuoteEdit, pair: VersionPair | None) -> None:
        if pair is None or edit.evidence_in not in {"text", "title"}:
            raise WarehouseError(self.path, f"edit {edit.edit_id} is not of these versions")
        is_title = edit.evidence_in == "title"
        before = pair.before_title if is_title else pair.before_text
        after = pair.after_title if is_title else pair.after_text
        if before[edit.before_start : edit.before_end] != edit.before_text:
            reason = f"the words of edit {edit.edit_id} are not what stands in {edit.before_version_id}"
            raise WarehouseError(self.path, reason)
        if edit.after_text is not None and after[edit.after_start : edit.after_end] != edit.after_text:
            reason = f"the words of edit {edit.edit_id} are not what stands in {edit.after_version_id}"
            raise WarehouseError(self.path, reason)
