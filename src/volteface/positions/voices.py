"""What each side says in public, side by side with what is known of it otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from volteface.models import Basis, Spoken, Stance
from volteface.positions.days import can_hold_position, get_day, is_public
from volteface.positions.findings import Setting
from volteface.positions.sides import Sides
from volteface.positions.silence import get_speaker

SideKey = tuple[str, str]  # side, issue
DatedWords = defaultdict[date, list[Spoken]]


@dataclass(slots=True)
class Voices:
    """The statements of one side on one issue, by footing: public, private and reported are those that hold a position.

    ``spoken`` and ``declined`` are, by day, whatever it says in public in its own name, and where it declines to.
    """

    public: list[Spoken] = field(default_factory=list)
    private: list[Spoken] = field(default_factory=list)
    reported: list[Spoken] = field(default_factory=list)
    spoken: DatedWords = field(default_factory=lambda: defaultdict(list))
    declined: DatedWords = field(default_factory=lambda: defaultdict(list))


def group_voices(
    statements: Iterable[Spoken], group_id: str, setting: Setting, *, event_deeds: Collection[str]
) -> dict[str, Voices]:
    """Return the voices of the sides of one group on one issue, by side.

    ``event_deeds`` are ids of deeds that only carry a planned event on: they are no position. Private is what is said
    in private, or by its own unnamed officials; reported is what a named party of another side says of it. What unnamed
    people of another side, or of none that is known, think of it is neither.
    """
    voices: defaultdict[str, Voices] = defaultdict(Voices)
    sides = setting.sides
    for statement in statements:
        day = get_day(statement)
        if day is None:
            continue
        actor_id, speaker, side = statement.actor_id, get_speaker(statement), None
        if speaker is not None and sides.get_group(speaker) == group_id:
            side = sides.get_side(speaker, statement.issue_id, day)
            (voices[side].declined if statement.is_declined else voices[side].spoken)[day].append(statement)
        is_position = can_hold_position(statement) and statement.statement_id not in event_deeds
        if is_position and sides.get_group(actor_id) == group_id:
            if side is None or actor_id != speaker:
                side = sides.get_side(actor_id, statement.issue_id, day)
            _add(voices[side], statement, side, day, sides)
    return dict(voices)


def holding(statements: Iterable[Spoken], stance: Stance | None) -> list[Spoken]:
    """Return the statements that hold a stance."""
    return [statement for statement in statements if statement.stance is stance]


def _add(voices: Voices, statement: Spoken, side: str, day: date, sides: Sides) -> None:
    if is_public(statement):
        voices.public.append(statement)
    elif statement.is_private or statement.basis is Basis.ANONYMOUS:
        if statement.is_private or statement.reported_by is None or _reports_itself(statement, side, day, sides):
            voices.private.append(statement)
    elif statement.basis is Basis.REPORTED_BY_OTHER and not _reports_itself(statement, side, day, sides):
        voices.reported.append(statement)


def _reports_itself(statement: Spoken, side: str, day: date, sides: Sides) -> bool:
    return statement.reported_by is not None and sides.get_side(statement.reported_by, statement.issue_id, day) == side
