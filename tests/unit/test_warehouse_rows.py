"""Models go into tables and come back equal; saving again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warehouse_samples import NOW, make_feed_fetch, make_sample, open_warehouse

from volteface.adapters.warehouse import Warehouse
from volteface.adapters.warehouse.rows import decode_row, dump_rows, encode_model
from volteface.errors import WarehouseError
from volteface.models import (
    Alert,
    Article,
    ArticleVersion,
    Delivery,
    Entry,
    EventClaim,
    FeedFetch,
    FeedState,
    HostState,
    Origin,
    PageFetch,
    Position,
    PositionChange,
    Run,
    Statement,
)

TABLES: dict[type, tuple[str, dict[str, object]]] = {
    Run: ("run", {}),
    FeedState: ("feed_state", {}),
    HostState: ("host_state", {}),
    FeedFetch: ("feed_fetch", {}),
    Entry: ("entry", {"first_seen_at": NOW, "scope_term": None}),
    Article: ("article", {}),
    ArticleVersion: ("article_version", {}),
    PageFetch: ("page_fetch", {}),
    Origin: ("origin", {}),
    Statement: ("statement", {}),
    EventClaim: ("event_claim", {}),
    Position: ("position", {}),
    PositionChange: ("position_change", {"detected_at": NOW, "state_since": NOW}),
    Alert: ("alert", {"change_state": "confirmed"}),
    Delivery: ("delivery", {}),
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path_factory.mktemp("rows") / "news.duckdb") as opened:
        yield opened


@pytest.mark.parametrize("cls", TABLES, ids=lambda cls: cls.__name__)
def test_model_comes_back_as_it_was_saved(warehouse: Warehouse, cls: type[Any]) -> None:
    table, extra = TABLES[cls]
    models = [make_sample(cls, is_bare=False, number=1), make_sample(cls, is_bare=True, number=2)]

    warehouse.save_models(table, models, extra=extra)
    first = warehouse.query(f'FROM "{table}" ORDER BY ALL')
    warehouse.save_models(table, models, extra=extra)
    warehouse.save_models(table, models, extra=extra, is_updating=True)

    loaded = warehouse.load(cls, f'FROM "{table}" AS t')
    assert sorted(loaded, key=repr) == sorted(models, key=repr)
    assert warehouse.query(f'FROM "{table}" ORDER BY ALL') == first


def test_instants_come_back_in_utc(warehouse: Warehouse) -> None:
    east = datetime(2024, 3, 27, 14, 0, tzinfo=timezone(timedelta(hours=2)))
    warehouse.save_feed_states([FeedState(feed_id="east", polled_at=east)])

    polled_at = warehouse.load_feed_states()["east"].polled_at

    assert polled_at == east
    assert polled_at is not None
    assert polled_at.tzinfo is UTC


def test_instant_without_a_zone_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(WarehouseError, match=r"feed_state.*no time zone"):
        warehouse.save_feed_states([FeedState(feed_id="naive", polled_at=datetime(2024, 3, 27))])  # noqa: DTZ001 -- the point
    assert "naive" not in warehouse.load_feed_states()


def test_first_of_two_with_one_key_stays_and_the_last_wins_when_updating(warehouse: Warehouse) -> None:
    polls = [make_feed_fetch(1, fetch_id="twin", error=None), make_feed_fetch(1, fetch_id="twin", error="later")]
    warehouse.save_feed_fetches(polls)
    warehouse.save_feed_states([FeedState(feed_id="twin", etag="old"), FeedState(feed_id="twin", etag="new")])

    assert warehouse.query("SELECT error FROM feed_fetch WHERE fetch_id = 'twin'") == [{"error": None}]
    assert warehouse.load_feed_states()["twin"].etag == "new"


def test_save_of_a_batch_is_whole_or_nothing(warehouse: Warehouse) -> None:
    good, bad = make_feed_fetch(1, fetch_id="good"), make_feed_fetch(1, fetch_id="bad")

    with pytest.raises(WarehouseError, match="NOT NULL"):
        warehouse.save_feed_fetches([good, replace(bad, feed_id=None)])
    assert warehouse.load_ids("SELECT fetch_id FROM feed_fetch WHERE fetch_id IN ('good', 'bad')") == set()


def test_transaction_undoes_everything_in_it(warehouse: Warehouse) -> None:
    def fail_half_way() -> None:
        with warehouse.transaction():
            warehouse.save_feed_states([FeedState(feed_id="undone")])
            raise KeyError

    with pytest.raises(KeyError):
        fail_half_way()
    warehouse.save_feed_states([FeedState(feed_id="done")])

    assert "undone" not in warehouse.load_feed_states()
    assert "done" in warehouse.load_feed_states()


def test_more_rows_than_one_batch_holds(warehouse: Warehouse) -> None:
    polls = [make_feed_fetch(1, fetch_id=f"many{number}") for number in range(12_345)]
    warehouse.save_feed_fetches(polls)

    assert len(warehouse.load_ids("SELECT fetch_id FROM feed_fetch WHERE starts_with(fetch_id, 'many')")) == 12_345


def test_lone_surrogate_becomes_a_replacement_of_the_same_length(warehouse: Warehouse) -> None:
    warehouse.save_feed_states([FeedState(feed_id="odd", etag="a\ud800b")])

    assert warehouse.load_feed_states()["odd"].etag == "a\ufffdb"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(warehouse: Warehouse, text: str) -> None:
    warehouse.save_feed_states([FeedState(feed_id="any", etag=text)])

    assert warehouse.load_feed_states()["any"].etag == text


def test_encoded_model_is_decoded_from_more_columns_than_it_has() -> None:
    state = FeedState(feed_id="daily")

    assert decode_row(FeedState, {**encode_model(state), "other": 1}) == state


def test_figure_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        dump_rows([{"confidence": float("nan")}])
