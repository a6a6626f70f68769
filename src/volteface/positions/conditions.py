"""Conditions added to a position, and dropped from it, while its sign stays."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from volteface.config.settings import ChangePolicy
from volteface.models import ChangeKind, PositionChange, Spoken
from volteface.positions.belief import compute_pair_probability
from volteface.positions.days import Day, weigh
from volteface.positions.evidence import CLEAR_STRENGTH
from volteface.positions.findings import Finding, Setting, make_change
from volteface.positions.runs import Run, remember
from volteface.positions.track import SeriesKey


@dataclass(frozen=True, slots=True)
class Reading:
    """Whether a day's words carry a condition, with the likelihood ratio for it."""

    day: date
    conditional: bool
    odds: float
    statements: tuple[Spoken, ...]


@dataclass(frozen=True, slots=True)
class ConditionState:
    """The last reading that is believed of the run begun on a day, and whether one since differs unbelieved."""

    begun_on: date
    last: Reading
    is_doubted: bool


class ConditionReader:
    """Compares the conditions of a series' days, in order of time."""

    def __init__(self, key: SeriesKey, setting: Setting, state: ConditionState | None = None) -> None:
        self._key = key
        self._setting = setting
        self.state = state

    def get_state(self) -> ConditionState | None:
        """Return where it stands, without the words."""
        return self.state and replace(self.state, last=_recall(self.state.last))

    def read(self, run: Run, day: Day) -> Iterator[PositionChange]:
        """Yield a change where a condition appears or goes on a day of a run, while the actor holds one sign.

        That a report names no condition says little: only explicit words (strength 2) count as unconditional. Days
        that differ without being believed are one candidate until a day agrees with the old reading again.
        """
        reading = _read_day(run, day, self._setting.policy)
        if reading is None:
            return
        state = self.state
        if state is None or state.begun_on != run.begun_on or reading.conditional == state.last.conditional:
            self.state = ConditionState(run.begun_on, reading, is_doubted=False)
            return
        probability = compute_pair_probability(state.last.odds, reading.odds, self._setting.policy.change_prior)
        is_believed = probability >= self._setting.policy.confirm_probability
        if is_believed or not state.is_doubted:
            yield _make_change(self._key, state.last, reading, probability, self._setting)
        kept = reading if is_believed else state.last
        self.state = ConditionState(run.begun_on, kept, is_doubted=not is_believed)


def _recall(reading: Reading) -> Reading:
    return replace(reading, statements=tuple(map(remember, reading.statements)))


def _read_day(run: Run, day: Day, policy: ChangePolicy) -> Reading | None:
    counted = [s for s in day.holding(run.stance) if s.conditional or s.strength >= CLEAR_STRENGTH]
    votes: dict[tuple[str, bool], float] = {}
    for statement in counted:
        vote = (statement.origin_id, statement.conditional)
        votes[vote] = max(votes.get(vote, 0.0), weigh(statement, policy))
    margin = sum(weight if conditional else -weight for (_, conditional), weight in votes.items())
    if not margin:
        return None
    agreeing = tuple(statement for statement in counted if statement.conditional == (margin > 0))
    return Reading(day.day, margin > 0, math.exp(min(abs(margin), 30.0)), agreeing)


def _make_change(
    key: SeriesKey, before: Reading, after: Reading, probability: float, setting: Setting
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
