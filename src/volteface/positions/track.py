"""Follow one actor on one issue through time: what it holds, from when, and where that may have changed.

A series can be taken up where it was left: what later days need of earlier ones is a ``SeriesState``. Following days
in two parts gives what following them at once gives, if the first part ends ``confirm_days`` before the last day known.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from volteface.models import Basis, Spoken, Stance
from volteface.positions.days import SIGNS, Day, can_hold_position, pool_days
from volteface.positions.findings import Setting, Span
from volteface.positions.follower import Follower, Shift, SignState
from volteface.positions.leanings import OwnLeaning, Primer
from volteface.positions.runs import Past, Run, make_lean

SeriesKey = tuple[str, str, Basis]


@dataclass(frozen=True, slots=True)
class Standing:
    """A run of which no day is at hand."""

    stance: Stance
    past: Past
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesState:
    """Where following a series stopped: its sign, if a day had one, the run that stands, if any, and, where that is a
    mixed one, the last run that had a sign.
    """

    sign: SignState | None
    run: Standing | None
    signed: Standing | None
    own: OwnLeaning


NOT_BEGUN = SeriesState(sign=None, run=None, signed=None, own=OwnLeaning())


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One series followed: its runs, in order, and its shifts of sign. ``earlier`` is the last run with a sign before
    the first of ``runs``, where that is a mixed one.
    """

    runs: tuple[Run, ...]
    shifts: tuple[Shift, ...]
    earlier: Run | None
    signs: tuple[tuple[date, SignState], ...]
    leanings: tuple[tuple[date, OwnLeaning], ...]

    def find_run(self, day: date) -> Run | None:
        """Return the run with a sign that stands on a day: the last one that began by then."""
        found = [run for run in self.runs if run.stance in SIGNS and run.begun_on <= day]
        return found[-1] if found else self.earlier

    def list_signed_days(self, span: Span) -> Iterator[tuple[Run, Day]]:
        """Yield the days of a span on which the actor holds a sign, each with its run, in order of time."""
        for run in self.runs:
            for day in run.days if run.stance in SIGNS else ():
                if span.holds(day.day):
                    yield run, day

    def get_state(self, until: date) -> SeriesState:
        """Return where the series stood at the end of a day."""
        begun = [run for run in self.runs if run.begun_on <= until]
        run = begun[-1] if begun else None
        signed = None if run is None or run.stance in SIGNS else self.find_run(until)
        signs = [sign for day, sign in self.signs if day <= until]
        return SeriesState(
            sign=replace(signs[-1], held=make_lean(signs[-1].held)) if signs else None,
            run=_stand(run, until) if run else None,
            signed=_stand(signed, until) if signed else None,
            own=[own for day, own in self.leanings if day <= until][-1],
        )


def trace_series(
    issue_id: str, statements: Iterable[Spoken], setting: Setting, start: SeriesState | None = None
) -> Trace:
    """Follow one series. Days without a stance, and those whose shift is not believed, are in no run.

    The sign moves where the change is at least as probable as the policy asks for, given all that is said up to
    ``confirm_days`` later. Differing days inside that time are one shift, at the first day on which it is believed, or
    at the first of them while none is; a day of the old sign ends it. With ``start``, ``statements`` are the later ones.
    """
    primer = Primer(issue_id, setting.leanings, setting.policy, start.own if start else OwnLeaning())
    days = pool_days(statements, setting.policy, primer.prime)
    mixed = [(day, Stance.MIXED, _squash(day.mixed_margin)) for day in days if day.stance is Stance.MIXED]
    follower = Follower(setting.policy, start.sign if start else None)
    signed = [day for day in days if day.stance in SIGNS]
    for index, day in enumerate(signed):
        follower.follow(day, itertools.islice(signed, index + 1, None))
    return Trace(
        runs=_make_runs(sorted([*mixed, *follower.held], key=lambda row: row[0].day), start),
        shifts=tuple(follower.shifts),
        earlier=_take_up(start.signed) if start and start.signed else None,
        signs=tuple(follower.states),
        leanings=tuple(primer.states),
    )


def group_series(statements: Iterable[Spoken]) -> dict[SeriesKey, list[Spoken]]:
    """Group statements that hold a position by actor, issue and basis. A statement given twice is there once."""
    series: defaultdict[SeriesKey, dict[str, Spoken]] = defaultdict(dict)
    for statement in statements:
        if can_hold_position(statement):
            series[statement.actor_id, statement.issue_id, statement.basis][statement.statement_id] = statement
    return {key: list(rows.values()) for key, rows in series.items()}


def _make_runs(kept: Sequence[tuple[Day, Stance, float]], start: SeriesState | None) -> tuple[Run, ...]:
    runs = [_take_up(start.run)] if start and start.run else []
    for stance, rows in itertools.groupby(kept, key=lambda row: row[1]):
        days, _, probabilities = zip(*rows, strict=True)
        if runs and runs[-1].stance is stance:
            runs[-1] = replace(runs[-1], days=days, probabilities=probabilities)
        else:
            runs.append(Run(stance=stance, days=days, probabilities=probabilities))
    return tuple(runs)


def _stand(run: Run, until: date) -> Standing:
    return Standing(run.stance, run.recall(until), run.get_probability(until))


def _take_up(standing: Standing) -> Run:
    return Run(
        stance=standing.stance, days=(), probabilities=(), past=standing.past, past_probability=standing.probability
    )


def _squash(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
