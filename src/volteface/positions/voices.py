"""What each side says in public, side by side with what is known of it otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from volteface.models import Basis, Stance, Statement
from volteface.positions.days import can_hold_position, get_day, is_public
from volteface.positions.findings import Setting
from volteface.positions.sides import Sides

SideKey = tuple[str, str]  # side, issue


@dataclass(slots=True)
class Voices:
    """The statements of one side on one issue, by footing. Only what holds a position is here."""

    public: list[Statement] = field(default_factory=list)
    private: list[Statement] = field(default_factory=list)
    reported: list[Statement] = field(default_factory=list)


def group_voices(
    statements: Iterable[Statement], setting: Setting, *, event_deeds: Collection[str]
) -> dict[SideKey, Voices]:
    """Group statements by side and issue. ``event_deeds`` are ids of deeds that only carry a planned event on.

    Private is what is said in private or by unnamed officials; reported is what a party of another side says of it.
    """
    voices: defaultdict[SideKey, Voices] = defaultdict(Voices)
    for statement in statements:
        day = get_day(statement)
        if day is None or not can_hold_position(statement) or statement.statement_id in event_deeds:
            continue
        side = setting.sides.get_side(statement.actor_id, statement.issue_id, day)
        group = voices[side, statement.issue_id]
        if is_public(statement):
            group.public.append(statement)
        elif statement.is_private or statement.basis is Basis.ANONYMOUS:
            group.private.append(statement)
        elif statement.basis is Basis.REPORTED_BY_OTHER and not _reports_itself(statement, side, day, setting.sides):
            group.reported.append(statement)
    return dict(voices)


def holding(statements: Iterable[Statement], stance: Stance | None) -> list[Statement]:
    """Return the statements that hold a stance."""
    return [statement for statement in statements if statement.stance is stance]


def _reports_itself(statement: Statement, side: str, day: date, sides: Sides) -> bool:
    return statement.reported_by is not None and sides.get_side(statement.reported_by, statement.issue_id, day) == side
