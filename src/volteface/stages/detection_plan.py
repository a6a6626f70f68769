"""Which groups detection has to follow, from which day on, and who belongs to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from volteface.adapters.warehouse import Warehouse
from volteface.positions.findings import Setting
from volteface.positions.groups import GroupKey, choose_start, list_groups

_BATCH = 150_000  # statements followed together


@dataclass(slots=True)
class Plan:
    """Which groups to follow, from which day on, and who belongs to them."""

    since: dict[GroupKey, date] = field(default_factory=dict)
    starts: dict[GroupKey, str] = field(default_factory=dict)  # see checkpoint.py
    actors: dict[GroupKey, set[str]] = field(default_factory=dict)
    sizes: dict[GroupKey, int] = field(default_factory=dict)

    def split(self) -> Iterator[list[GroupKey]]:
        """Yield the groups in parts that hold some ``_BATCH`` statements, or one group that holds more."""
        part: list[GroupKey] = []
        size = 0
        for key in sorted(self.since, key=lambda key: (self.since[key], key[1], key[0])):
            if part and size + self.sizes.get(key, 0) > _BATCH:
                yield part
                part, size = [], 0
            part.append(key)
            size += self.sizes.get(key, 0)
        if part:
            yield part


def make_plan(warehouse: Warehouse, version: str, setting: Setting) -> Plan:
    """Choose the groups of which something is new, and where to begin with each: see ``choose_start``.

    Call ``mark_current_versions`` of the warehouse before.
    """
    settled = warehouse.load_settled_days()
    news = _find_news(warehouse, version, setting)
    starts = {key: choose_start(settled.get(key, ()), first, setting.policy) for key, first in news.items()}
    plan = Plan(
        since={key: starts[key] or date.min for key in news},
        starts=warehouse.load_group_states({key: day for key, day in starts.items() if day}),
    )
    if plan.since:
        _find_members(plan, warehouse, version, setting)
    return plan


def _find_news(warehouse: Warehouse, version: str, setting: Setting) -> dict[GroupKey, date | None]:
    """Return the groups of which something is new, with its first day."""
    news: dict[GroupKey, date | None] = {}
    for touched in warehouse.load_touched(version):
        for group_id in list_groups(touched.actor_id, touched.reported_by, setting):
            key = (group_id, touched.issue_id)
            days = [day for day in (news.get(key), touched.first_day) if day is not None]
            news[key] = min(days, default=None)
    return news


def _find_members(plan: Plan, warehouse: Warehouse, version: str, setting: Setting) -> None:
    """Find whose statements each group must see, and about how many they are."""
    for name, issue_id in warehouse.load_speakers(version):
        key = (setting.sides.get_group(name), issue_id)
        if key in plan.since:
            plan.actors.setdefault(key, set()).add(name)
    wanted = {key: (actors, plan.since[key]) for key, actors in plan.actors.items()}
    plan.sizes = warehouse.count_spoken(version, wanted)
