"""Follow what is new, and say what changed: positions and their changes are kept up to date group by group.

Only groups of actors with something new are followed, each from where it was left (positions/groups.py). What the
detection itself stands on - the model, the policy, who speaks for whom, its own code - has a signature: under another
one everything is followed from the beginning, and gives the same rows as a detection that was never interrupted.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from volteface.adapters.warehouse import Warehouse
from volteface.config import Config
from volteface.models import ChangeState, Position, PositionChange
from volteface.positions.changes import reconcile_changes
from volteface.positions.checkpoint import dump_state, load_state
from volteface.positions.events import find_event_changes
from volteface.positions.findings import Labels, Setting
from volteface.positions.groups import (
    GroupKey,
    GroupState,
    choose_settled_day,
    follow_group,
    is_unsettled,
    list_groups,
)
from volteface.positions.leanings import Leaning, Leanings, get_week
from volteface.positions.sides import Sides
from volteface.stages.job import Job

DETECTOR = "1"  # another number: the same statements may give other positions or changes
_BATCH = 150_000  # statements followed together
EVENT = "event:"
StoredKey = tuple[str, str | None]
Placed = tuple[str, date, PositionChange]  # the group, the day that bears it, the change


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What detection brought: every change whose state is new in this run."""

    fresh: tuple[PositionChange, ...]
    position_count: int
    group_count: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Return the sums that a run keeps."""
        return {
            "positions": self.position_count,
            "groups_followed": self.group_count,
            "changes_confirmed": sum(1 for change in self.fresh if change.state is ChangeState.CONFIRMED),
            "changes_candidate": sum(1 for change in self.fresh if change.state is ChangeState.CANDIDATE),
            "changes_retracted": sum(1 for change in self.fresh if change.state is ChangeState.RETRACTED),
        }


@dataclass(slots=True)
class _Plan:
    """Which groups to follow, from which day on, and who belongs to them."""

    since: dict[GroupKey, date] = field(default_factory=dict)
    starts: dict[GroupKey, GroupState] = field(default_factory=dict)
    actors: dict[GroupKey, set[str]] = field(default_factory=dict)
    sizes: dict[GroupKey, int] = field(default_factory=dict)

    def split(self) -> Iterator[list[GroupKey]]:
        """Yield the groups in parts that hold some ``_BATCH`` statements, or one group that holds more."""
        part: list[GroupKey] = []
        size = 0
        for key in sorted(self.since, key=lambda key: (key[1], key[0])):
            if part and size + self.sizes.get(key, 0) > _BATCH:
                yield part
                part, size = [], 0
            part.append(key)
            size += self.sizes.get(key, 0)
        if part:
            yield part


def detect(job: Job, _run_id: str) -> ChangeReport:
    """Bring positions and changes up to date with the statements; return the changes that are new or of another state.

    One transaction: a run that is killed leaves what was there. Raises WarehouseError.
    """
    from volteface.language.pipeline import model_version  # noqa: PLC0415 -- spaCy dominates start-up

    return bring_up_to_date(job, model_version(job.config, job.nlp()))


def bring_up_to_date(job: Job, version: str) -> ChangeReport:
    """As ``detect``, for the statements of one model."""
    gc.disable()  # a year of statements is millions of values without a cycle among them: to look for one costs a third
    try:
        return _bring_up_to_date(job, version)
    finally:
        gc.enable()


def _bring_up_to_date(job: Job, version: str) -> ChangeReport:
    signature = _sign(job.config, version)
    with job.open_warehouse() as warehouse, warehouse.transaction():
        leftover: set[StoredKey] = set()
        known = warehouse.load_signature()
        if known != signature:
            warehouse.forget_detection(keeps_weeks=known is None)
            leftover = warehouse.load_groups()
        warehouse.mark_current_versions(version)
        warehouse.close_weeks(version, get_week(job.clock().astimezone(UTC).date()))
        detection = _Detection(warehouse, version, _make_setting(job.config, warehouse), job.clock())
        plan = detection.make_plan()
        fresh: list[PositionChange] = []
        done = 0
        for part in plan.split():
            fresh += detection.follow_part(plan, part)
            done += len(part)
            job.progress("detect", done, len(plan.since))
        events = warehouse.load_touched_events(version)
        fresh += detection.follow_events(events)
        leftover -= {*plan.since, *((f"{EVENT}{event_id}", None) for event_id in events)}
        if leftover:
            fresh += detection.clear(leftover)
        warehouse.save_detection(signature, job.clock())
        return ChangeReport(tuple(fresh), warehouse.count_positions(), len(plan.since))


@dataclass(frozen=True, slots=True)
class _Detection:
    """One bringing up to date, inside one transaction."""

    warehouse: Warehouse
    version: str
    setting: Setting
    now: datetime

    def make_plan(self) -> _Plan:
        """Choose the groups of which something is new. One whose news are older than what is settled begins anew."""
        plan = _Plan()
        states = self.warehouse.load_group_states()
        for key, first in self._find_news().items():
            state = load_state(states[key][1]) if key in states else None
            if state is not None and (first is None or is_unsettled(first, state, self.setting.policy)):
                plan.starts[key] = state
            plan.since[key] = plan.starts[key].settled_on if key in plan.starts else date.min
        if plan.since:
            self._find_members(plan)
        return plan

    def follow_part(self, plan: _Plan, part: list[GroupKey]) -> list[PositionChange]:
        """Follow some groups and save what they came to; return the changes whose state is new."""
        wanted = {key: (plan.actors.get(key, set()), plan.since[key]) for key in part}
        spoken = self.warehouse.load_spoken(self.version, wanted)
        claims = self.warehouse.load_deed_claims(self.version)
        today = self.now.astimezone(UTC).date()
        positions: list[tuple[str, Position]] = []
        found: dict[str, Placed] = {}
        states: dict[GroupKey, tuple[date, str]] = {}
        for key in part:
            start = plan.starts.get(key)
            settle_on = choose_settled_day(today, start, self.setting.policy)
            followed = follow_group(key, spoken.pop(key), claims, self.setting, start=start, settle_on=settle_on)
            positions += [(key[0], position) for position in followed.positions]
            found |= {change.change_id: (key[0], day, change) for day, change in followed.found}
            if followed.state is not None and followed.state is not start:
                states[key] = (followed.state.settled_on, dump_state(followed.state))
        self.warehouse.mark_touched({key: plan.since[key] for key in part})
        self.warehouse.save_positions(positions, self.now)
        self.warehouse.save_group_states(states)
        return self._save_changes(found)

    def follow_events(self, events: Collection[str]) -> list[PositionChange]:
        """Follow planned events, each from its beginning: their claims are few."""
        claims = self.warehouse.load_claims_of_events(self.version, events) if events else []
        found: dict[str, Placed] = {}
        for event_id in sorted(events):
            told = [claim for claim in claims if claim.event_id == event_id]
            for change in find_event_changes(told, self.setting):
                found[change.change_id] = (f"{EVENT}{event_id}", change.changed_at.astimezone(UTC).date(), change)
        self.warehouse.mark_touched({(f"{EVENT}{event_id}", None): date.min for event_id in events})
        return self._save_changes(found)

    def clear(self, groups: Collection[StoredKey]) -> list[PositionChange]:
        """Clear what is left of groups of which nothing is said any more, and take back what was told of them."""
        self.warehouse.mark_touched(dict.fromkeys(groups, date.min))
        self.warehouse.save_positions([], self.now)
        return self._save_changes({})

    def _find_news(self) -> dict[GroupKey, date | None]:
        """Return the groups of which something is new, with its first day."""
        news: dict[GroupKey, date | None] = {}
        for touched in self.warehouse.load_touched(self.version):
            for group_id in list_groups(touched.actor_id, touched.reported_by, self.setting):
                key = (group_id, touched.issue_id)
                days = [day for day in (news.get(key), touched.first_day) if day is not None]
                news[key] = min(days, default=None)
        return news

    def _find_members(self, plan: _Plan) -> None:
        """Find whose statements each group must see, and how many they are."""
        get_group = self.setting.sides.get_group
        for (actor_id, issue_id, reported_by), count in self.warehouse.load_speakers(self.version).items():
            for name in (actor_id, reported_by):
                key = (get_group(name), issue_id) if name else None
                if name and key in plan.since:
                    plan.actors.setdefault(key, set()).add(name)
                    plan.sizes[key] = plan.sizes.get(key, 0) + count

    def _save_changes(self, found: Mapping[str, Placed]) -> list[PositionChange]:
        """Save what was found in the touched groups, and what is taken back there; return what is of a new state."""
        before: dict[str, Placed] = {row[2].change_id: row for row in self.warehouse.load_touched_changes(found.keys())}
        kept = reconcile_changes([row[2] for row in before.values()], [row[2] for row in found.values()], self.now)
        placed = before | dict(found)
        self.warehouse.save_touched_changes(
            [(*placed[change.change_id][:2], change) for change in kept], detected_at=self.now
        )
        states = {name: change.state for name, (_, _, change) in before.items()}
        return [change for change in kept if states.get(change.change_id) is not change.state]


def _make_setting(config: Config, warehouse: Warehouse) -> Setting:
    return Setting(
        policy=config.settings.changes,
        sides=Sides(config.actors, config.issues),
        labels=Labels(config.actors, config.issues),
        leanings=Leanings({key: Leaning(*sums) for key, sums in warehouse.load_weeks().items()}),
    )


def _sign(config: Config, version: str) -> str:
    """Return what positions and changes depend on besides the statements."""
    parts: Iterable[object] = (
        DETECTOR,
        version,
        config.settings.changes.model_dump(mode="json"),
        [actor.model_dump(mode="json", include={"id", "name", "parent", "roles"}) for actor in config.actors],
        [issue.model_dump(mode="json", include={"id", "name", "event"}) for issue in config.issues],
    )
    return hashlib.sha256(json.dumps(list(parts), sort_keys=True).encode()).hexdigest()
