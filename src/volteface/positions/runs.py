"""Days in a row on which an actor holds one stance, and what is remembered of those that are no longer at hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from volteface.models import Spoken, SpokenRow, Stance
from volteface.models.spoken import Instant
from volteface.positions.days import Day
from volteface.positions.evidence import CLEAR_STRENGTH, choose_statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What the statements of a run come to."""

    valid_from: Instant
    known_from: Instant
    last_stated_at: Instant
    lead: Spoken
    statement_count: int
    origins: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What later days need of a run's earlier ones. ``clear`` are the explicit statements of the last day that has any."""

    begun_on: date
    last: Day
    clear: tuple[SpokenRow, ...]
    sum: Sum


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Days on which one stance is what the actor holds: ``past``, if it began before the days at hand, then ``days``.

    ``probabilities`` are those of the stance on each of ``days``; ``past_probability`` is that of the last past day.
    """

    stance: Stance
    days: tuple[Day, ...]
    probabilities: tuple[float, ...]
    past: Past | None = None
    past_probability: float = 0.0

    @property
    def begun_on(self) -> date:
        """Return the run's first day."""
        return self.past.begun_on if self.past else self.days[0].day

    @property
    def probability(self) -> float:
        """Return the probability of the stance on the run's last day."""
        return self.probabilities[-1] if self.probabilities else self.past_probability

    @property
    def last(self) -> Day:
        """Return the run's last day."""
        if self.days:
            return self.days[-1]
        assert self.past is not None  # a run has days or a past
        return self.past.last

    def get_probability(self, until: date) -> float:
        """Return the probability of the stance on the run's last day up to a day, or on its first where it begins later."""
        count = sum(day.day <= until for day in self.days)
        if count:
            return self.probabilities[count - 1]
        return self.past_probability if self.past else self.probabilities[0]

    def find_day(self, until: date) -> Day:
        """Return the run's last day up to a day, or its first one where it begins later."""
        told = [day for day in self.days if day.day <= until]
        if told:
            return told[-1]
        return self.past.last if self.past else self.days[0]

    def find_clear(self, until: date) -> tuple[Spoken, ...]:
        """Return the explicit statements of the run's last day up to a day that has any; empty where none has."""
        for day in reversed(self.days):
            clear = _pick_clear(day, self.stance) if day.day <= until else ()
            if clear:
                return clear
        return self.past.clear if self.past else ()

    def sum_up(self, until: date = date.max) -> Sum:
        """Return what the run comes to, up to a day."""
        days = [day for day in self.days if day.day <= until]
        said = [statement for day in days for statement in day.holding(self.stance)]
        past = self.past.sum if self.past else None
        first = days[0].holding(self.stance) if not past else ()
        return Sum(
            valid_from=past.valid_from if past else min(_instants(first)),
            known_from=past.known_from if past else min(statement.known_from for statement in first),
            last_stated_at=max([*_instants(said), *([past.last_stated_at] if past else [])]),
            lead=choose_statement([past.lead, *said] if past else said),
            statement_count=len(said) + (past.statement_count if past else 0),
            origins=frozenset(s.origin_id for s in said) | (past.origins if past else frozenset()),
        )

    def recall(self, until: date) -> Past:
        """Return the run up to a day as a past."""
        days = [day for day in self.days if day.day <= until]
        found = self.sum_up(until)
        return Past(
            begun_on=self.begun_on,
            last=make_lean(days[-1]) if days or not self.past else self.past.last,
            clear=tuple(map(remember, self.find_clear(until))),
            sum=replace(found, lead=remember(found.lead)),
        )


def remember(statement: Spoken) -> SpokenRow:
    """Return what later days need of a statement. Its words are pooled already, and stay where they are stored."""
    return SpokenRow.of(statement)._replace(evidence="")


def make_lean(day: Day) -> Day:
    """Return a day whose statements are lean rows."""
    rows = tuple(map(remember, day.statements))
    return Day(day=day.day, statements=rows, stance=day.stance, step=day.step, mixed_margin=day.mixed_margin)


def _pick_clear(day: Day, stance: Stance) -> tuple[Spoken, ...]:
    return tuple(statement for statement in day.holding(stance) if statement.strength >= CLEAR_STRENGTH)


def _instants(statements: Iterable[Spoken]) -> list[datetime]:
    return [statement.stated_at for statement in statements if statement.stated_at]
