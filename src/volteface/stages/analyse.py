"""Tag the articles that this model has not read yet, and detect what changed."""

from __future__ import annotations

from dataclasses import dataclass

from volteface.models import ChangeState, PositionChange
from volteface.positions.changes import detect_changes, reconcile_changes
from volteface.positions.track import track_positions
from volteface.stages.job import Job

BATCH = 200  # article versions committed together: a killed run loses at most these, and does them again


@dataclass(frozen=True, slots=True)
class TagReport:
    """What tagging brought."""

    article_count: int
    statement_count: int
    claim_count: int
    model_version: str

    @property
    def counts(self) -> dict[str, int]:
        """Return the sums that a run keeps."""
        return {
            "articles_tagged": self.article_count,
            "statements": self.statement_count,
            "event_claims": self.claim_count,
        }


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What detection brought: every change whose state is new in this run."""

    fresh: tuple[PositionChange, ...]
    position_count: int

    @property
    def counts(self) -> dict[str, int]:
        """Return the sums that a run keeps."""
        return {
            "positions": self.position_count,
            "changes_confirmed": sum(1 for change in self.fresh if change.state is ChangeState.CONFIRMED),
            "changes_candidate": sum(1 for change in self.fresh if change.state is ChangeState.CANDIDATE),
            "changes_retracted": sum(1 for change in self.fresh if change.state is ChangeState.RETRACTED),
        }


def tag_articles(job: Job, _run_id: str) -> TagReport:
    """Tag every article version that the present model and rules have not tagged, in batches that are each committed.

    Raises LanguageError, WarehouseError.
    """
    version = _model_version(job)
    articles = statements = claims = 0
    while True:
        with job.open_warehouse() as warehouse:
            passages = warehouse.load_untagged_passages(version, BATCH)
            if not passages:
                return TagReport(articles, statements, claims, version)
            from volteface.language.tag import tag_passages  # noqa: PLC0415 -- spaCy dominates start-up

            tagged = list(tag_passages(job.nlp(), passages, job.config))
            found = [statement for _, rows, _ in tagged for statement in rows]
            events = [claim for _, _, rows in tagged for claim in rows]
            warehouse.save_tagged(passages, version, found, events, job.clock())
        articles, statements, claims = articles + len(passages), statements + len(found), claims + len(events)
        job.progress("tag", articles, articles)


def detect(job: Job, _run_id: str) -> ChangeReport:
    """Track positions and detect changes over everything known; save both; return what is new. Raises WarehouseError."""
    version = _model_version(job)
    policy = job.config.settings.changes
    with job.open_warehouse() as warehouse:
        statements = warehouse.load_statements(version)
        claims = warehouse.load_event_claims(version)
        before = warehouse.load_changes()
        positions = track_positions(statements, policy)
        detected = detect_changes(statements, claims, actors=job.config.actors, issues=job.config.issues, policy=policy)
        changes = reconcile_changes(before, detected, job.clock())
        with warehouse.transaction():
            warehouse.replace_positions(positions)
            warehouse.save_changes(changes, detected_at=job.clock())
    states = {change.change_id: change.state for change in before}
    fresh = tuple(change for change in changes if states.get(change.change_id) is not change.state)
    return ChangeReport(fresh, len(positions))


def _model_version(job: Job) -> str:
    from volteface.language.pipeline import model_version  # noqa: PLC0415 -- spaCy dominates start-up

    return model_version(job.config, job.nlp())
