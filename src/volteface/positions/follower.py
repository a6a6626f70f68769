"""Follow the sign of one series, day by day: where it may have changed, and what is believed of it meanwhile."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from volteface.config.settings import ChangePolicy
from volteface.models import Stance
from volteface.positions import belief as beliefs
from volteface.positions.days import SIGNS, Day

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


@dataclass(frozen=True, slots=True)
class SignState:
    """What is believed of a series' sign after a day. ``held`` is the last day that holds the established sign,
    ``branches`` what is believed since; no shift opens before ``doubted_until`` has passed.
    """

    belief: beliefs.Belief
    held: Day
    branches: beliefs.Branches
    doubted_until: date

    @property
    def sign(self) -> Stance:
        """Return the established sign."""
        assert self.held.stance is not None
        return self.held.stance


class Follower:
    """Follows the days of a series that have a sign, one after the other."""

    def __init__(self, policy: ChangePolicy, state: SignState | None) -> None:
        self._policy = policy
        self._state = state
        self._has_open_shift = False
        self.held: list[tuple[Day, Stance, float]] = []
        self.shifts: list[Shift] = []
        self.states: list[tuple[date, SignState]] = [(date.min, state)] if state else []

    def follow(self, day: Day, later: Iterable[Day]) -> None:
        """Follow one more day, of which the ``later`` ones are known too."""
        stance, state = day.stance, self._state
        assert stance is not None
        if state is None:
            self._hold(day, beliefs.begin(day.step))
            return
        belief = beliefs.advance(state.belief, day.step, self._policy)
        if stance is state.sign:
            self._hold(day, belief)
            return
        branches = beliefs.advance_branches(state.branches, day.step, self._policy)
        shift = self._judge_shift(day, later, state, branches)
        doubted_until = self._keep_shift(shift, state.doubted_until)
        if shift.is_established or _probability(belief, stance) - shift.probability > _LIKELIER:
            # Where the change is not believed and the new sign is, the old one was misread: the series goes on anew.
            self._hold(day, belief)
        else:
            self._move(day, SignState(belief, state.held, branches, doubted_until))

    def _hold(self, day: Day, belief: beliefs.Belief) -> None:
        assert day.stance is not None
        self.held.append((day, day.stance, _probability(belief, day.stance)))
        self._move(day, SignState(belief, day, beliefs.branch(belief, SIGNS.index(day.stance)), date.min))

    def _move(self, day: Day, state: SignState) -> None:
        self._state = state
        self.states.append((day.day, state))

    def _keep_shift(self, shift: Shift, doubted_until: date) -> date:
        """Keep a shift, unless it is one more day of a doubt that is open; return until when there is doubt."""
        if shift.after.day > doubted_until:
            self.shifts.append(shift)
            self._has_open_shift = True
            return shift.after.day + timedelta(days=self._policy.confirm_days)
        if shift.is_established:  # the day on which it can be believed takes the candidate's place
            if self._has_open_shift:
                self.shifts.pop()
            self.shifts.append(shift)
        return doubted_until

    def _judge_shift(self, day: Day, later: Iterable[Day], state: SignState, branches: beliefs.Branches) -> Shift:
        # In a doubt that is open, to its end and no further: what a day comes to needs no words later than confirm_days.
        is_doubted = day.day <= state.doubted_until
        horizon = state.doubted_until if is_doubted else day.day + timedelta(days=self._policy.confirm_days)
        soon = list(itertools.takewhile(lambda other: other.day <= horizon, later))
        probability = beliefs.compute_change_probability(
            branches, SIGNS.index(state.sign), [other.step for other in soon], self._policy
        )
        returns = [other.day for other in soon if other.stance is state.sign]
        until = returns[0] if returns else date.max
        return Shift(
            before=state.held,
            after=day,
            probability=probability,
            following=tuple(other for other in soon if other.stance is day.stance and other.day < until),
            returned_on=returns[0] if returns else None,
            is_established=probability >= self._policy.confirm_probability,
        )


def _probability(belief: beliefs.Belief, stance: Stance) -> float:
    return beliefs.compute_sign_probability(belief, SIGNS.index(stance))
