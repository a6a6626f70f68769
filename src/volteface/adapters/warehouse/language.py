"""What the language stage reads and wrote, in the warehouse: passages, statements, event claims and their evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from volteface.adapters.warehouse.rows import encode_model
from volteface.adapters.warehouse.store import TableStore, dump_ids
from volteface.errors import WarehouseError
from volteface.models import Analysis, CandidateActor, EventClaim, Evidence, Passage, Statement

_IS_VERBATIM_IN = ("text", "title")
_ANALYSIS_COLUMNS = ("outcome", "language", "read_characters", "blanked_characters", "error")

# The newest version of each article that this model has read. A version that it has not read yet does not hide the one
# that it has: otherwise an edit would look like a withdrawal until the next tagging.
CURRENT_VERSIONS = """(SELECT version_id FROM tagging JOIN article_version USING (version_id) WHERE model_version = $1
  QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version_number DESC) = 1)"""


class LanguageTables(TableStore):
    """tagging, statement, event_claim, candidate_actor."""

    def load_untagged_passages(self, model_version: str, limit: int | None = None) -> list[Passage]:
        """Return the newest version of each article that this model has not read, oldest first.

        A version without a saved origin is its own origin.
        """
        sql = """
          WITH newest AS (SELECT * FROM article_version
            QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY version_number DESC) = 1)
          SELECT article_id, version_id, coalesce(origin_id, version_id) AS origin_id, article.outlet, newest.title,
                 text, published_at, seen_at AS known_from, feed.actor_id AS outlet_actor_id
          FROM newest JOIN article USING (article_id) LEFT JOIN origin USING (version_id)
               LEFT JOIN feed USING (feed_id)
          WHERE NOT EXISTS (FROM tagging WHERE tagging.version_id = newest.version_id AND model_version = $1)
          ORDER BY seen_at, version_id LIMIT $2"""
        return self.load(Passage, f"FROM ({sql}) AS t ORDER BY known_from, version_id", [model_version, limit])

    def save_tagged(
        self,
        passages: Sequence[Passage],
        model_version: str,
        statements: Sequence[Statement],
        claims: Sequence[EventClaim],
        tagged_at: datetime,
        *,
        analyses: Sequence[Analysis] = (),
        candidates: Sequence[CandidateActor] = (),
    ) -> None:
        """Save what a model read in passages, those with nothing in them too, in one transaction.

        ``analyses`` say how much of each was read, ``candidates`` who speaks there and is not configured.

        Raises WarehouseError, and saves nothing, where an evidence is not a verbatim slice of its passage, or where a
        statement or claim is of another passage or model.
        """
        by_version = {passage.version_id: passage for passage in passages}
        tagged: list[Statement | EventClaim] = [*statements, *claims]
        for found in tagged:
            self._check_evidence(found, by_version.get(found.version_id), model_version)
        for candidate in candidates:
            self._check_context(candidate, by_version.get(candidate.version_id), model_version)
        read = {analysis.version_id: encode_model(analysis) for analysis in analyses}
        statement_counts = Counter(statement.version_id for statement in statements)
        claim_counts = Counter(claim.version_id for claim in claims)
        rows = [
            {
                "version_id": version_id,
                "model_version": model_version,
                "tagged_at": tagged_at,
                "statement_count": statement_counts[version_id],
                "claim_count": claim_counts[version_id],
                **{column: read.get(version_id, {}).get(column) for column in _ANALYSIS_COLUMNS},
            }
            for version_id in by_version
        ]
        with self.transaction():
            self.save_rows("tagging", rows)
            self.save_models("statement", statements)
            self.save_models("event_claim", claims)
            self.save_models("candidate_actor", candidates)

    def load_statements(self, model_version: str, keys: Collection[tuple[str, str]] | None = None) -> list[Statement]:
        """Return a model's statements from the newest version of each article that it has read, oldest first.

        ``keys`` are the pairs of actor id and issue id that are wanted; None wants all.
        """
        tail = f"FROM statement AS t WHERE model_version = $1 AND version_id IN {CURRENT_VERSIONS}"
        order = " ORDER BY coalesce(stated_at, known_from), known_from, statement_id"
        if keys is None:
            return self.load(Statement, tail + order, [model_version])
        joined = [f"{actor_id}\x1f{issue_id}" for actor_id, issue_id in keys]
        tail += """ AND actor_id || chr(31) || issue_id IN (SELECT unnest(from_json_strict($2, '["VARCHAR"]')))"""
        return self.load(Statement, tail + order, [model_version, dump_ids(joined)])

    def load_event_claims(self, model_version: str) -> list[EventClaim]:
        """Return a model's event claims from the newest version of each article that it has read, oldest first."""
        tail = f"""FROM event_claim AS t WHERE model_version = $1 AND version_id IN {CURRENT_VERSIONS}
                   ORDER BY coalesce(stated_at, known_from), known_from, claim_id"""
        return self.load(EventClaim, tail, [model_version])

    def load_evidence(self, statement_ids: Collection[str]) -> dict[str, Evidence]:
        """Return what stands behind statements, and behind event claims by their claim id; unknown ids are left out."""
        tail = """FROM evidence_by_id AS t WHERE statement_id IN (SELECT unnest(from_json_strict(?, '["VARCHAR"]')))"""
        return {found.statement_id: found for found in self.load(Evidence, tail, [dump_ids(statement_ids)])}

    def _check_evidence(self, found: Statement | EventClaim, passage: Passage | None, model_version: str) -> None:
        label = found.statement_id if isinstance(found, Statement) else found.claim_id
        if passage is None or found.model_version != model_version:
            raise WarehouseError(self.path, f"{label} is not of these passages and model {model_version}")
        places = (found.evidence_in,) if isinstance(found, Statement) else _IS_VERBATIM_IN
        span = slice(found.evidence_start, found.evidence_end)
        if not any(str(getattr(passage, place))[span] == found.evidence for place in places):
            raise WarehouseError(self.path, f"the evidence of {label} is not what stands in {found.version_id}")

    def _check_context(self, found: CandidateActor, passage: Passage | None, model_version: str) -> None:
        if passage is None or found.model_version != model_version:
            raise WarehouseError(self.path, f"{found.candidate_id} is not of these passages and model {model_version}")
        if passage.text[found.context_start : found.context_end] != found.context:
            raise WarehouseError(
                self.path, f"the context of {found.candidate_id} is not what stands in {found.version_id}"
            )
