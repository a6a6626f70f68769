"""The floors under the measures: what they are, and how they may move. Pure; floors.py reads and writes the file.

A floor goes up to what is measured; it goes down, and a gold set changes, only on demand, with the reason on record.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

ROOM = 0.01
"""What is left between figure and floor: one or two items of a set, which another processor's arithmetic may turn."""

_HEADER = """\
# Quality floors. Written by benchmarks/floors.py: `make floors` measures, `make raise-floors` raises.
# Lowering one, or changing a gold set, takes the flags of that script and a reason, which is kept below.
"""


class FloorError(ValueError):
    """A change to the floors that is not allowed: to what, and why not."""

    def __init__(self, subject: str, problem: str) -> None:
        super().__init__(f"{subject}: {problem}")


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Floor(_Row):
    """The least share that a measure may show, and since when."""

    floor: float = Field(ge=0, le=1)
    set_on: date


class Pin(_Row):
    """The digest of a gold set, and since when it is that one."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    set_on: date


class Change(_Row):
    """A floor that was lowered, or a gold set that was changed: from what to what, when and why."""

    what: str
    before: str
    after: str
    changed_on: date
    because: str = Field(min_length=1)


class Floors(_Row):
    """The whole of floors.yml."""

    sets: dict[str, Pin] = {}
    measures: dict[str, Floor] = {}
    changes: tuple[Change, ...] = ()


class _Dumper(yaml.SafeDumper):
    """Writes a day that stands in several places in each of them, without YAML's anchors."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def read_floors(content: str) -> Floors:
    """Return the floors of a YAML text. Raises pydantic's ValidationError."""
    return Floors.model_validate(yaml.safe_load(content) or {})


def write_floors(floors: Floors) -> str:
    """Return the YAML text of the floors: sets and measures by name, changes in the order in which they were made."""
    data: dict[str, Any] = floors.model_dump()
    for name in ("sets", "measures"):
        data[name] = dict(sorted(data[name].items()))
    data["changes"] = list(data["changes"])
    return _HEADER + yaml.dump(data, Dumper=_Dumper, sort_keys=False, width=100, allow_unicode=True)


def raise_floors(floors: Floors, figures: Mapping[str, float], on: date) -> Floors:
    """Return the floors, each up to its figure less ROOM where that is higher. None is lowered; new measures get one."""
    raised = {
        name: Floor(floor=level, set_on=on)
        for name, figure in figures.items()
        if (level := find_level(figure)) > (floors.measures[name].floor if name in floors.measures else -1)
    }
    return floors.model_copy(update={"measures": floors.measures | raised})


def lower_floor(floors: Floors, name: str, level: float, *, on: date, because: str) -> Floors:
    """Return the floors with one of them lower. Raises FloorError for one that is unknown or would not go down."""
    if name not in floors.measures:
        raise FloorError(name, "no floor has this name")
    before = floors.measures[name].floor
    if not 0 <= level < before:
        raise FloorError(name, f"{level} is not below the floor, {before}; `make raise-floors` raises")
    changes = (*floors.changes, _note(name, str(before), str(level), on, because))
    return floors.model_copy(
        update={"measures": floors.measures | {name: Floor(floor=level, set_on=on)}, "changes": changes}
    )


def pin_sets(floors: Floors, digests: Mapping[str, str], on: date) -> Floors:
    """Return the floors with sets pinned that are new. Raises FloorError for one that is not the pinned one any more."""
    if changed := list_changed_sets(floors, digests):
        raise FloorError(", ".join(changed), "changed since it was pinned; --accept-set SET --because REASON")
    new = {name: Pin(sha256=digest, set_on=on) for name, digest in digests.items() if name not in floors.sets}
    return floors.model_copy(update={"sets": floors.sets | new})


def accept_set(floors: Floors, name: str, digest: str, *, on: date, because: str) -> Floors:
    """Return the floors with a changed set pinned anew. Its floors stay where they are."""
    before = floors.sets[name].sha256 if name in floors.sets else "none"
    if before == digest:
        raise FloorError(name, "this is the set that is pinned")
    changes = (*floors.changes, _note(name, before, digest, on, because))
    return floors.model_copy(update={"sets": floors.sets | {name: Pin(sha256=digest, set_on=on)}, "changes": changes})


def list_changed_sets(floors: Floors, digests: Mapping[str, str]) -> list[str]:
    """Return the sets whose digest is not the pinned one."""
    return [name for name, digest in digests.items() if name in floors.sets and floors.sets[name].sha256 != digest]


def find_level(figure: float) -> float:
    """Return the floor that a figure supports: three decimals, rounded down, with room for other machines."""
    return max(math.floor((figure - ROOM) * 1000) / 1000, 0.0)


def _note(what: str, before: str, after: str, on: date, because: str) -> Change:
    if not because.strip():
        raise FloorError(what, "a reason is needed: --because REASON")
    return Change(what=what, before=before, after=after, changed_on=on, because=because.strip())
