"""Follow one group of actors on one issue: the unit in which positions are kept up to date.

A group is everybody who may ever be on one side with one another (see ``Sides.get_group``). What happens in it does not
depend on other groups, so a cycle follows only those of which something new is known, and each from where it was left.
What was said up to ``settled_on`` is left alone: it is old enough that neither later words (``confirm_days``) nor late
ones (``late_days``) touch it. A statement that comes later still makes its group be followed from the beginning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupState:
    """All that is needed of a group's words up to and with ``settled_on`` to follow the later ones."""

    settled_on: date
    series: SeriesStates = field(default_factory=SeriesStates)
    sides: Mapping[str, SideState] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What following a group gave: its positions that are not settled, the changes borne after where it started, and the
    state to go on from.
    """

    positions: tuple[Position, ...]
    found: tuple[Found, ...]
    state: GroupState | None


def follow_group(
    key: GroupKey,
    statements: Sequence[Spoken],
    claims: Sequence[EventClaim],
    setting: Setting,
    *,
    start: GroupState | None = None,
    settle_on: date | None = None,
) -> Followed:
    """Follow a group on an issue. Statements of other groups may be among those given; they count where they tell what
    one of the group says.

    With ``start``, what was said up to ``start.settled_on`` is left out. With ``settle_on``, a state at the end of that
    day is returned, else ``start``.
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
    state = start
    if settle_on is not None and settle_on > since:
        found += _read(series, sides, Span(since, settle_on))
        state = GroupState(
            settled_on=settle_on,
            series=series.get_states(settle_on),
            sides={side: reader.get_state(settle_on) for side, reader in sides.items()},
        )
        since = settle_on
    found += _read(series, sides, Span(since))
    positions = [p for key, trace in series.traces.items() for p in find_positions(key, trace, setting.policy)]
    return Followed(positions=tuple(positions), found=tuple(found), state=state)


def choose_settled_day(today: date, start: GroupState | None, policy: ChangePolicy) -> date | None:
    """Return the day up to which a group may be settled now; None while that is hardly more than it is already."""
    day = today - timedelta(days=policy.confirm_days + policy.late_days)
    if start is not None and day - start.settled_on < timedelta(days=max(policy.late_days, 1)):
        return None
    return day


def is_unsettled(day: date, state: GroupState, policy: ChangePolicy) -> bool:
    """Tell whether a statement of a day can be taken in without following its group from the beginning."""
    return day > state.settled_on + timedelta(days=policy.confirm_days)


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
