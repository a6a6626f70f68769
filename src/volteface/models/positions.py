"""What follows from the statements: positions and their changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from volteface.models.vocabulary import Basis, ChangeKind, ChangeState, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What one actor holds on one issue on one basis, from ``valid_from`` on (until ``valid_to``, if it ended)."""

    position_id: str
    actor_id: str
    issue_id: str
    basis: Basis
    stance: Stance
    strength: int
    conditional: bool
    valid_from: datetime
    valid_to: datetime | None
    known_from: datetime
    last_stated_at: datetime
    stale_from: datetime  # from here on nobody has repeated it for long; no sign that it changed
    statement_count: int
    origin_count: int
    confidence: float
    lead_statement_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionChange:
    """Two pieces of evidence of one actor on one issue that differ, and how.

    ``before_statement_id`` and ``after_statement_id`` name statements; where the change is about a planned event they
    name the statements that its claims stand on, or the claims where there is no such statement.
    """

    change_id: str
    kind: ChangeKind
    state: ChangeState
    actor_id: str
    issue_id: str | None
    basis: Basis
    before_statement_id: str | None
    after_statement_id: str
    changed_at: datetime
    known_from: datetime
    confidence: float
    counter_actor_id: str | None = None
    event_id: str | None = None
    before_origin_count: int = 0
    after_origin_count: int = 0
    summary: str = ""  # one line for people, made of configured labels only
    against: tuple[str, ...] = ()  # what argued against it
