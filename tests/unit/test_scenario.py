"""The golden scenario is sound in itself: its evidence is verbatim and its words are known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from volteface.models import Basis, ChangeKind, EventState, QuoteType, Stance

GOLDEN = Path(__file__).parents[1] / "golden"
ARTICLES = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((GOLDEN / "scenario").glob("*.json"))]
STATEMENTS = [(article["id"], row) for article in ARTICLES for key in ("expected", "tolerated") for row in article[key]]
CLAIMS = [
    (article["id"], row)
    for article in ARTICLES
    for key in ("expected_claims", "tolerated_claims")
    for row in article[key]
]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["id"])
def test_scenario_evidence_is_a_verbatim_slice_of_the_title_or_of_one_paragraph(article: dict) -> None:
    places = [article["title"], *article["paragraphs"]]
    rows = [row for key, value in article.items() if key.startswith(("expected", "tolerated")) for row in value]
    for row in rows:
        assert any(row["evidence"] in place for place in places), row["evidence"]


def test_scenario_uses_the_words_of_the_models() -> None:
    for name, row in STATEMENTS:
        assert Stance(row["stance"]), name
        assert Basis(row["basis"]), name
        assert QuoteType(row["quote_type"]), name
        assert row["strength"] in {1, 2}, name
    for name, row in CLAIMS:
        assert EventState(row["state"]), name
        assert Basis(row["basis"]), name
        assert row["mode"] in {None, "virtual", "in_person"}, name


def test_scenario_says_who_reports_what_another_holds() -> None:
    for name, row in STATEMENTS:
        if row["basis"] == "reported_by_other":
            assert row["reported_by"] in {"us-government", "israel-government"}, name
        if row.get("is_private"):
            assert row["reported_by"].startswith("anonymous:"), name


def test_scenario_syndicated_copy_expects_what_its_original_expects() -> None:
    articles = {article["id"]: article for article in ARTICLES}
    copies = [article for article in ARTICLES if article["copy_of"]]
    assert len(copies) == 1
    for copy in copies:
        assert copy["expected"] == articles[copy["copy_of"]]["expected"]
        assert copy["outlet"] != articles[copy["copy_of"]]["outlet"]


def test_scenario_each_fact_of_a_change_has_two_outlets_or_a_named_direct_quote() -> None:
    rows = [(article["outlet"], row) for article in ARTICLES if not article["copy_of"] for row in article["expected"]]
    for actor, stance, basis in [
        ("israel-government", "support", "reported_by_other"),
        ("israel-government", "oppose", "on_record"),
        ("benjamin-netanyahu", "support", "anonymous"),
        ("benjamin-netanyahu", "oppose", "on_record"),
        ("us-government", "no_position", "on_record"),
        ("israel-government", "no_position", "on_record"),
    ]:
        outlets = {
            outlet
            for outlet, row in rows
            if (row["actor"], row["issue"], row["stance"], row["basis"])
            == (actor, "delegation-to-washington", stance, basis)
        }
        assert len(outlets) >= 2, (actor, stance, basis)


def test_scenario_changes_are_the_seven_of_the_design() -> None:
    changes = json.loads((GOLDEN / "scenario-changes.json").read_text(encoding="utf-8"))["changes"]
    kinds = sorted(ChangeKind(change["kind"]).value for change in changes)
    assert kinds == sorted(
        ["denial", "contradiction", "public_private_gap", "rationale_change", "silence", "silence", "lifecycle"]
    )
