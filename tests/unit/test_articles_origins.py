"""Forty reprints of one wire story are one voice."""

from __future__ import annotations

from datetime import UTC, datetime

from volteface.articles.origins import assign_origin
from volteface.models import ArticleVersion, Origin


def make_version(number: int) -> ArticleVersion:
    return ArticleVersion(
        version_id=f"v{number}",
        article_id=f"a{number}",
        version_number=1,
        seen_at=datetime(2024, 3, 27, tzinfo=UTC),
        title="t",
        text="x",
        text_sha256="s",
        text_basis="page",
        extractor="e",
        language="en",
        raw_sha256=None,
    )


def assign(number: int, *, family: str = "", agency: str | None = None, source: str | None = None,
           same: Origin | None = None) -> Origin:  # fmt: skip
    return assign_origin(
        make_version(number), publisher_family=family, credited_agency=agency, source_title=source, same_text=same
    )


def test_credited_reprints_are_one_origin():
    origins = {assign(number, family=f"paper-{number}", agency="reuters").origin_id for number in range(40)}

    assert origins == {"wire:reuters"}


def test_reprints_of_the_same_text_are_one_origin_whoever_is_credited():
    first = assign(0, family="paper-0")
    others = [assign(n, family=f"paper-{n}", agency="ap" if n % 2 else None, same=first) for n in range(1, 40)]

    assert {origin.origin_id for origin in others} == {first.origin_id}
    assert {origin.basis for origin in others} == {"near_duplicate"}


def test_papers_of_one_family_are_one_origin():
    assert assign(1, family="reach").origin_id == assign(2, family="reach").origin_id == "family:reach"


def test_source_of_an_aggregators_item_may_be_a_wire():
    assert assign(1, family="aggregator", source="Reuters").origin_id == "wire:reuters"
    assert assign(1, family="aggregator", source="Example Post").origin_id == "family:aggregator"


def test_unknown_is_its_own_origin():
    assert (assign(7).origin_id, assign(7).basis) == ("own:a7", "own")


def test_version_is_not_its_own_duplicate():
    mine = assign(1, family="paper")

    assert assign(1, family="paper", same=mine) == mine
