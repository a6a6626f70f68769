"""Tag the articles that this model has not read yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from volteface.errors import LanguageError
from volteface.models import Analysis, AnalysisOutcome, Passage
from volteface.plaintext import cut_text
from volteface.stages.job import Job
from volteface.stages.reading import Unread, read_all

if TYPE_CHECKING:
    from volteface.language.tag import Reading

_MAX_ERROR = 300  # characters
BATCH = 200  # article versions committed together: a killed run loses at most these, and does them again


@dataclass(frozen=True, slots=True)
class TagReport:
    """What tagging brought."""

    article_count: int
    statement_count: int
    claim_count: int
    model_version: str
    not_analysed_count: int = 0  # in another language
    in_part_count: int = 0  # too long, or with passages that were passed over
    failed_count: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Return the sums that a run keeps."""
        return {
            "articles_tagged": self.article_count,
            "articles_not_analysed": self.not_analysed_count,
            "articles_in_part": self.in_part_count,
            "articles_failed": self.failed_count,
            "statements": self.statement_count,
            "event_claims": self.claim_count,
        }


def tag_articles(job: Job, _run_id: str) -> TagReport:
    """Tag every article version that the present model and rules have not tagged, in batches that are each committed.

    Raises LanguageError, WarehouseError.
    """
    version = _model_version(job)
    report = TagReport(0, 0, 0, version)
    while True:
        with job.open_warehouse() as warehouse:
            passages = warehouse.load_untagged_passages(version, BATCH)
            if not passages:
                return report
            readings = _read_isolated(job, passages) if job.config.settings.language.isolated else _read(job, passages)
            warehouse.save_tagged(
                passages,
                version,
                [statement for reading in readings for statement in reading.statements],
                [claim for reading in readings for claim in reading.claims],
                job.clock(),
                analyses=[reading.analysis for reading in readings],
                candidates=[candidate for reading in readings for candidate in reading.candidates],
            )
        report = _add(report, readings)
        job.progress("tag", report.article_count, report.article_count)


def _read_isolated(job: Job, passages: Sequence[Passage]) -> list[Reading]:
    """Read passages in a worker process: whatever one does to it, the others are read."""
    from volteface.language.tag import Reading  # noqa: PLC0415 -- spaCy dominates start-up

    with job.open_reading_pool() as pool:
        return [
            Reading(each.passage, _describe_fault(each.passage, f"the reader was given up: {each.fault.reason}"))
            if isinstance(each, Unread)
            else Reading(each[0], *each[1])
            for each in read_all(pool, job.config, passages)
        ]


def _read(job: Job, passages: Sequence[Passage]) -> list[Reading]:
    """Read passages together; where that breaks, half by half: a text that breaks the reader costs itself alone."""
    from volteface.language.tag import Reading, read_passages  # noqa: PLC0415 -- spaCy dominates start-up

    nlp = job.nlp()
    try:
        return list(read_passages(nlp, passages, job.config))
    except LanguageError:
        raise  # the model does not fit: no text's fault
    except Exception as error:  # noqa: BLE001 -- rules and models may raise anything; it is kept with the article
        if len(passages) > 1:
            middle = len(passages) // 2
            return [*_read(job, passages[:middle]), *_read(job, passages[middle:])]
        return [Reading(passages[0], _describe_fault(passages[0], f"{type(error).__name__}: {error}"))]


def _describe_fault(passage: Passage, reason: str) -> Analysis:
    return Analysis(
        version_id=passage.version_id,
        outcome=AnalysisOutcome.FAILED,
        language=None,
        read_characters=0,
        blanked_characters=0,
        error=cut_text(reason, _MAX_ERROR),
    )


def _add(report: TagReport, readings: Sequence[Reading]) -> TagReport:
    outcomes = Counter(reading.analysis.outcome for reading in readings)
    return TagReport(
        article_count=report.article_count + len(readings),
        statement_count=report.statement_count + sum(len(reading.statements) for reading in readings),
        claim_count=report.claim_count + sum(len(reading.claims) for reading in readings),
        model_version=report.model_version,
        not_analysed_count=report.not_analysed_count + outcomes[AnalysisOutcome.NOT_ANALYSED],
        in_part_count=report.in_part_count + outcomes[AnalysisOutcome.IN_PART],
        failed_count=report.failed_count + outcomes[AnalysisOutcome.FAILED],
    )


def _model_version(job: Job) -> str:
    from volteface.language.pipeline import model_version  # noqa: PLC0415 -- spaCy dominates start-up

    return model_version(job.config, job.nlp())
