"""What the language stage is given, and what it gave."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from warehouse_samples import (
    DAY,
    MODEL,
    NOW,
    make_claim,
    make_config,
    make_statement,
    make_version,
    open_warehouse,
    save_passages,
)

from volteface.adapters.warehouse import Warehouse
from volteface.errors import WarehouseError
from volteface.models import Evidence, Passage, Statement


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path / "news.duckdb") as opened:
        opened.save_dimensions(make_config())
        save_passages(opened, 1, 2)
        yield opened


def tag(warehouse: Warehouse, model: str = MODEL, *statements: Statement) -> None:
    passages = warehouse.load_untagged_passages(model)
    warehouse.save_tagged(passages, model, statements, [], NOW)


def test_passage_brings_what_the_language_stage_needs(warehouse: Warehouse) -> None:
    version = make_version(1)

    assert warehouse.load_untagged_passages(MODEL, 1) == [
        Passage(
            article_id="a1",
            version_id="a1v1",
            origin_id="daily",
            outlet="The Daily Example",
            title=version.title,
            text=version.text,
            published_at=NOW,
            known_from=version.seen_at,
            outlet_actor_id="ministry",
        )
    ]


def test_version_without_an_origin_is_its_own(warehouse: Warehouse) -> None:
    warehouse.execute("DELETE FROM origin")

    assert [p.origin_id for p in warehouse.load_untagged_passages(MODEL)] == ["a1v1", "a2v1"]


def test_passage_is_read_once_by_each_model_even_with_nothing_in_it(warehouse: Warehouse) -> None:
    tag(warehouse)

    assert warehouse.load_untagged_passages(MODEL) == []
    assert len(warehouse.load_untagged_passages("rules-2")) == 2


def test_only_the_newest_version_is_read(warehouse: Warehouse) -> None:
    warehouse.save_versions([make_version(1, 2), make_version(1, 3)])

    assert [p.version_id for p in warehouse.load_untagged_passages(MODEL)] == ["a1v3", "a2v1"]


def test_statements_come_back_with_their_claims(warehouse: Warehouse) -> None:
    statements, claims = [make_statement(1), make_statement(2)], [make_claim(1)]
    passages = warehouse.load_untagged_passages(MODEL)
    warehouse.save_tagged(passages, MODEL, statements, claims, NOW)
    warehouse.save_tagged(passages, MODEL, statements, claims, NOW + DAY)

    assert warehouse.load_statements(MODEL) == statements
    assert warehouse.load_event_claims(MODEL) == claims
    counts = warehouse.query("SELECT statement_count, claim_count, tagged_at FROM tagging ORDER BY version_id")
    assert [tuple(row.values()) for row in counts] == [(1, 1, NOW), (1, 0, NOW)]


def test_statements_of_wanted_pairs_only(warehouse: Warehouse) -> None:
    tag(warehouse, MODEL, make_statement(1), make_statement(2, actor_id="other"))

    found = warehouse.load_statements(MODEL, keys=[("other", "crossing"), ("ministry", "elsewhere")])

    assert [statement.statement_id for statement in found] == ["s2"]
    assert warehouse.load_statements(MODEL, keys=[]) == []


def test_edit_hides_the_old_statement_only_once_it_is_read(warehouse: Warehouse) -> None:
    tag(warehouse, MODEL, make_statement(1), make_statement(2))
    warehouse.save_versions([make_version(1, 2, "The Ministry said nothing.")])
    before = [statement.statement_id for statement in warehouse.load_statements(MODEL)]
    tag(warehouse)

    assert before == ["s1", "s2"]
    assert [statement.statement_id for statement in warehouse.load_statements(MODEL)] == ["s2"]
    assert warehouse.query("SELECT count(*) AS n FROM statement") == [{"n": 2}]  # it stays stored


def test_another_model_adds_rows_and_changes_none(warehouse: Warehouse) -> None:
    tag(warehouse, MODEL, make_statement(1))
    tag(warehouse, "rules-2", make_statement(1, model_version="rules-2", confidence=0.5))

    assert [s.confidence for s in warehouse.load_statements(MODEL)] == [0.9]
    assert [s.confidence for s in warehouse.load_statements("rules-2")] == [0.5]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"evidence": "Text 9"}, "evidence of s1 is not what stands in a1v1"),
        ({"evidence_in": "title"}, "evidence of s1 is not what stands"),
        ({"version_id": "elsewhere"}, "s1 is not of these passages"),
        ({"model_version": "rules-2"}, "s1 is not of these passages and model rules-1"),
    ],
)
def test_statement_that_its_text_does_not_bear_out_is_refused_with_its_batch(
    warehouse: Warehouse, changes: dict[str, object], reason: str
) -> None:
    with pytest.raises(WarehouseError, match=reason):
        tag(warehouse, MODEL, make_statement(2), make_statement(1, **changes))

    assert warehouse.load_statements(MODEL) == []
    assert len(warehouse.load_untagged_passages(MODEL)) == 2


def test_evidence_of_statements_and_of_claims(warehouse: Warehouse) -> None:
    passages = warehouse.load_untagged_passages(MODEL)
    warehouse.save_tagged(passages, MODEL, [make_statement(1)], [make_claim(2)], NOW)

    found = warehouse.load_evidence(["s1", "c2", "unknown"])

    assert set(found) == {"s1", "c2"}
    assert found["s1"] == Evidence(
        statement_id="s1",
        actor_id="ministry",
        speaker_text="The Ministry",
        stance="support",
        basis="on_record",
        quote="Text 1",
        outlet="The Daily Example",
        url="https://daily.example/1",
        title="Title 1",
        stated_at=NOW,
    )
    assert (found["c2"].stance, found["c2"].quote, found["c2"].stated_at) == ("agreed", "Text 2", None)
