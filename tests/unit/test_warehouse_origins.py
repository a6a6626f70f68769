"""Origins, clusters and signatures as the warehouse keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from warehouse_samples import DAY, NOW, make_article, make_version, open_warehouse

from volteface.adapters.warehouse import Warehouse
from volteface.models import Origin, TextSignature

HOUR = timedelta(hours=1)


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path / "news.duckdb") as opened:
        opened.save_articles([make_article(number) for number in range(1, 6)])
        opened.save_versions([make_version(number) for number in range(1, 6)])
        yield opened


def make_origin(number: int, cluster: int | None = None, origin_id: str = "own") -> Origin:
    return Origin(
        version_id=f"a{number}v1", origin_id=origin_id, basis="own", own_origin_id=origin_id, own_basis="own",
        cluster_id=f"a{cluster or number}v1", assigned_at=NOW,
    )  # fmt: skip


def make_signature(number: int, *bands: int, scheme: str = "s1") -> TextSignature:
    return TextSignature(
        version_id=f"a{number}v1", scheme=scheme, is_short=False, shingle_count=9, bands=bands, sample=(7, 2**32 - 1)
    )


def save(warehouse: Warehouse, *signatures: TextSignature) -> None:
    seen_at = {f"a{number}v1": make_version(number).seen_at for number in range(1, 6)}
    warehouse.save_signatures(signatures, seen_at)


def find(warehouse: Warehouse, *numbers: int, days: int = 30, shared: int = 2) -> list[tuple[str, str]]:
    ids = [f"a{number}v1" for number in numbers]
    return warehouse.load_copy_candidates(ids, "s1", min_shared_bands=shared, window_days=days)


def test_origin_is_kept_whole(warehouse: Warehouse) -> None:
    origin = replace(make_origin(1), similarity=0.75)
    warehouse.save_origins([origin])

    [(found, seen_at)] = warehouse.load_clusters(["a1v1"])
    assert found == origin
    assert seen_at == make_version(1).seen_at


def test_instant_of_assignment_stays_while_the_origin_does(warehouse: Warehouse) -> None:
    warehouse.save_origins([make_origin(1), make_origin(2)])
    joined = replace(make_origin(1), cluster_id="a2v1", similarity=0.5, assigned_at=NOW + DAY)
    moved = replace(make_origin(2), origin_id="wire:ap", assigned_at=NOW + DAY)
    warehouse.save_origins([joined, moved])
    warehouse.save_origins([replace(moved, assigned_at=NOW + 2 * DAY)])

    rows = warehouse.query("SELECT origin_id, cluster_id, assigned_at FROM origin ORDER BY version_id")
    assert [tuple(row.values()) for row in rows] == [("own", "a2v1", NOW), ("wire:ap", "a2v1", NOW + DAY)]


def test_clusters_come_whole_and_from_the_first_seen_on(warehouse: Warehouse) -> None:
    warehouse.save_origins([make_origin(3, 1), make_origin(1, 1), make_origin(2, 2), make_origin(4, 4)])

    found = warehouse.load_clusters(["a3v1", "a4v1"])

    assert [origin.version_id for origin, _ in found] == ["a1v1", "a3v1", "a4v1"]
    assert warehouse.load_clusters([]) == []


def test_versions_of_a_basis_are_told(warehouse: Warehouse) -> None:
    warehouse.save_origins([replace(make_origin(1), own_basis="official", basis="near_duplicate"), make_origin(2)])

    assert warehouse.load_ids_of_basis(["a1v1", "a2v1"], "official") == {"a1v1"}


def test_versions_without_a_signature_of_the_scheme_are_waiting(warehouse: Warehouse) -> None:
    warehouse.save_origins([make_origin(number) for number in (1, 2, 3)])
    save(warehouse, make_signature(1), make_signature(2, scheme="s0"))

    assert [version.version_id for version in warehouse.load_unsigned_versions("s1", 9)] == ["a2v1", "a3v1"]
    assert [version.version_id for version in warehouse.load_unsigned_versions("s1", 1)] == ["a2v1"]
    save(warehouse, make_signature(2), make_signature(3))
    assert warehouse.load_unsigned_versions("s1", 9) == []


def test_signature_comes_back_without_its_bands(warehouse: Warehouse) -> None:
    save(warehouse, make_signature(1, 5, 6))

    assert warehouse.load_signatures(["a1v1", "nobody"]) == {"a1v1": make_signature(1)}


def test_candidates_share_bands(warehouse: Warehouse) -> None:
    save(
        warehouse,
        make_signature(1, 5, 6, 2**32 - 1),
        make_signature(2, 5, 6),
        make_signature(3, 2**32 - 1, 8),
        make_signature(4),
    )

    assert find(warehouse, 1) == [("a1v1", "a2v1")]
    assert find(warehouse, 1, shared=1) == [("a1v1", "a2v1"), ("a1v1", "a3v1")]
    assert find(warehouse, 1, 2, 3, 4) == [("a1v1", "a2v1")]
    assert find(warehouse, 4) == []
    assert find(warehouse) == []


def test_candidates_are_near_in_time_and_of_one_scheme(warehouse: Warehouse) -> None:
    save(
        warehouse,
        make_signature(1, 5, 6),
        make_signature(3, 5, 6),
        make_signature(5, 5, 6),
        make_signature(2, 5, 6, scheme="s0"),
    )

    assert find(warehouse, 3, days=2) == [("a1v1", "a3v1"), ("a3v1", "a5v1")]
    assert find(warehouse, 1, days=2) == [("a1v1", "a3v1")]
    assert find(warehouse, 1, 3, 5, days=1) == []


def test_clusters_tell_who_was_first_and_who_has_most(warehouse: Warehouse) -> None:
    warehouse.save_articles([make_article(2, outlet="The Weekly Example")])
    warehouse.save_versions([make_version(2, 2, "A much longer text of the second article. " * 3)])
    copies = [replace(make_origin(number, 1, "wire:ap"), similarity=0.6) for number in (1, 2)]
    warehouse.save_origins([*copies, replace(copies[1], version_id="a2v2", similarity=0.5), make_origin(3)])

    rows = warehouse.query("FROM origin_clusters ORDER BY cluster_id")

    assert (rows[0]["cluster_id"], rows[0]["origin_id"], rows[0]["least_similarity"]) == ("a1v1", "wire:ap", 0.5)
    assert (rows[0]["version_count"], rows[0]["article_count"], rows[0]["outlet_count"]) == (3, 2, 2)
    assert (rows[0]["first_version_id"], rows[0]["first_outlet"]) == ("a1v1", "The Daily Example")
    assert (rows[0]["fullest_version_id"], rows[0]["fullest_outlet"]) == ("a2v2", "The Weekly Example")
    assert (rows[1]["cluster_id"], rows[1]["version_count"]) == ("a3v1", 1)
