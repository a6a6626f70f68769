"""Comparing versions through the real reader: an edited quotation is told with its statement, a re-reading never."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from warehouse_samples import NOW, make_article, make_version

from volteface.cli import main
from volteface.config import load_config
from volteface.stages.analyse import tag_articles
from volteface.stages.edits import compare_versions
from volteface.stages.job import Job

ROOT = Path(__file__).resolve().parents[2]
BEFORE = """Diplomats met in Cairo on Monday for talks on the war.
"We do not support a ceasefire in Gaza," Antony Blinken told reporters on Monday.
Qatar called for an immediate ceasefire in Gaza.
The talks are to go on for the rest of the week, diplomats said."""
AFTER = BEFORE.replace("do not support", "support").replace("Diplomats met", "Envoys and diplomats met")
QUOTE = '"We do not support a ceasefire in Gaza," Antony Blinken told reporters on Monday.'


@pytest.fixture(scope="module")
def shared_job() -> Job:
    return Job(load_config(ROOT), clock=lambda: NOW)


@pytest.fixture
def job(shared_job: Job, tmp_path: Path) -> Job:
    """A job over a warehouse of its own, with the pipeline that was built for the first."""
    shared_job.nlp()
    config = shared_job.config
    paths = config.settings.paths.model_copy(
        update={"warehouse": tmp_path / "news.duckdb", "snapshot": tmp_path / "snapshot.duckdb"}
    )
    settings = config.settings.model_copy(update={"paths": paths})
    job = dataclasses.replace(shared_job, config=dataclasses.replace(config, settings=settings))
    with job.open_warehouse() as warehouse:
        warehouse.save_dimensions(job.config)
        warehouse.save_articles([make_article(1)])
        warehouse.save_versions([make_version(1, 1, BEFORE)])
    tag_articles(job, "run1")
    return job


def save_edited(job: Job, number: int, text: str) -> None:
    with job.open_warehouse() as warehouse:
        warehouse.save_versions([make_version(1, number, text)])
    tag_articles(job, f"run{number}")


def test_a_negation_dropped_from_a_quote_is_told_once_with_its_statement(job: Job) -> None:
    first = compare_versions(job, "run1")
    save_edited(job, 2, AFTER)
    second, third = compare_versions(job, "run2"), compare_versions(job, "run3")

    with job.open_warehouse() as warehouse:
        edits = warehouse.load_quote_edits()
        [counted] = warehouse.query("SELECT altered_count, unchanged_count, is_rewrite FROM version_comparison")
        known = warehouse.load_ids("SELECT statement_id FROM statement WHERE version_id = 'a1v1'")
    assert [report.counts["versions_compared"] for report in (first, second, third)] == [0, 1, 0]
    assert second.counts["quotes_altered"] == len(edits) >= 1
    assert {edit.before_text for edit in edits} == {QUOTE}
    assert {(edit.word_class, edit.is_quoted) for edit in edits} == {("negation", True)}
    assert "antony-blinken" in {edit.actor_id for edit in edits}
    assert {edit.statement_id for edit in edits} <= known
    assert {edit.after_text for edit in edits} == {QUOTE.replace("do not support", "support")}
    assert counted["unchanged_count"] >= 1
    assert not counted["is_rewrite"]


def test_a_paragraph_put_before_and_typography_tell_nothing(job: Job) -> None:
    curly = BEFORE.replace('"We', "“We")
    save_edited(job, 2, f"A new paragraph stands first, with news of the day.\n{curly}")

    report = compare_versions(job, "run2")

    assert (report.pair_count, report.altered_count, report.removed_count) == (1, 0, 0)


def test_a_page_edited_twice_tells_of_each_time(job: Job) -> None:
    save_edited(job, 2, AFTER)
    compare_versions(job, "run2")
    save_edited(job, 3, BEFORE)

    report = compare_versions(job, "run3")

    with job.open_warehouse() as warehouse:
        pairs = {(edit.before_version_id, edit.after_version_id) for edit in warehouse.load_quote_edits()}
    assert report.pair_count == 1
    assert pairs == {("a1v1", "a1v2"), ("a1v2", "a1v3")}


def test_edits_are_listed_and_a_statement_says_that_it_was_edited(job: Job, capsys: pytest.CaptureFixture[str]) -> None:
    save_edited(job, 2, AFTER)
    compare_versions(job, "run2")
    snapshot = job.config.settings.paths.snapshot
    with job.open_warehouse() as warehouse:
        warehouse.publish_snapshot(snapshot, run_id="run1", published_at=NOW)
    home = ["--home", str(ROOT)]

    main([*home, "edits", "--snapshot", str(snapshot)])
    told = capsys.readouterr().out
    main([*home, "edits", "--json", "--snapshot", str(snapshot)])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    main([*home, "edits", "--json", "--since", "2031-01-01", "--snapshot", str(snapshot)])
    later = capsys.readouterr().out
    main([*home, "explain", rows[0]["statement_id"], "--snapshot", str(snapshot)])
    explained = capsys.readouterr().out

    assert told.startswith("Quote changed after publication (negation): ")
    assert "words       We [-do not-] support a ceasefire in" in told
    assert rows[0]["before_text"] == QUOTE
    assert later == ""
    assert "edited      Quote changed after publication (negation), seen 2024-03-27 14:00 UTC" in explained
