"""Follow what is new, and say what changed: positions and their changes are kept up to date group by group.

Only groups of actors with something new are followed, each from where it was left (positions/groups.py). What the
detection itself stands on - the model, the policy, who speaks for whom, its own code - has a signature: under another
one everything is followed from the beginning, and gives the same rows as a detection that was never interrupted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from volteface.adapters.warehouse import Warehouse
from volteface.config import Config
from volteface.models import ChangeState, Position, PositionChange
from volteface.positions.batch import GroupAnswer, GroupTask, no_collection
from volteface.positions.changes import reconcile_changes
from volteface.positions.events import find_event_changes
from volteface.positions.findings import Labels, Setting
from volteface.positions.groups import GroupKey, choose_settled_days
from volteface.positions.leanings import Leaning, Leanings, get_week
from volteface.positions.sides import Sides
from volteface.stages.detection_plan import Plan, make_plan
from volteface.stages.following import Followers, open_followers
from volteface.stages.job import Job

DETECTOR = "2"  # another number: the same statements may give other positions or changes
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


def detect(job: Job, _run_id: str) -> ChangeReport:
    """Bring positions and changes up to date with the statements; return the changes that are new or of another state.

    One transaction: a run that is killed leaves what was there. Raises WarehouseError.
    """
    from volteface.language.pipeline import model_version  # noqa: PLC0415 -- spaCy dominates start-up

    return bring_up_to_date(job, model_version(job.config, job.nlp()))


def bring_up_to_date(job: Job, version: str) -> ChangeReport:
    """As ``detect``, for the statements of one model."""
    signature = _sign(job.config, version)
    with job.open_warehouse() as warehouse, warehouse.transaction(), no_collection():
        leftover: set[StoredKey] = set()
        known = warehouse.load_signature()
        if known != signature:
            warehouse.forget_detection(keeps_weeks=known is None)
            leftover = warehouse.load_groups()
        warehouse.mark_current_versions(version)
        warehouse.close_weeks(version, get_week(job.clock().astimezone(UTC).date()))
        detection = _Detection(warehouse, version, _make_setting(job.config, warehouse), job.clock())
        plan = make_plan(warehouse, version, detection.setting)
        workers = job.config.settings.detect_workers
        with open_followers(detection.setting, sum(plan.sizes.values()), workers) as followers:
            fresh = detection.follow_plan(plan, followers, job)
        events = warehouse.load_touched_events(version)
        fresh += detection.follow_events(events)
        leftover -= {*plan.since, *((f"{EVENT}{event_id}", None) for event_id in events)}
        if leftover:
            fresh += detection.clear(leftover)
        warehouse.save_detection(signature, job.clock())
        return ChangeReport(tuple(fresh), warehouse.count_positions(), len(plan.since))


class _BegunPart(NamedTuple):
    """Groups that are being followed, with the days whose states are kept of each."""

    kept: Mapping[GroupKey, Collection[date]]
    wait: Callable[[], list[GroupAnswer]]


@dataclass(frozen=True, slots=True)
class _Detection:
    """One bringing up to date, inside one transaction."""

    warehouse: Warehouse
    version: str
    setting: Setting
    now: datetime

    def follow_plan(self, plan: Plan, followers: Followers, job: Job) -> list[PositionChange]:
        """Follow the groups and save what they came to; return the changes whose state is new.

        A part is loaded while the one before it is followed.
        """
        fresh: list[PositionChange] = []
        done = 0
        begun: list[_BegunPart] = []
        for part in [*plan.split(), []]:
            begun.append(self._begin_part(plan, part, followers))
            if len(begun) > 1:
                ended = begun.pop(0)
                fresh += self._end_part(plan, ended, followers)
                done += len(ended.kept)
                job.progress("detect", done, len(plan.since))
        return fresh

    def _begin_part(self, plan: Plan, part: list[GroupKey], followers: Followers) -> _BegunPart:
        wanted = {key: (plan.actors.get(key, set()), plan.since[key]) for key in part}
        spoken = self.warehouse.load_spoken(self.version, wanted) if part else {}
        claims = self.warehouse.load_deed_claims(self.version) if part else []
        today = self.now.astimezone(UTC).date()
        kept = {key: choose_settled_days(key, today, self.setting.policy) for key in part}
        tasks = [
            GroupTask(key, spoken.pop(key), plan.starts.get(key), [day for day in kept[key] if day > plan.since[key]])
            for key in part
        ]
        return _BegunPart(kept, followers.begin(tasks, claims))

    def _end_part(self, plan: Plan, part: _BegunPart, followers: Followers) -> list[PositionChange]:
        answers = dict(zip(part.kept, part.wait(), strict=True))
        lost = [key for key, answer in answers.items() if answer is None]
        fresh = self._save_answers(plan, {key: answer for key, answer in answers.items() if answer}, part.kept)
        if lost:  # their state is of another version's making: from the beginning
            plan.since |= dict.fromkeys(lost, date.min)
            for key in lost:
                del plan.starts[key]
            fresh += self._end_part(plan, self._begin_part(plan, lost, followers), followers)
        return fresh

    def _save_answers(
        self, plan: Plan, answers: Mapping[GroupKey, GroupAnswer], kept: Mapping[GroupKey, Collection[date]]
    ) -> list[PositionChange]:
        positions: list[tuple[str, Position]] = []
        found: dict[str, Placed] = {}
        states: dict[GroupKey, dict[date, str]] = {}
        for key, answer in answers.items():
            assert answer is not None  # those are followed anew
            held, changes, taken = answer
            positions += [(key[0], position) for position in held]
            found |= {change.change_id: (key[0], day, change) for day, change in changes}
            if taken or key not in plan.starts:
                states[key] = taken
        self.warehouse.mark_touched({key: plan.since[key] for key in answers})
        self.warehouse.save_positions(positions, self.now)
        self.warehouse.save_group_states(states, {key: kept[key] for key in states})
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
