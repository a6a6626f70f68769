"""Find the copies of the versions that nobody has compared yet, and give each cluster of copies its one origin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from volteface.adapters.warehouse import Warehouse
from volteface.articles.clusters import Member, merge_clusters
from volteface.articles.near_duplicates import MIN_SHARED_BANDS, SCHEME, Copy, find_copies, sign_texts
from volteface.articles.origins import OFFICIAL

BATCH = 10_000  # versions signed and looked up together
_PAIRS = 20_000  # pairs whose signatures are held together


def gather_copies(warehouse: Warehouse, now: datetime, *, window_days: int) -> int:
    """Compare every version that has no signature of the present scheme; return how many there were.

    Texts first seen more than ``window_days`` apart are not compared. A version stored before copies were looked for, or
    signed by another scheme, is compared too: whoever comes late changes the origin of those that were there. Raises
    WarehouseError.
    """
    count = 0
    while True:
        with warehouse.transaction():
            versions = warehouse.load_unsigned_versions(SCHEME, BATCH)
            if not versions:
                return count
            texts = [(version.version_id, version.title, version.text) for version in versions]
            warehouse.save_signatures(sign_texts(texts), {version.version_id: version.seen_at for version in versions})
            _merge(warehouse, [version.version_id for version in versions], now, window_days)
        count += len(versions)


def _merge(warehouse: Warehouse, version_ids: Sequence[str], now: datetime, window_days: int) -> None:
    copies = _find_copies(warehouse, version_ids, window_days)
    touched = {version_id for copy in copies for version_id in (copy.version_id, copy.other_id)}
    members = [Member(origin, seen_at) for origin, seen_at in warehouse.load_clusters(touched)]
    warehouse.save_origins([replace(origin, assigned_at=now) for origin in merge_clusters(members, copies)])


def _find_copies(warehouse: Warehouse, version_ids: Sequence[str], window_days: int) -> list[Copy]:
    pairs = warehouse.load_copy_candidates(
        version_ids, SCHEME, min_shared_bands=MIN_SHARED_BANDS, window_days=window_days
    )
    copies: list[Copy] = []
    for start in range(0, len(pairs), _PAIRS):
        part = pairs[start : start + _PAIRS]
        held = {version_id for pair in part for version_id in pair}
        documents = warehouse.load_ids_of_basis(held, OFFICIAL)
        copies += find_copies(part, warehouse.load_signatures(held), documents)
    return copies
