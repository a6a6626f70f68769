"""Follow one actor on one issue through time: what it holds, from when, and where that may have changed."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from volteface.config.settings import ChangePolicy
from volteface.models import Basis, Position, Stance, Statement, identify
from volteface.positions import belief as beliefs
from volteface.positions.days import SIGNS, Day, can_hold_position, pool_days
from volteface.positions.evidence import choose_statement, count_origins

SeriesKey = tuple[str, str, Basis]
_LIKELIER = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One place where a series' sign differs from what it was.

    ``following`` are the later days, inside the time to confirm, that hold the new sign; ``returned_on`` is the first
    later day in that time on which the old sign stands again. ``is_established``: the series goes on from the new sign.
    """

    before: Day
    after: Day
    probability: float
    following: tuple[Day, ...]
    returned_on: date | None
    is_established: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Days in a row on which one stance is what the actor holds. ``probability`` is that of its last day."""

    stance: Stance
    days: tuple[Day, ...]
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One series followed: its runs, in order, and its shifts of sign."""

    runs: tuple[Run, ...]
    shifts: tuple[Shift, ...]

    def find_run(self, day: date) -> Run | None:
        """Return the run with a sign that stands on a day: the last one that began by then."""
        found = [run for run in self.runs if run.stance in SIGNS and run.days[0].day <= day]
        return found[-1] if found else None


def trace_series(statements: Iterable[Statement], policy: ChangePolicy) -> Trace:
    """Follow one series. Days without a stance, and those whose shift is not believed, are in no run.

    The sign moves where the change is at least as probable as the policy asks for, given all that is said up to
    ``confirm_days`` later. Differing days inside that time are one shift, at the first day on which it is believed, or
    at the first of them while none is; a day of the old sign ends it.
    """
    days = pool_days(statements, policy)
    signed = [day for day in days if day.stance in SIGNS]
    if not signed:
        return Trace(runs=_make_runs([(day, Stance.MIXED, 0.0) for day in days if day.stance]), shifts=())
    filtered = _filter(signed, policy)
    held, shifts = _follow_sign(signed, filtered, policy)
    kept = [(signed[index], stance, _probability(filtered[index], stance)) for index, stance in held]
    kept += [(day, Stance.MIXED, _squash(day.mixed_margin)) for day in days if day.stance is Stance.MIXED]
    return Trace(runs=_make_runs(sorted(kept, key=lambda row: row[0].day)), shifts=tuple(shifts))


def track_positions(statements: Iterable[Statement], policy: ChangePolicy) -> tuple[Position, ...]:
    """Return what every actor holds on every issue on every basis, as intervals in order of actor, issue, basis, time.

    A position ends where the next of its series begins. Private words and declined comments make none.
    """
    positions: list[Position] = []
    series = group_series(statement for statement in statements if not statement.is_private)
    for key in sorted(series):
        runs = trace_series(series[key], policy).runs
        ends = [run.days[0] for run in runs[1:]]
        for number, run in enumerate(runs):
            positions.append(_make_position(key, run, ends[number] if number < len(ends) else None))
    return tuple(positions)


def group_series(statements: Iterable[Statement]) -> dict[SeriesKey, list[Statement]]:
    """Group statements that hold a position by actor, issue and basis. A statement given twice is there once."""
    series: defaultdict[SeriesKey, dict[str, Statement]] = defaultdict(dict)
    for statement in statements:
        if can_hold_position(statement):
            series[statement.actor_id, statement.issue_id, statement.basis][statement.statement_id] = statement
    return {key: list(rows.values()) for key, rows in series.items()}


def _filter(days: Sequence[Day], policy: ChangePolicy) -> list[beliefs.Belief]:
    filtered = [beliefs.begin(days[0].likelihoods)]
    for day in days[1:]:
        filtered.append(beliefs.advance(filtered[-1], day.likelihoods, policy))
    return filtered


def _follow_sign(
    days: Sequence[Day], filtered: Sequence[beliefs.Belief], policy: ChangePolicy
) -> tuple[list[tuple[int, Stance]], list[Shift]]:
    """Return the days on which the established sign is held, as indices with the sign, and the shifts."""
    sign = days[0].stance
    assert sign is not None
    held, shifts, last, doubted_until = [(0, sign)], list[Shift](), 0, date.min
    for index in range(1, len(days)):
        stance = days[index].stance
        assert stance is not None
        if stance is sign:
            held.append((index, sign))
            last, doubted_until = index, date.min
            continue
        shift = _judge_shift(days, filtered, last, index, policy)
        if days[index].day > doubted_until:
            shifts.append(shift)
            doubted_until = shift.after.day + timedelta(days=policy.confirm_days)
        elif shift.is_established:
            shifts[-1] = shift  # the day on which it can be believed takes the candidate's place
        if shift.is_established or _probability(filtered[index], stance) - shift.probability > _LIKELIER:
            # Where the change is not believed and the new sign is, the old one was misread: the series goes on anew.
            sign, last, doubted_until = stance, index, date.min
            held.append((index, sign))
    return held, shifts


def _judge_shift(
    days: Sequence[Day], filtered: Sequence[beliefs.Belief], last: int, index: int, policy: ChangePolicy
) -> Shift:
    horizon = days[index].day + timedelta(days=policy.confirm_days)
    end = index + 1
    while end < len(days) and days[end].day <= horizon:
        end += 1
    before, after, later = days[last], days[index], days[index + 1 : end]
    probability = beliefs.compute_change_probability(
        filtered[last],
        SIGNS.index(before.stance),
        [day.likelihoods for day in days[last + 1 : index + 1]],
        [day.likelihoods for day in later],
        policy,
    )
    returns = [day.day for day in later if day.stance is before.stance]
    until = returns[0] if returns else date.max
    return Shift(
        before=before,
        after=after,
        probability=probability,
        following=tuple(day for day in later if day.stance is after.stance and day.day < until),
        returned_on=returns[0] if returns else None,
        is_established=probability >= policy.confirm_probability,
    )


def _make_runs(kept: Sequence[tuple[Day, Stance, float]]) -> tuple[Run, ...]:
    runs: list[tuple[Stance, list[Day], float]] = []
    for day, stance, probability in kept:
        if runs and runs[-1][0] is stance:
            runs[-1] = (stance, [*runs[-1][1], day], probability)
        else:
            runs.append((stance, [day], probability))
    return tuple(Run(stance=stance, days=tuple(days), probability=p) for stance, days, p in runs)


def _make_position(key: SeriesKey, run: Run, end: Day | None) -> Position:
    actor_id, issue_id, basis = key
    statements = [statement for day in run.days for statement in day.holding(run.stance)]
    first = run.days[0].holding(run.stance)
    lead = choose_statement(statements)
    times = [statement.stated_at for statement in statements if statement.stated_at]
    return Position(
        position_id=identify("position", actor_id, issue_id, basis, run.stance, run.days[0].day),
        actor_id=actor_id,
        issue_id=issue_id,
        basis=basis,
        stance=run.stance,
        strength=lead.strength,
        conditional=lead.conditional,
        valid_from=min(statement.stated_at for statement in first if statement.stated_at),
        valid_to=min(s.stated_at for s in end.statements if s.stated_at) if end else None,
        known_from=min(statement.known_from for statement in first),
        last_stated_at=max(times),
        statement_count=len(statements),
        origin_count=count_origins(statements),
        confidence=run.probability,
        lead_statement_id=lead.statement_id,
    )


def _probability(belief: beliefs.Belief, stance: Stance) -> float:
    return beliefs.compute_sign_probability(belief, SIGNS.index(stance))


def _squash(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
