"""Positions as intervals: what an actor holds on an issue on one basis, from when until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from volteface.config.settings import ChangePolicy
from volteface.models import Position, Spoken, identify
from volteface.positions.days import Day
from volteface.positions.findings import Setting
from volteface.positions.runs import Run
from volteface.positions.track import SeriesKey, Trace, group_series, trace_series


def track_positions(statements: Iterable[Spoken], setting: Setting) -> tuple[Position, ...]:
    """Return what every actor holds on every issue on every basis, as intervals in order of actor, issue, basis, time.

    A position ends where the next of its series begins. Private words and declined comments make none.
    """
    series = group_series(statement for statement in statements if not statement.is_private)
    return tuple(
        position
        for key in sorted(series)
        for position in find_positions(key, trace_series(key[1], series[key], setting), setting.policy)
    )


def find_positions(key: SeriesKey, trace: Trace, policy: ChangePolicy) -> Iterator[Position]:
    """Yield the positions of one series, in order of time."""
    ends = [run.days[0] for run in trace.runs[1:]]
    for number, run in enumerate(trace.runs):
        yield _make_position(key, run, ends[number] if number < len(ends) else None, policy)


def _make_position(key: SeriesKey, run: Run, end: Day | None, policy: ChangePolicy) -> Position:
    actor_id, issue_id, basis = key
    known = run.sum_up()
    return Position(
        position_id=identify("position", actor_id, issue_id, basis, run.stance, run.begun_on),
        actor_id=actor_id,
        issue_id=issue_id,
        basis=basis,
        stance=run.stance,
        strength=known.lead.strength,
        conditional=known.lead.conditional,
        valid_from=known.valid_from,
        valid_to=min(s.stated_at for s in end.statements if s.stated_at) if end else None,
        known_from=known.known_from,
        last_stated_at=known.last_stated_at,
        stale_from=known.last_stated_at + timedelta(days=policy.stale_after_days),
        statement_count=known.statement_count,
        origin_count=len(known.origins),
        confidence=run.probability,
        lead_statement_id=known.lead.statement_id,
    )
