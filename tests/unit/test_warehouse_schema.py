"""The data dictionary, the views and the example queries are true of the schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from warehouse_samples import DAY, MODEL, NOW, ROOT, fill, make_feed_fetch, make_statement, make_version, open_warehouse

from volteface.adapters.warehouse.reader import Snapshot, open_snapshot
from volteface.models import FeedState, FetchOutcome, Run

QUERIES = sorted((ROOT / "queries").glob("*.sql"))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    folder = tmp_path_factory.mktemp("warehouse")
    with open_warehouse(folder / "news.duckdb") as warehouse:
        fill(warehouse)
        warehouse.publish_snapshot(folder / "snapshot.duckdb", run_id="run1", published_at=NOW)
    with open_snapshot(folder / "snapshot.duckdb") as reader:
        yield reader


def read_dictionary() -> dict[str, list[str]]:
    """Return the columns that warehouse/README.md lists under each heading."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    sections = re.split(r"^### ", text.partition("\n## Macros")[0], flags=re.MULTILINE)[1:]
    return {
        section.partition("\n")[0]: re.findall(r"^\| (?!column |---)(\w+) \| \S.* \|$", section, flags=re.MULTILINE)
        for section in sections
    }


def test_dictionary_and_schema_agree_both_ways(snapshot: Snapshot) -> None:
    rows = snapshot.query(
        """SELECT table_name AS name, list(column_name ORDER BY column_index) AS columns FROM duckdb_columns()
           WHERE NOT internal GROUP BY table_name"""
    )

    assert read_dictionary() == {row["name"]: row["columns"] for row in rows}


def test_dictionary_names_every_macro(snapshot: Snapshot) -> None:
    macros = (ROOT / "README.md").read_text(encoding="utf-8").partition("\n## Macros")[2]
    names = snapshot.load_ids("SELECT DISTINCT function_name FROM duckdb_functions() WHERE NOT internal")

    assert set(re.findall(r"^\| (\w+)\(", macros, flags=re.MULTILINE)) == names


def test_there_are_example_queries() -> None:
    assert len(QUERIES) >= 8


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_query_asks_a_question_and_runs(path: Path, snapshot: Snapshot) -> None:
    text = path.read_text(encoding="utf-8")

    assert re.match(r"-- [A-Z].*\?\n", text)
    assert snapshot.answer(text).columns


@pytest.mark.parametrize("path", sorted((ROOT / "views").glob("*.sql")), ids=lambda path: path.stem)
def test_view_says_what_it_is_for(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("-- ")


def test_positions_now_has_the_open_one_with_its_words_and_age(snapshot: Snapshot) -> None:
    rows = snapshot.query("SELECT actor_name, issue_name, stance, quote, outlet, freshness_days FROM positions_now")

    assert rows == [
        {
            "actor_name": "The Ministry",
            "issue_name": "The crossing",
            "stance": "oppose",
            "quote": "Text 2",
            "outlet": "The Daily Example",
            "freshness_days": 2,
        }
    ]


def test_position_that_nobody_repeats_is_stale_and_an_outage_is_told_apart(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "news.duckdb") as warehouse:
        fill(warehouse)
        sql = "SELECT is_stale, unheard_feed_count FROM positions_now"
        assert [tuple(row.values()) for row in warehouse.query(sql)] == [
            (False, 1)
        ]  # the feed answered on the first day
        later = Run(run_id="later", flow="monitor", started_at=NOW + 200 * DAY, state="completed")
        warehouse.save_run(later)
        assert [tuple(row.values()) for row in warehouse.query(sql)] == [(True, 1)]
        state = FeedState(feed_id="daily", polled_at=NOW + 200 * DAY, succeeded_at=NOW + 200 * DAY)
        warehouse.save_feed_states([state])
        assert [tuple(row.values()) for row in warehouse.query(sql)] == [(True, 0)]


def test_position_history_has_both(snapshot: Snapshot) -> None:
    rows = snapshot.query("SELECT stance, valid_to FROM position_history ORDER BY valid_from")

    assert [(row["stance"], row["valid_to"]) for row in rows] == [("support", NOW + DAY), ("oppose", None)]


@pytest.mark.parametrize(
    ("instant", "stances"), [(NOW - DAY, []), (NOW, ["support"]), (NOW + DAY, ["oppose"]), (NOW + 9 * DAY, ["oppose"])]
)
def test_position_asof_tells_what_held_then(snapshot: Snapshot, instant: object, stances: list[str]) -> None:
    rows = snapshot.query("SELECT stance FROM position_asof('ministry', 'crossing', ?)", [instant])

    assert [row["stance"] for row in rows] == stances


def test_changes_latest_shows_both_evidences_verbatim(snapshot: Snapshot) -> None:
    [row] = snapshot.query("FROM changes_latest")

    assert (row["before_quote"], row["before_stance"]) == ("Text 1", "support")
    assert (row["after_quote"], row["after_stance"]) == ("Text 2", "oppose")
    assert row["after_url"] == "https://daily.example/2"
    assert row["counter_actor_name"] is None


def test_feed_health_counts_the_week_before_the_newest_poll(snapshot: Snapshot) -> None:
    [row] = snapshot.query("FROM feed_health")

    assert (row["poll_count"], row["failure_share"], row["entries_per_day"]) == (2, 0.5, 4.0)
    assert row["silent_since"] == NOW
    assert row["last_error"] == "slow"


def test_collection_by_run_sums_polls_and_pages(snapshot: Snapshot) -> None:
    [row] = snapshot.query("FROM collection_by_run")

    assert (row["poll_count"], row["poll_failure_count"], row["new_entry_count"]) == (2, 1, 4)
    assert (row["page_count"], row["page_failure_count"]) == (2, 0)


def test_unnamed_officials_have_a_name_to_read(snapshot: Snapshot) -> None:
    [row] = snapshot.query("FROM evidence_by_id WHERE statement_id = 'c1'")

    assert (row["speaker_text"], row["stance"]) == ("unnamed officials of The Ministry", "agreed")


@pytest.mark.parametrize(
    ("actor_id", "name", "label"),
    [
        ("ministry", "The Ministry", "The Ministry"),
        ("gone", None, "gone"),
        ("anonymous:ministry", "The Ministry", "unnamed officials of The Ministry"),
        ("anonymous:gone", None, "unnamed officials of gone"),
        ("other:some-body", None, "some body"),
        (None, None, None),
    ],
)
def test_every_actor_has_a_label(snapshot: Snapshot, actor_id: str | None, name: str | None, label: str | None) -> None:
    assert snapshot.query("SELECT actor_label(?, ?) AS label", [actor_id, name]) == [{"label": label}]


def test_statements_of_has_the_newest_model_and_version_only(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "news.duckdb") as warehouse:
        fill(warehouse)
        warehouse.save_versions([make_version(1, 2)])
        passages = warehouse.load_untagged_passages("rules-2")
        again = [
            make_statement(1, statement_id="new", version_id="a1v2", model_version="rules-2"),
            make_statement(2, model_version="rules-2"),
        ]
        before = warehouse.load_ids("SELECT statement_id FROM statements_of")
        warehouse.save_tagged(passages, "rules-2", again, [], NOW + DAY)
        after = warehouse.query("SELECT statement_id, model_version FROM statements_of ORDER BY ALL")
        evidences = warehouse.query("FROM evidence_by_id WHERE statement_id = 's2'")

    assert before == {"s1", "s2"}
    assert after == [
        {"statement_id": "new", "model_version": "rules-2"},
        {"statement_id": "s2", "model_version": "rules-2"},
    ]
    assert [row["model_version"] for row in evidences] == ["rules-2"]
    assert MODEL != "rules-2"


def test_feed_that_never_worked_is_in_feed_health(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "news.duckdb") as warehouse:
        fill(warehouse)
        warehouse.execute("DELETE FROM feed_fetch")
        warehouse.execute("DELETE FROM feed_state")
        never = warehouse.query("FROM feed_health")
        warehouse.save_feed_fetches([make_feed_fetch(1, outcome=FetchOutcome.TIMEOUT, parse_status=None)])
        failed = warehouse.query("FROM feed_health")

    assert (never[0]["poll_count"], never[0]["failure_share"]) == (0, None)
    assert failed[0]["failure_share"] == 1
