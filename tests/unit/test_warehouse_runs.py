"""Runs and the names of config/."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from warehouse_samples import DAY, NOW, make_config, open_warehouse

from volteface.adapters.warehouse import Warehouse
from volteface.config.actors import Actor
from volteface.models import Run


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path / "news.duckdb") as opened:
        yield opened


def test_last_word_of_a_run_counts(warehouse: Warehouse) -> None:
    run = Run(run_id="r", flow="monitor", started_at=NOW)
    ended = replace(run, ended_at=NOW + DAY, state="completed", counts={"pages": 3})
    warehouse.save_run(run)
    warehouse.save_run(ended)

    assert warehouse.load_runs() == [ended]


def test_newest_runs_come_first(warehouse: Warehouse) -> None:
    for number in range(3):
        warehouse.save_run(Run(run_id=f"r{number}", flow="monitor", started_at=NOW + number * DAY))

    assert [run.run_id for run in warehouse.load_runs(limit=2)] == ["r2", "r1"]


def test_dimensions_mirror_the_configuration(warehouse: Warehouse) -> None:
    warehouse.save_dimensions(make_config())
    warehouse.save_dimensions(make_config())

    assert warehouse.query("SELECT feed_id, actor_id, is_configured FROM feed") == [
        {"feed_id": "daily", "actor_id": "ministry", "is_configured": True}
    ]
    assert warehouse.query("SELECT alias, kind FROM actor_alias ORDER BY alias") == [
        {"alias": "Ministerial", "kind": "demonym"},
        {"alias": "Ministry of Crossings", "kind": "alias"},
    ]
    assert [row["title"] for row in warehouse.query("FROM actor_role")] == ["member"]
    assert [row["proposition"] for row in warehouse.query("FROM issue")] == ["The crossing opens."]


def test_actor_that_left_the_configuration_keeps_its_name_and_comes_back(warehouse: Warehouse) -> None:
    other = Actor.model_validate({"id": "other", "name": "Another", "kind": "person"})
    warehouse.save_dimensions(make_config())
    warehouse.save_dimensions(make_config(actors=(other,)))
    gone = warehouse.query("SELECT name, is_configured FROM actor WHERE actor_id = 'ministry'")
    warehouse.save_dimensions(make_config())

    assert gone == [{"name": "The Ministry", "is_configured": False}]
    assert warehouse.query("SELECT actor_id FROM actor WHERE is_configured") == [{"actor_id": "ministry"}]
