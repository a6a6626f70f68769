"""Copies that come in any order and in any run end as the same clusters with the same origins."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from newsroom import list_stories, read_story
from warehouse_samples import DAY, NOW, make_article, make_version, open_warehouse

from volteface.adapters.warehouse import Warehouse
from volteface.models import Origin
from volteface.stages.origins import gather_copies

TITLE, STORY = read_story("ml-0325-council")
OTHER = read_story("ml-0329-negotiators")[1]
STORIES = list_stories()
HOUR = timedelta(hours=1)


def save(warehouse: Warehouse, number: int, text: str, origin: tuple[str, str], hours: float = 0) -> None:
    """Save a version as the stage that reads does, before its copies are looked for."""
    origin_id, basis = origin
    version = replace(make_version(number, text=text), seen_at=NOW + hours * HOUR)
    warehouse.save_articles([make_article(number, outlet=origin_id)])
    warehouse.save_versions([version])
    warehouse.save_origins(
        [Origin(version_id=version.version_id, origin_id=origin_id, basis=basis, own_origin_id=origin_id, own_basis=basis,
                cluster_id=version.version_id, assigned_at=NOW)]
    )  # fmt: skip


def load(warehouse: Warehouse) -> list[tuple[object, ...]]:
    sql = "SELECT version_id, origin_id, basis, cluster_id, similarity FROM origin ORDER BY version_id"
    return [tuple(row.values()) for row in warehouse.query(sql)]


def reprint(number: int) -> str:
    """Return the story as an editor's number so and so would print it."""
    rng = random.Random(number)
    kept = STORY[:: -1 if number % 7 == 0 else 1][: max(4, len(STORY) - number % 3)]
    return "\n".join([f"By Editor {number}", *kept[:1], *rng.sample(kept[1:], len(kept) - 1), "Source: agencies"])


def test_forty_edited_reprints_are_one_origin_once_one_of_them_credits_the_wire(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "news.duckdb") as warehouse:
        for number in range(39):
            save(warehouse, number, reprint(number), (f"family:{number}", "publisher_family"), number)
        first = gather_copies(warehouse, NOW, window_days=30)
        uncredited = {row[1] for row in load(warehouse)}
        save(warehouse, 39, reprint(39), ("wire:reuters", "wire"), 50)
        second = gather_copies(warehouse, NOW + DAY, window_days=30)
        [cluster] = warehouse.query("FROM origin_clusters")
        instants = warehouse.load_ids("SELECT DISTINCT assigned_at::VARCHAR FROM origin")

    assert (first, second) == (39, 1)
    assert uncredited == {"family:0"}
    assert (cluster["origin_id"], cluster["version_count"]) == ("wire:reuters", 40)
    assert cluster["first_version_id"] == "a0v1"
    assert len(instants) == 2  # the 39 when the credit came, the credited one at its own
    assert cluster["assigned_at"] == NOW + DAY


def test_running_again_changes_nothing(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "news.duckdb") as warehouse:
        for number in range(3):
            save(warehouse, number, reprint(number), (f"family:{number}", "publisher_family"), number)
        gather_copies(warehouse, NOW, window_days=30)
        before = warehouse.query("FROM origin ORDER BY version_id")
        count = gather_copies(warehouse, NOW + DAY, window_days=30)

        assert count == 0
        assert warehouse.query("FROM origin ORDER BY version_id") == before


def test_other_stories_of_the_event_keep_their_own_origins(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "news.duckdb") as warehouse:
        for number, (name, (_, paragraphs)) in enumerate(STORIES.items()):
            save(warehouse, number, "\n".join(paragraphs), (f"own:{name}", "own"), number)
        gather_copies(warehouse, NOW, window_days=30)
        changed = warehouse.load_ids("SELECT own_origin_id FROM origin WHERE origin_id <> own_origin_id")

    assert changed == {"own:nc-0327-syndicated"}


@pytest.mark.parametrize(("days", "clusters"), [(2, 1), (40, 2)])
def test_old_text_reprinted_long_after_is_news_again(tmp_path: Path, days: int, clusters: int) -> None:
    with open_warehouse(tmp_path / "news.duckdb") as warehouse:
        save(warehouse, 1, "\n".join(STORY), ("family:1", "publisher_family"))
        save(warehouse, 2, "\n".join(STORY), ("family:2", "publisher_family"), 24 * days)
        gather_copies(warehouse, NOW, window_days=30)

        assert len(warehouse.query("FROM origin_clusters")) == clusters


def test_report_that_carries_an_authoritys_document_is_no_copy_of_it(tmp_path: Path) -> None:
    document = "\n".join(read_story("hd-0329-warning")[1][:3])
    with open_warehouse(tmp_path / "news.duckdb") as warehouse:
        save(warehouse, 1, document, ("family:capitol", "official"), 2)
        save(warehouse, 2, "\n".join([*STORY[:3], document, *STORY[3:]]), ("family:2", "publisher_family"), 5)
        save(warehouse, 3, "\n".join([*OTHER[:3], document, *OTHER[3:]]), ("family:3", "publisher_family"), 6)
        gather_copies(warehouse, NOW, window_days=30)

        assert [row[1] for row in load(warehouse)] == ["family:capitol", "family:2", "family:3"]


def test_document_reposted_first_by_somebody_else_is_the_authoritys(tmp_path: Path) -> None:
    document = "\n".join(read_story("hd-0329-warning")[1])
    with open_warehouse(tmp_path / "news.duckdb") as warehouse:
        save(warehouse, 1, document, ("family:capitol", "official"), 2)
        save(warehouse, 2, f"By Staff\n{document}", ("family:2", "publisher_family"))
        gather_copies(warehouse, NOW, window_days=30)

        assert load(warehouse) == [
            ("a1v1", "family:capitol", "official", "a2v1", 1.0),
            ("a2v1", "family:capitol", "near_duplicate", "a2v1", 1.0),
        ]


def texts_to_arrive() -> Mapping[int, tuple[str, tuple[str, str], float]]:
    """Return numbered arrivals: reprints of one story, one of them credited, another story twice, and others."""
    other = STORIES["cw-0327-agreed"][1]
    arrivals = {number: (reprint(number), (f"family:{number}", "publisher_family"), number / 2) for number in range(6)}
    arrivals[6] = (reprint(6), ("wire:ap", "wire"), 1.25)
    arrivals[7] = ("\n".join(other), ("family:a", "publisher_family"), 4)
    arrivals[8] = ("\n".join(other[1:]), ("own:b", "own"), 3)
    arrivals[9] = ("\n".join(STORIES["cw-0401-held"][1]), ("own:c", "own"), 3)
    return arrivals


def arrive(path: Path, order: Sequence[int], *, per_run: int) -> list[tuple[object, ...]]:
    arrivals = texts_to_arrive()
    with open_warehouse(path) as warehouse:
        for start in range(0, len(order), per_run):
            for number in order[start : start + per_run]:
                save(warehouse, number, *arrivals[number])
            gather_copies(warehouse, NOW, window_days=30)
        return load(warehouse)


def test_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    numbers = list(texts_to_arrive())
    at_once = arrive(tmp_path / "once.duckdb", numbers, per_run=len(numbers))

    for seed, per_run in ((1, 1), (2, 1), (3, 3), (4, 4)):
        order = random.Random(seed).sample(numbers, len(numbers))
        assert arrive(tmp_path / f"{seed}.duckdb", order, per_run=per_run) == at_once
    assert len({row[3] for row in at_once}) == 3


def test_signatures_of_another_scheme_are_made_anew(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "news.duckdb") as warehouse:
        save(warehouse, 1, reprint(1), ("family:1", "publisher_family"))
        gather_copies(warehouse, NOW, window_days=30)
        warehouse.execute("UPDATE text_signature SET scheme = 'older', bands = [1, 2]")
        save(warehouse, 2, reprint(2), ("family:2", "publisher_family"), 1)

        assert gather_copies(warehouse, NOW, window_days=30) == 2
        assert {row[1] for row in load(warehouse)} == {"family:1"}
