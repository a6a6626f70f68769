"""Other ways of finding changes of sign in a series: what ours is measured against.

Each takes the statements of all series and returns the days of change. They read the same statements as ours; those
that can use how sure the reader is are given it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

import numpy as np
import ruptures

from volteface.models import Stance, Statement

Series = tuple[str, str]
Found = dict[Series, list[date]]
Days = dict[date, list[Statement]]
PAIRS_THAT_CHANGE = 0.06  # the share of consecutive pairs in hand-coded series, for the hidden Markov model
PENALTIES = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0)


def group_days(statements: Iterable[Statement]) -> dict[Series, Days]:
    """Return the statements of each series by day, in order of days."""
    series: defaultdict[Series, defaultdict[date, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for statement in statements:
        if statement.stated_at:
            series[statement.actor_id, statement.issue_id][statement.stated_at.date()].append(statement)
    return {key: dict(sorted(days.items())) for key, days in series.items()}


def find_gold(statements: Iterable[Statement]) -> Found:
    """Return the days on which the hand-coded sign differs from the day before; days with both signs are left out."""
    return _compare(statements, lambda day: day[0].stance if len({s.stance for s in day}) == 1 else None)


def find_by_first(statements: Iterable[Statement]) -> Found:
    """Return the days whose first reading differs from that of the day before: the naive detector."""
    return _compare(statements, lambda day: day[0].stance)


def find_by_majority(statements: Iterable[Statement]) -> Found:
    """Return the days whose majority differs from that of the last day which had one."""
    return _compare(statements, lambda day: _name_sign(sum(map(_sign, day))))


def find_by_markov(statements: Iterable[Statement]) -> Found:
    """Return where the likeliest path of a hidden Markov model with two signs changes (Viterbi 1967).

    Each reading is right with its confidence; a sign changes between two days with a fixed probability.
    """
    found: Found = defaultdict(list)
    for key, days in group_days(statements).items():
        path = _find_path([sum(_sign(s) * _weigh(s) for s in day) for day in days.values()])
        _add_changes(found[key], list(days), path)
    return found


def find_by_segments(statements: Iterable[Statement], penalty: float) -> Found:
    """Return where the mean of segments changes its sign; the segments are those of PELT (Killick 2012, `ruptures`)."""
    found: Found = defaultdict(list)
    for key, days in group_days(statements).items():
        means = np.array([sum(map(_sign, day)) / len(day) for day in days.values()])
        if len(means) < 2:  # noqa: PLR2004 -- one day has no change
            continue
        ends = ruptures.Pelt(model="l2", min_size=1, jump=1).fit(means.reshape(-1, 1)).predict(pen=penalty)
        signs: list[int] = []
        for begin, end in zip([0, *ends], ends, strict=False):
            mean = means[begin:end].mean()
            signs += [1 if mean > 0 else -1 if mean < 0 else (signs[-1] if signs else 0)] * (end - begin)
        _add_changes(found[key], list(days), signs)
    return found


def _compare(statements: Iterable[Statement], read: Callable[[Sequence[Statement]], Stance | None]) -> Found:
    found: Found = defaultdict(list)
    for key, days in group_days(statements).items():
        last: Stance | None = None
        for day, said in days.items():
            stance = read(said)
            if stance and last and stance is not last:
                found[key].append(day)
            last = stance or last
    return found


def _find_path(evidence: Sequence[float]) -> list[int]:
    stay, move = math.log(1 - PAIRS_THAT_CHANGE), math.log(PAIRS_THAT_CHANGE)
    support, oppose = evidence[0] / 2, -evidence[0] / 2
    origins: list[tuple[int, int]] = []
    for weight in evidence[1:]:
        origin = (1 if support + stay >= oppose + move else -1, -1 if oppose + stay >= support + move else 1)
        origins.append(origin)
        support, oppose = (
            max(support + stay, oppose + move) + weight / 2,
            max(oppose + stay, support + move) - weight / 2,
        )
    path = [1 if support >= oppose else -1]
    for origin in reversed(origins):
        path.append(origin[0] if path[-1] > 0 else origin[1])
    return path[::-1]


def _add_changes(found: list[date], days: Sequence[date], signs: Sequence[int]) -> None:
    last = 0
    for day, sign in zip(days, signs, strict=True):
        if last and sign and sign != last:
            found.append(day)
        last = sign or last


def _sign(statement: Statement) -> int:
    return 1 if statement.stance is Stance.SUPPORT else -1


def _weigh(statement: Statement) -> float:
    confidence = min(statement.confidence, 0.99)
    return math.log(confidence / (1 - confidence))


def _name_sign(total: int) -> Stance | None:
    if not total:
        return None
    return Stance.SUPPORT if total > 0 else Stance.OPPOSE
