"""Entries, articles, pages and versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from warehouse_samples import (
    DAY,
    NOW,
    make_article,
    make_entry,
    make_page_fetch,
    make_version,
    open_warehouse,
)

from volteface.adapters.warehouse import Warehouse
from volteface.models import Article, FetchOutcome

HOUR = timedelta(hours=1)


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path / "news.duckdb") as opened:
        yield opened


def list_ids(articles: list[Article]) -> list[str]:
    return [article.article_id for article in articles]


def test_known_entries_are_told_from_new_ones(warehouse: Warehouse) -> None:
    warehouse.save_entries([make_entry(1)], NOW, {"e1": "crossing"})

    assert warehouse.load_known_entry_ids(["e1", "e2"]) == {"e1"}
    assert warehouse.load_known_entry_ids([]) == set()


def test_entry_seen_again_keeps_when_and_why_it_was_first_seen(warehouse: Warehouse) -> None:
    warehouse.save_entries([make_entry(1), make_entry(2)], NOW, {"e1": "crossing"})
    warehouse.save_entries([make_entry(1)], NOW + DAY, {})

    rows = warehouse.query("SELECT entry_id, first_seen_at, scope_term FROM entry ORDER BY entry_id")
    assert [tuple(row.values()) for row in rows] == [("e1", NOW, "crossing"), ("e2", NOW, None)]


def test_article_saved_again_takes_a_new_date_but_not_a_new_first_sight(warehouse: Warehouse) -> None:
    article = make_article(1, published_at=None, published_at_basis="none")
    dated = replace(article, published_at=NOW, published_at_basis="page")
    warehouse.save_articles([article])
    warehouse.save_articles([replace(dated, first_seen_at=NOW + DAY)])

    assert warehouse.load_articles(["a1", "nobody"]) == {"a1": dated}


def test_page_is_read_again_once_per_hour_mark(warehouse: Warehouse) -> None:
    warehouse.save_articles([make_article(1)])
    marks = (6, 24)

    assert warehouse.load_recheck_articles(NOW + 50 * HOUR, marks) == []  # never tried: not a second look
    warehouse.save_page_fetches([make_page_fetch(1, fetched_at=NOW)])
    assert warehouse.load_recheck_articles(NOW + 5 * HOUR, marks) == []
    assert list_ids(warehouse.load_recheck_articles(NOW + 7 * HOUR, marks)) == ["a1"]
    warehouse.save_page_fetches([make_page_fetch(1, fetch_id="second", fetched_at=NOW + 7 * HOUR)])
    assert warehouse.load_recheck_articles(NOW + 8 * HOUR, marks) == []
    assert list_ids(warehouse.load_recheck_articles(NOW + 24 * HOUR, marks)) == ["a1"]
    warehouse.save_page_fetches([make_page_fetch(1, fetch_id="third", fetched_at=NOW + 30 * HOUR)])
    assert warehouse.load_recheck_articles(NOW + 900 * HOUR, marks) == []
    assert warehouse.load_recheck_articles(NOW + 900 * HOUR, ()) == []


@pytest.mark.parametrize(
    ("outcomes", "is_wanted"),
    [
        ([], True),
        ([FetchOutcome.TIMEOUT], True),
        ([FetchOutcome.HTTP_ERROR, FetchOutcome.NETWORK_ERROR], True),
        ([FetchOutcome.TIMEOUT] * 3, False),
        ([FetchOutcome.TIMEOUT, FetchOutcome.OK], False),
        ([FetchOutcome.REFUSED], False),
        ([FetchOutcome.TOO_LARGE], False),
    ],
)
def test_page_is_tried_until_it_is_had_or_three_times(
    warehouse: Warehouse, outcomes: list[FetchOutcome], is_wanted: bool
) -> None:
    warehouse.save_articles([make_article(1)])
    attempts = [make_page_fetch(1, fetch_id=f"f{n}", outcome=outcome) for n, outcome in enumerate(outcomes)]
    warehouse.save_page_fetches(attempts)

    assert list_ids(warehouse.load_unfetched_articles(10)) == (["a1"] if is_wanted else [])


def test_newest_unread_articles_come_first_and_no_more_than_asked(warehouse: Warehouse) -> None:
    warehouse.save_articles([make_article(number) for number in (1, 2, 3)])

    assert list_ids(warehouse.load_unfetched_articles(2)) == ["a3", "a2"]


def test_latest_version_of_each_article(warehouse: Warehouse) -> None:
    versions = [make_version(1, 1), make_version(1, 2, "Another text."), make_version(2, 1)]
    warehouse.save_versions(versions)

    assert warehouse.load_latest_versions(["a1", "a2", "a3"]) == {"a1": versions[1], "a2": versions[2]}


def test_version_never_changes(warehouse: Warehouse) -> None:
    version = make_version(1)
    warehouse.save_versions([version])
    warehouse.save_versions([replace(version, text="rewritten")])

    assert warehouse.load_latest_versions(["a1"]) == {"a1": version}
