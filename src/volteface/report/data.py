"""What the report shows, as frozen values: text verbatim, instants in UTC. Nothing here is escaped: the page does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInfo:
    """The run that the report was made from, and what it counted."""

    run_id: str
    flow: str
    started_at: datetime
    ended_at: datetime | None
    state: str
    model_version: str
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueHead:
    """One issue: the head of a column of the matrix."""

    issue_id: str
    name: str
    proposition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The present on-record position of one actor on one issue. n is ``origin_count``, independent sources."""

    stance: str
    is_hedged: bool
    is_conditional: bool
    origin_count: int
    statement_count: int
    valid_from: datetime
    last_stated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One actor and its cell for each issue, in the order of the issues; None where it said nothing on record."""

    actor_id: str
    actor_name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One statement as the report shows it: who, what stance, the words, where and when they stood."""

    statement_id: str
    actor_name: str
    speaker_text: str
    stance: str
    basis: str
    quote: str
    outlet: str
    url: str
    title: str
    stated_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """One change of position with both pieces of evidence."""

    change_id: str
    kind: str
    state: str
    actor_name: str
    counter_name: str | None
    issue_name: str | None
    basis: str
    changed_at: datetime
    confidence: float
    summary: str
    against: tuple[str, ...]
    before: Shown | None
    after: Shown | None
    before_origin_count: int
    after_origin_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEdit:
    """One quotation or attributed wording that an outlet edited after publication; both wordings verbatim."""

    kind: str
    word_class: str | None
    is_quoted: bool
    actor_name: str | None
    after_actor_name: str | None
    before_text: str
    after_text: str | None
    word_diff: str
    outlet: str
    url: str
    title: str
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What was said on one issue, newest first, cut at a limit."""

    issue: IssueHead
    statements: tuple[Shown, ...]
    omitted_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """How one feed does."""

    feed_id: str
    outlet: str
    is_healthy: bool
    polled_at: datetime | None
    succeeded_at: datetime | None
    failure_count: int
    entries_per_day: float | None
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData:
    """Everything on the page."""

    topic: str
    generated_at: datetime
    run: RunInfo | None
    issues: tuple[IssueHead, ...]
    matrix: tuple[MatrixRow, ...]
    changes: tuple[ShownChange, ...]
    change_count: int  # of all that are known; the page may show fewer
    timelines: tuple[Timeline, ...]
    feeds: tuple[FeedHealth, ...]
    edits: tuple[ShownEdit, ...] = ()
