"""What the readings of all actors together say of an issue, week by week: the priors of one actor's sign.

On most issues nearly everybody who speaks is on one side, so a lone reading of the other side is more often misread than
one on an issue that is disputed. And where actors hardly ever change, a reading that differs is more often misread than
where they change often. So two things are learned from the readings themselves, and never from what was found in them:
the share of an issue's readings that support it, and the rate at which actors take up their position anew.

A reading says "support" with probability p; counted as p it would draw every share towards one half. It is counted as
p(2p - 1), weighing (2p - 1)**2: the least-squares estimate of the true share from readings of known accuracy (the
Rogan-Gladen correction, 1978, weighted). Whether two neighbouring days of a series differ is read, and counted, likewise.
An actor that takes its position up anew supports with the probability of the share, so two neighbouring days differ at
2 * share * (1 - share) of the rate.

Beside few readings stand priors: ``SHARE_WEIGHT`` readings of the share of all issues beside an issue's own, and as many
of one half beside those of all; ``PAIR_WEIGHT`` pairs' worth of the general rate, which the learned one never exceeds:
readers who are less right than they say make days differ, and must not make changes more probable.

A week's priors rest on whole weeks before it, so that they stay what they were once it has begun.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import NamedTuple

from volteface.config.settings import ChangePolicy
from volteface.models import Spoken, Stance
from volteface.positions.days import SIGNS, can_hold_position, get_day, is_public

SHARE_WEIGHT = 4.0
PAIR_WEIGHT = 132.0  # 552 hand-coded pairs, of which .24 would differ on average if all were taken up anew
HIGHEST = 0.99  # confidence that a reading counts with
LOWEST_SHARE = 0.05
LOWEST_RATE = 0.01
_DIGITS = 9  # sums are rounded, so that the order in which they are added up leaves no trace


class Leaning(NamedTuple):
    """Sums over readings: mass of support and its weight, mass of neighbouring days that differ and its weight."""

    support: float = 0.0
    weight: float = 0.0
    differing: float = 0.0
    pair_weight: float = 0.0

    def plus(self, other: Leaning) -> Leaning:
        """Return both together."""
        return Leaning(*(one + two for one, two in zip(self, other, strict=True)))


class OwnLeaning(NamedTuple):
    """What a series itself has added: by the end of the week before ``week``, and in it."""

    week: int = 0
    support_before: float = 0.0
    weight_before: float = 0.0
    support: float = 0.0
    weight: float = 0.0

    def enter(self, week: int) -> OwnLeaning:
        """Return the same at the beginning of a week, or later in it."""
        if week == self.week:
            return self
        return OwnLeaning(week, self.support_before + self.support, self.weight_before + self.weight)

    def add(self, probability: float) -> OwnLeaning:
        """Return it with one more day of the week, which supports with a probability."""
        margin = 2 * probability - 1
        week, support_before, weight_before, support, weight = self
        return OwnLeaning(week, support_before, weight_before, support + probability * margin, weight + margin * margin)


class Leanings:
    """The sums of all issues by week, and the priors that follow from them."""

    def __init__(self, sums: Mapping[tuple[str, int], Leaning]) -> None:
        by_issue: defaultdict[str, dict[int, Leaning]] = defaultdict(dict)
        overall: defaultdict[int, Leaning] = defaultdict(Leaning)
        for (issue_id, week), leaning in sorted(sums.items()):
            by_issue[issue_id][week] = leaning
            overall[week] = overall[week].plus(leaning)
        self._overall = _Course(overall)
        self._issues = {issue_id: _Course(weeks) for issue_id, weeks in by_issue.items()}
        self._pairs = _Course(self._weigh_pairs(by_issue))

    def compute_share(self, issue_id: str, own: OwnLeaning) -> float:
        """Return the share of an issue's readings that support it, before a week, leaving the series' own out."""
        overall = _blend(self._overall.sum_before(own.week), own, 0.5)
        course = self._issues.get(issue_id)
        share = _blend(course.sum_before(own.week) if course else Leaning(), own, overall)
        return min(max(share, LOWEST_SHARE), 1 - LOWEST_SHARE)

    def compute_rate(self, week: int, policy: ChangePolicy) -> float:
        """Return the rate at which actors take up their position anew on the days of a week."""
        pairs = self._pairs.sum_before(week)
        rate = (pairs.differing + policy.renewal_prior * PAIR_WEIGHT) / (pairs.pair_weight + PAIR_WEIGHT)
        return min(max(rate, LOWEST_RATE), policy.renewal_prior)

    def _weigh_pairs(self, by_issue: Mapping[str, Mapping[int, Leaning]]) -> dict[int, Leaning]:
        """Return, by week, pairs weighed by how often they would differ if all were taken up anew."""
        pairs: defaultdict[int, Leaning] = defaultdict(Leaning)
        for issue_id, weeks in by_issue.items():
            for week, leaning in weeks.items():
                share = self.compute_share(issue_id, OwnLeaning(week))
                exposure = leaning.pair_weight * 2 * share * (1 - share)
                pairs[week] = pairs[week].plus(Leaning(differing=leaning.differing, pair_weight=exposure))
        return pairs


class _Course:
    """Sums that grow week by week."""

    def __init__(self, weeks: Mapping[int, Leaning]) -> None:
        self._weeks = sorted(weeks)
        sums = accumulate((weeks[week] for week in self._weeks), Leaning.plus)
        self._sums = [Leaning(), *(Leaning(*(round(value, _DIGITS) for value in row)) for row in sums)]

    def sum_before(self, week: int) -> Leaning:
        return self._sums[bisect_left(self._weeks, week)]


def get_week(day: date) -> int:
    """Return the number of a day's week; weeks begin on Monday."""
    return (day.toordinal() - 1) // 7


class Primer:
    """Gives the days of one series, in order, the priors of their weeks; ``states`` is what it has added after each."""

    def __init__(self, issue_id: str, leanings: Leanings, policy: ChangePolicy, own: OwnLeaning) -> None:
        self._issue_id = issue_id
        self._leanings = leanings
        self._policy = policy
        self._own = own
        self._priors: tuple[float, float] | None = None
        self.states: list[tuple[date, OwnLeaning]] = [(date.min, own)]

    def prime(self, day: date, statements: Sequence[Spoken]) -> tuple[float, float]:
        """Return the share and the rate that hold on a day of the series, and take its statements in."""
        week = get_week(day)
        if self._priors is None or week != self._own.week:
            self._own = self._own.enter(week)
            share = self._leanings.compute_share(self._issue_id, self._own)
            self._priors = (share, self._leanings.compute_rate(week, self._policy))
        self._own = self._own.add(compute_support(statements))
        self.states.append((day, self._own))
        return self._priors


def count_day(probability: float) -> Leaning:
    """Return what a day adds whose words support with a probability."""
    return Leaning(probability * (2 * probability - 1), (2 * probability - 1) ** 2)


def count_pair(before: float, after: float) -> Leaning:
    """Return what two neighbouring days add, given the probabilities that they support."""
    differing = before * (1 - after) + after * (1 - before)
    return Leaning(differing=differing * (2 * differing - 1), pair_weight=(2 * differing - 1) ** 2)


def compute_support(statements: Sequence[Spoken]) -> float:
    """Return how probably a day's statements support, if they hold one sign: origins add up, one vote each."""
    if len(statements) == 1:  # most days are such
        return 1 / (1 + math.exp(-_read_log_odds(statements[0]))) if statements[0].stance in SIGNS else 0.5
    votes: defaultdict[str, list[float]] = defaultdict(list)
    for statement in statements:
        if statement.stance in SIGNS:
            votes[statement.origin_id].append(_read_log_odds(statement))
    return 1 / (1 + math.exp(-math.fsum(math.fsum(odds) / len(odds) for odds in votes.values())))


def count_leanings(statements: Iterable[Spoken]) -> dict[tuple[str, int], Leaning]:
    """Return the sums by issue and week of the readings of public words and deeds; each day of a series counts once."""
    series: defaultdict[tuple[str, str, str], defaultdict[date, list[Spoken]]] = defaultdict(lambda: defaultdict(list))
    for statement in statements:
        day = get_day(statement)
        if day is not None and statement.stance in SIGNS and is_public(statement) and can_hold_position(statement):
            series[statement.issue_id, statement.actor_id, statement.basis][day].append(statement)
    sums: defaultdict[tuple[str, int], Leaning] = defaultdict(Leaning)
    for (issue_id, _, _), days in series.items():
        for day, leaning in _count_series({day: compute_support(said) for day, said in days.items()}):
            sums[issue_id, get_week(day)] = sums[issue_id, get_week(day)].plus(leaning)
    return dict(sums)


def _count_series(days: Mapping[date, float]) -> Iterator[tuple[date, Leaning]]:
    ordered = sorted(days.items())
    yield from ((day, count_day(probability)) for day, probability in ordered)
    for (_, before), (day, after) in pairwise(ordered):
        yield day, count_pair(before, after)


def _read_log_odds(statement: Spoken) -> float:
    confidence = min(statement.confidence, HIGHEST)
    odds = math.log(confidence / (1 - confidence)) if confidence > 0.5 else 0.0  # noqa: PLR2004 -- a coin
    return odds if statement.stance is Stance.SUPPORT else -odds


def _blend(sums: Leaning, own: OwnLeaning, prior: float) -> float:
    weight = max(sums.weight - own.weight_before, 0.0)
    return (sums.support - own.support_before + SHARE_WEIGHT * prior) / (weight + SHARE_WEIGHT)
