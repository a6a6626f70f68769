"""Follow several groups, each from where it was left: what a worker process is given, and what it gives back."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from volteface.models import EventClaim, Position, Spoken
from volteface.positions.checkpoint import dump_state, load_state
from volteface.positions.findings import Found, Setting
from volteface.positions.groups import GroupKey, GroupState, follow_group


class GroupTask(NamedTuple):
    """A group to follow: what is said after it was left, where that was (see checkpoint.py), and where to take states."""

    key: GroupKey
    statements: Sequence[Spoken]
    start: str | None
    settle_on: Sequence[date]


# Positions that are not settled, changes, and states by day; None where the start is of another version's making.
GroupAnswer = tuple[tuple[Position, ...], tuple[Found, ...], dict[date, str]] | None


def follow_groups(tasks: Sequence[GroupTask], claims: Sequence[EventClaim], setting: Setting) -> list[GroupAnswer]:
    """Follow groups one after the other; return an answer for each."""
    with no_collection():
        return [_follow(task, claims, setting) for task in tasks]


@contextmanager
def no_collection() -> Iterator[None]:
    """Look for no cycles meanwhile: a year of statements is millions of values with none among them, and it costs a third."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def split_tasks(tasks: Sequence[GroupTask], size: int) -> Iterator[list[GroupTask]]:
    """Yield tasks in order, in parts that hold some ``size`` statements, or one task that holds more."""
    part: list[GroupTask] = []
    count = 0
    for task in tasks:
        if part and count + len(task.statements) > size:
            yield part
            part, count = [], 0
        part.append(task)
        count += len(task.statements)
    if part:
        yield part


def _follow(task: GroupTask, claims: Sequence[EventClaim], setting: Setting) -> GroupAnswer:
    start: GroupState | None = None
    if task.start is not None:
        start = load_state(task.start)
        if start is None:
            return None
    followed = follow_group(task.key, task.statements, claims, setting, start=start, settle_on=task.settle_on)
    return followed.positions, followed.found, {state.settled_on: dump_state(state) for state in followed.states}
