"""Conditions added to a position, and dropped from it, while its sign stays."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from volteface.config.settings import ChangePolicy
from volteface.models import ChangeKind, PositionChange, Statement
from volteface.positions.belief import compute_pair_probability
from volteface.positions.days import SIGNS, weigh
from volteface.positions.evidence import CLEAR_STRENGTH
from volteface.positions.findings import Finding, Setting, make_change
from volteface.positions.track import Run, SeriesKey, Trace


@dataclass(frozen=True, slots=True)
class _Reading:
    """Whether a day's words carry a condition, with the likelihood ratio for it."""

    day: date
    conditional: bool
    odds: float
    statements: tuple[Statement, ...]


def find_condition_changes(key: SeriesKey, trace: Trace, setting: Setting) -> Iterator[PositionChange]:
    """Yield a change for each condition that appears or goes while the actor holds one sign.

    That a report names no condition says little: only explicit words (strength 2) count as unconditional. Days that
    differ without being believed are one candidate until a day agrees with the old reading again.
    """
    for run in trace.runs:
        if run.stance in SIGNS:
            yield from _compare_days(key, run, setting)


def _compare_days(key: SeriesKey, run: Run, setting: Setting) -> Iterator[PositionChange]:
    last: _Reading | None = None
    doubted = False
    for reading in _read_days(run, setting.policy):
        if last is None or reading.conditional == last.conditional:
            last, doubted = reading, False
            continue
        probability = compute_pair_probability(last.odds, reading.odds, setting.policy.change_prior)
        believed = probability >= setting.policy.confirm_probability
        if believed or not doubted:
            yield _make_change(key, last, reading, probability, setting)
        last, doubted = (reading, False) if believed else (last, True)


def _read_days(run: Run, policy: ChangePolicy) -> Iterator[_Reading]:
    for day in run.days:
        counted = [s for s in day.holding(run.stance) if s.conditional or s.strength >= CLEAR_STRENGTH]
        votes: dict[tuple[str, bool], float] = {}
        for statement in counted:
            vote = (statement.origin_id, statement.conditional)
            votes[vote] = max(votes.get(vote, 0.0), weigh(statement, policy))
        margin = sum(weight if conditional else -weight for (_, conditional), weight in votes.items())
        if margin:
            agreeing = tuple(statement for statement in counted if statement.conditional == (margin > 0))
            yield _Reading(day.day, margin > 0, math.exp(min(abs(margin), 30.0)), agreeing)


def _make_change(
    key: SeriesKey, before: _Reading, after: _Reading, probability: float, setting: Setting
) -> PositionChange:
    actor_id, issue_id, basis = key
    kind = ChangeKind.CONDITION_ADDED if after.conditional else ChangeKind.CONDITION_DROPPED
    verb = "now on a condition" if after.conditional else "no longer on a condition"
    stance = after.statements[0].stance
    return make_change(
        Finding(
            kind=kind,
            actor_id=actor_id,
            issue_id=issue_id,
            basis=basis,
            day=after.day,
            before=before.statements,
            after=after.statements,
            probability=probability,
            summary=f"{setting.labels.get(actor_id)} on {setting.labels.get(issue_id)}: {stance}, {verb}",
        ),
        setting,
    )
