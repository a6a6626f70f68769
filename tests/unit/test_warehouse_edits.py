"""Which versions are compared, what is stored of an edit, and that its words are verbatim."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from warehouse_samples import (
    DAY,
    MODEL,
    NOW,
    make_article,
    make_config,
    make_sample,
    make_statement,
    make_version,
    open_warehouse,
)

from volteface.adapters.warehouse import Warehouse
from volteface.errors import WarehouseError
from volteface.models import ArticleVersion, EditKind, QuoteEdit, VersionComparison, WordClass

BEFORE = "Text 1. The Ministry said: “We will not open it.”"
AFTER = "Text 1. The Ministry said: “We will open it.”"


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path / "news.duckdb") as opened:
        opened.save_dimensions(make_config())
        opened.save_articles([make_article(1), make_article(2)])
        opened.save_versions([make_version(1, 1, BEFORE), make_version(2)])
        yield opened


def tag(warehouse: Warehouse, model: str = MODEL) -> None:
    """Read whatever this model has not read, and find nothing."""
    warehouse.save_tagged(warehouse.load_untagged_passages(model), model, [], [], NOW)


def edit_article(warehouse: Warehouse, number: int = 2, text: str = AFTER, **changes: str) -> ArticleVersion:
    version = make_version(1, number, text)
    version = type(version)(**{**{f: getattr(version, f) for f in version.__slots__}, **changes})
    warehouse.save_versions([version])
    return version


def list_pairs(warehouse: Warehouse, model: str = MODEL) -> list[tuple[str, str]]:
    return [(one.before_version_id, one.after_version_id) for one in warehouse.load_uncompared_pairs(model, 10)]


def make_comparison(**changes: object) -> VersionComparison:
    values = {
        **{name: 0 for name in VersionComparison.__slots__ if name.endswith("_count")},
        "before_version_id": "a1v1",
        "after_version_id": "a1v2",
        "model_version": MODEL,
        "is_rewrite": False,
    }
    return VersionComparison(**{**values, **changes})  # type: ignore[arg-type]


def make_edit(**changes: object) -> QuoteEdit:
    start = BEFORE.index("We will")
    values: dict[str, object] = {
        **dict.fromkeys(QuoteEdit.__slots__),
        "edit_id": "e1",
        "article_id": "a1",
        "before_version_id": "a1v1",
        "after_version_id": "a1v2",
        "kind": EditKind.ALTERED,
        "word_class": WordClass.NEGATION,
        "is_quoted": True,
        "actor_id": "anonymous:ministry",
        "issue_id": "crossing",
        "model_version": MODEL,
        "evidence_in": "text",
        "before_text": "We will not open it.",
        "before_start": start,
        "before_end": start + 20,
        "after_text": "We will open it.",
        "after_start": start,
        "after_end": start + 16,
        "word_diff": "We will [-not-] open it",
        "known_from": NOW,
    }
    return QuoteEdit(**{**values, **changes})  # type: ignore[arg-type]


def test_two_versions_that_one_model_read_are_a_pair_until_they_are_compared(warehouse: Warehouse) -> None:
    tag(warehouse)
    edit_article(warehouse)
    before = list_pairs(warehouse)
    tag(warehouse)
    [pair] = warehouse.load_uncompared_pairs(MODEL, 10)
    warehouse.save_comparisons([pair], [make_comparison()], [], NOW)

    assert before == []  # the new version has not been read
    assert (pair.before_version_id, pair.after_version_id) == ("a1v1", "a1v2")
    assert (pair.before_text, pair.after_text, pair.known_from) == (BEFORE, AFTER, make_version(1, 2).seen_at)
    assert list_pairs(warehouse) == []


def test_tagging_again_is_no_edit(warehouse: Warehouse) -> None:
    tag(warehouse)
    edit_article(warehouse)
    tag(warehouse, "rules-2")  # reads the newer version alone

    assert list_pairs(warehouse) == list_pairs(warehouse, "rules-2") == []


def test_a_version_that_was_never_read_is_passed_over(warehouse: Warehouse) -> None:
    tag(warehouse)
    edit_article(warehouse, 2, "Never read, since the next one came first.")
    edit_article(warehouse, 3)
    tag(warehouse)

    assert list_pairs(warehouse) == [("a1v1", "a1v3")]


@pytest.mark.parametrize("changes", [{"extractor": "another"}, {"text_basis": "feed_summary"}])
def test_what_another_extractor_or_the_feed_gives_is_no_edit(warehouse: Warehouse, changes: dict[str, str]) -> None:
    tag(warehouse)
    edit_article(warehouse, **changes)
    tag(warehouse)

    assert list_pairs(warehouse) == []


def test_an_edit_is_stored_once_and_read_back_with_its_names(warehouse: Warehouse) -> None:
    tag(warehouse)
    edit_article(warehouse)
    tag(warehouse)
    pairs = warehouse.load_uncompared_pairs(MODEL, 10)
    for model in (MODEL, "rules-2"):
        comparison = make_comparison(altered_count=1, model_version=model)
        warehouse.save_comparisons(pairs, [comparison], [make_edit(model_version=model)], NOW + DAY)

    [row] = warehouse.query("FROM quote_edits")
    assert warehouse.load_quote_edits() == [make_edit()]
    assert (row["actor_name"], row["issue_name"]) == ("unnamed officials of The Ministry", "The crossing")
    assert (row["before_version_number"], row["after_version_number"], row["outlet"]) == (1, 2, "The Daily Example")
    assert warehouse.query("SELECT count(*) AS n FROM version_comparison") == [{"n": 2}]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"before_text": "We will open it."}, "not what stands in a1v1"),
        ({"after_text": "We will not"}, "not what stands in a1v2"),
        ({"evidence_in": "title"}, "not what stands in a1v1"),
        ({"evidence_in": "summary"}, "not of these versions"),
        ({"after_version_id": "a2v1"}, "not of these versions"),
    ],
)
def test_an_edit_that_its_versions_do_not_bear_out_is_refused(
    warehouse: Warehouse, changes: dict[str, object], reason: str
) -> None:
    tag(warehouse)
    edit_article(warehouse)
    tag(warehouse)
    pairs = warehouse.load_uncompared_pairs(MODEL, 10)

    with pytest.raises(WarehouseError, match=reason):
        warehouse.save_comparisons(pairs, [make_comparison()], [make_edit(**changes)], NOW)

    assert warehouse.load_quote_edits() == []
    assert len(list_pairs(warehouse)) == 1


def test_statements_of_both_versions_are_read_and_only_of_the_model(warehouse: Warehouse) -> None:
    passages = warehouse.load_untagged_passages(MODEL)
    warehouse.save_tagged(passages, MODEL, [make_statement(1)], [], NOW)
    edit_article(warehouse)
    later = make_statement(1, statement_id="s9", version_id="a1v2")
    warehouse.save_tagged(warehouse.load_untagged_passages(MODEL), MODEL, [later], [], NOW)

    found = warehouse.load_statements_of_versions(MODEL, ["a1v1", "a1v2"])

    assert [one.statement_id for one in found] == ["s1", "s9"]
    assert warehouse.load_statements_of_versions("rules-2", ["a1v1", "a1v2"]) == []


@pytest.mark.parametrize("is_bare", [True, False])
def test_every_field_of_an_edit_comes_back(warehouse: Warehouse, *, is_bare: bool) -> None:
    edit = make_sample(QuoteEdit, is_bare=is_bare)

    warehouse.save_models("quote_edit", [edit])

    assert warehouse.load_quote_edits() == [edit]
