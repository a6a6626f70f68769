"""Follow one group of actors on one issue: the unit in which positions are kept up to date.

A group is everybody who may ever be on one side with one another (see ``Sides.get_group``). What happens in it does not
depend on other groups, so a cycle follows only those of which something new is known, and each from where it was left.
What was said up to ``settled_on`` is left alone: it is old enough that neither later words (``_get_reach``) nor late
ones (``late_days``) touch it. Older states are kept too, for a statement that comes later still: its group is followed
from the last of them that it cannot touch, or from the beginning where it touches all.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from volteface.config.settings import ChangePolicy
from volteface.models import EventClaim, Position, Spoken
from volteface.positions.days import get_day
from volteface.positions.events import find_event_deeds
from volteface.positions.findings import Found, Setting, Span
from volteface.positions.intervals import find_positions
from volteface.positions.series_reader import SeriesReader, SeriesStates
from volteface.positions.side_reader import SideReader, SideState
from volteface.positions.voices import Voices, group_voices

GroupKey = tuple[str, str]  # group, issue
_STEP = 4  # days between two states that are the newest in turn
_FAR_STEP = 16  # days between older ones, a multiple of _STEP: what is kept now was the newest once
_FAR_COUNT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupState:
    """All that is needed of a group's words up to and with ``settled_on`` to follow the later ones."""

    settled_on: date
    series: SeriesStates = field(default_factory=SeriesStates)
    sides: Mapping[str, SideState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What following a group gave: its positions that are not settled, the changes borne after where it started, and the
    states at the days that were asked for.
    """

    positions: tuple[Position, ...]
    found: tuple[Found, ...]
    states: tuple[GroupState, ...]


def follow_group(
    key: GroupKey,
    statements: Sequence[Spoken],
    claims: Sequence[EventClaim],
    setting: Setting,
    *,
    start: GroupState | None = None,
    settle_on: Sequence[date] = (),
) -> Followed:
    """Follow a group on an issue. Statements of other groups may be among those given; they count where they tell what
    one of the group says.

    With ``start``, what was said up to ``start.settled_on`` is left out. ``settle_on`` are the later days, in order, at
    whose ends states are taken.
    """
    group_id, issue_id = key
    since = start.settled_on if start else date.min
    new = [s for s in statements if (day := get_day(s)) is not None and day > since and s.issue_id == issue_id]
    own = [statement for statement in new if setting.sides.get_group(statement.actor_id) == group_id]
    series = SeriesReader(
        issue_id, own, setting, start.series if start else SeriesStates(),
        event_deeds=find_event_deeds(own, claims, stops=True),
    )  # fmt: skip
    voices = group_voices(new, group_id, setting, event_deeds=find_event_deeds(own, claims, stops=False))
    begun = start.sides if start else {}
    sides = {
        side: SideReader((side, issue_id), voices.get(side, Voices()), setting, begun.get(side, SideState()), series)
        for side in sorted({*begun, *voices})
    }
    found: list[Found] = []
    states: list[GroupState] = []
    for day in settle_on:
        found += _read(series, sides, Span(since, day))
        states.append(
            GroupState(
                settled_on=day,
                series=series.get_states(day),
                sides={side: reader.get_state(day) for side, reader in sides.items()},
            )
        )
        since = day
    found += _read(series, sides, Span(since))
    positions = [p for key, trace in series.traces.items() for p in find_positions(key, trace, setting.policy)]
    return Followed(positions=tuple(positions), found=tuple(found), states=tuple(states))


def choose_settled_days(key: GroupKey, today: date, policy: ChangePolicy) -> tuple[date, ...]:
    """Return the days at whose ends a group's states are kept today, oldest first.

    The newest is one that neither later words nor late ones touch. All lie on a grid that is the group's own, so that
    not every group is settled on the same day.
    """
    phase = zlib.crc32("|".join(key).encode())
    newest = _align(today - _get_reach(policy) - timedelta(days=policy.late_days), _STEP, phase)
    far = _align(newest, _FAR_STEP, phase)
    return tuple(sorted({newest, *(far - timedelta(days=_FAR_STEP * n) for n in range(_FAR_COUNT))}))


def choose_start(settled: Iterable[date], first: date | None, policy: ChangePolicy) -> date | None:
    """Return the last settled day after which a group can be followed to take in statements of ``first`` and later days
    (None: undated ones alone), or None where it must be from the beginning.
    """
    reach = _get_reach(policy)
    return max((day for day in settled if first is None or first > day + reach), default=None)


def group_statements(statements: Sequence[Spoken], setting: Setting) -> dict[GroupKey, list[Spoken]]:
    """Return the statements that each group must see on each issue: its own, and where one of it tells of others."""
    groups: defaultdict[GroupKey, list[Spoken]] = defaultdict(list)
    for statement in statements:
        for group_id in list_groups(statement.actor_id, statement.reported_by, setting):
            groups[group_id, statement.issue_id].append(statement)
    return groups


def list_groups(actor_id: str, reported_by: str | None, setting: Setting) -> set[str]:
    """Return the groups that a statement concerns."""
    groups = {setting.sides.get_group(actor_id)}
    return groups | {setting.sides.get_group(reported_by)} if reported_by else groups


def _read(series: SeriesReader, sides: Mapping[str, SideReader], span: Span) -> list[Found]:
    return [*series.read(span), *(found for side in sides.values() for found in side.read(span))]


def _get_reach(policy: ChangePolicy) -> timedelta:
    """Return how far what a day comes to looks ahead: a doubt lasts ``confirm_days``, and a denial is answered within a
    window and goes on for another one.
    """
    return timedelta(days=max(policy.confirm_days, 2 * policy.gap_window_days))


def _align(day: date, step: int, phase: int) -> date:
    return day - timedelta(days=(day.toordinal() + phase) % step)
