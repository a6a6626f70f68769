"""Copies make a cluster, and a cluster has one origin, whichever of them came first, last or with a credit.

A cluster is what copies connect: a copy of a copy belongs to it. It is a function of the texts, of when they were first
seen and of their own origins. The order in which they are looked at changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from volteface.articles.near_duplicates import Copy
from volteface.articles.origins import NEAR_DUPLICATE, OFFICIAL, WIRE
from volteface.models import Origin

_RANKS = {WIRE: 0, OFFICIAL: 1}  # a cluster is its wire's, else its authority's, else of whoever was seen first


@dataclass(frozen=True, slots=True)
class Member:
    """A version as its cluster knows it: its origin so far and when it was first seen."""

    origin: Origin
    seen_at: datetime

    @property
    def age_key(self) -> tuple[datetime, str]:
        """Return what orders members from the first seen on."""
        return self.seen_at, self.origin.version_id

    @property
    def own_basis(self) -> str:
        """Return on what footing its origin stands without its copies."""
        return self.origin.own_basis or self.origin.basis


def merge_clusters(members: Sequence[Member], copies: Iterable[Copy]) -> list[Origin]:
    """Return the origins of all members, in order, now that these copies are known.

    ``members`` must hold every version of every cluster that is touched. Each cluster's origin is the own origin of its
    first seen member that credits a wire; where none does, of an authority's own document; else of the first seen.
    Members for which that is news have the basis ``near_duplicate``. ``similarity`` grows, never falls.
    """
    found = list(copies)
    find = _connect(members, found)
    groups = defaultdict(list)
    for member in members:
        groups[find(member.origin.version_id)].append(member)
    nearest = _nearest(found)
    settled = {origin.version_id: origin for group in groups.values() for origin in _settle(group, nearest)}
    return [settled[member.origin.version_id] for member in members]


def _connect(members: Sequence[Member], copies: Iterable[Copy]) -> Callable[[str], str]:
    """Return a function that names the group of a version: what clusters so far and copies connect."""
    parents = {member.origin.version_id: member.origin.version_id for member in members}

    def find(version_id: str) -> str:
        while parents[version_id] != version_id:
            parents[version_id] = parents[parents[version_id]]
            version_id = parents[version_id]
        return version_id

    for member in members:
        if member.origin.cluster_id in parents:
            parents[find(member.origin.version_id)] = find(member.origin.cluster_id)
    for copy in copies:
        parents[find(copy.version_id)] = find(copy.other_id)
    return find


def _nearest(copies: Iterable[Copy]) -> dict[str, float]:
    nearest: dict[str, float] = {}
    for copy in copies:
        for version_id in (copy.version_id, copy.other_id):
            nearest[version_id] = max(copy.similarity, nearest.get(version_id, 0.0))
    return nearest


def _settle(group: Sequence[Member], nearest: Mapping[str, float]) -> Iterator[Origin]:
    first = min(group, key=lambda member: member.age_key).origin
    speaker = min(group, key=lambda member: (_RANKS.get(member.own_basis, 2), *member.age_key)).origin
    origin_id = speaker.own_origin_id or speaker.origin_id
    for member in group:
        origin = member.origin
        is_own = origin_id == (origin.own_origin_id or origin.origin_id)
        similarities = [value for value in (origin.similarity, nearest.get(origin.version_id)) if value is not None]
        yield replace(
            origin,
            origin_id=origin_id,
            basis=member.own_basis if is_own else NEAR_DUPLICATE,
            cluster_id=first.version_id,
            similarity=max(similarities, default=None),
        )
