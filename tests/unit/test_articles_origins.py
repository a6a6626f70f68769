"""Whose report a text is, looked at by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from volteface.articles.origins import Publisher, assign_origin, fold_name, list_publishers
from volteface.config.feeds import FeedConfig, SourceType
from volteface.models import ArticleVersion, Origin

PUBLISHERS = {
    "dailyexample": Publisher("example_press", SourceType.NATIONAL),
    "tass": Publisher("tass", SourceType.WIRE),
}


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


def assign(number: int = 1, family: str = "", kind: SourceType = SourceType.NATIONAL, *, agency: str | None = None,
           source: str | None = None) -> Origin:  # fmt: skip
    return assign_origin(
        make_version(number),
        publisher=Publisher(family, kind),
        credited_agency=agency,
        source_title=source,
        publishers=PUBLISHERS,
    )


def test_credited_reprints_are_one_origin() -> None:
    origins = {assign(number, f"paper-{number}", agency="reuters").origin_id for number in range(40)}

    assert origins == {"wire:reuters"}


def test_agencys_own_feed_and_its_reprints_are_one_origin() -> None:
    own = assign(1, "reuters", SourceType.WIRE)

    assert (own.origin_id, own.basis) == ("wire:reuters", "wire")
    assert own.origin_id == assign(2, "paper", agency="reuters").origin_id


def test_agencys_own_feed_is_its_own_whoever_else_its_page_credits() -> None:
    assert assign(1, "anadolu", SourceType.WIRE, agency="afp").origin_id == "wire:anadolu"


def test_outlet_that_others_credit_as_an_agency_is_one_origin_with_its_reprints() -> None:
    assert assign(1, "bloomberg").origin_id == assign(2, "paper", agency="bloomberg").origin_id == "wire:bloomberg"


def test_papers_of_one_family_are_one_origin() -> None:
    assert assign(1, "reach").origin_id == assign(2, "reach").origin_id == "family:reach"


def test_authoritys_own_feed_is_its_family_and_says_that_it_is_official() -> None:
    found = assign(1, "us_government", SourceType.OFFICIAL)

    assert (found.origin_id, found.basis) == ("family:us_government", "official")


@pytest.mark.parametrize(
    ("source", "kind", "origin_id", "basis"),
    [
        ("Reuters", SourceType.AGGREGATOR, "wire:reuters", "wire"),
        ("The Daily Example", SourceType.AGGREGATOR, "family:example_press", "publisher_family"),
        ("dailyexample.com", SourceType.AGGREGATOR, "family:example_press", "publisher_family"),
        ("TASS", SourceType.AGGREGATOR, "wire:tass", "wire"),
        ("Example Post", SourceType.AGGREGATOR, "source:examplepost", "source"),
        ("www.example-post.co.uk", SourceType.AGGREGATOR, "source:examplepost", "source"),
        (None, SourceType.AGGREGATOR, "family:paper", "publisher_family"),
        (" - ", SourceType.AGGREGATOR, "family:paper", "publisher_family"),
        ("Example Post", SourceType.NATIONAL, "family:paper", "publisher_family"),
        ("Daily Example", SourceType.NATIONAL, "family:example_press", "publisher_family"),
    ],
)
def test_source_element_says_whose_item_it_is(source: str | None, kind: SourceType, origin_id: str, basis: str) -> None:
    found = assign(1, "paper", kind, source=source)

    assert (found.origin_id, found.basis) == (origin_id, basis)


def test_unknown_is_its_own_origin() -> None:
    assert (assign(7).origin_id, assign(7).basis) == ("own:a7", "own")


def test_each_is_alone_in_its_cluster_at_first() -> None:
    found = assign(3, "paper")

    assert (found.own_origin_id, found.own_basis, found.cluster_id, found.similarity) == (
        "family:paper",
        "publisher_family",
        "v3",
        None,
    )


def test_publishers_are_known_by_the_names_of_their_outlets() -> None:
    feed = FeedConfig.model_validate(
        {"id": "a", "outlet": "The Daily Example", "url": "https://daily.example/feed", "publisher_family": "example_press",
         "source_type": "national", "language": "en"}
    )  # fmt: skip

    assert list_publishers([feed]) == {"dailyexample": Publisher("example_press", SourceType.NATIONAL)}


@pytest.mark.parametrize(
    ("name", "folded"), [("The BBC", "bbc"), ("Theodore's", "theodores"), ("AA.com.tr", "aatr"), ("", "")]
)
def test_name_is_folded(name: str, folded: str) -> None:
    assert fold_name(name) == folded
