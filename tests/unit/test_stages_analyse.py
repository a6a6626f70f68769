"""The stage that tags: what was not read is marked, who speaks unconfigured is kept, and running again changes nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc
from warehouse_samples import MODEL, NOW, make_article, make_config, make_statement, make_version, open_warehouse

from volteface.adapters.warehouse import Warehouse
from volteface.config import load_config
from volteface.config.settings import LanguageSettings
from volteface.errors import LanguageError, WarehouseError
from volteface.models import Analysis, AnalysisOutcome, CandidateActor, CandidateKind
from volteface.stages.analyse import tag_articles
from volteface.stages.job import Job

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {
    1: "Qatar called for an immediate ceasefire in Gaza on Monday, and said that the talks would go on.\n"
    "Omar Baddar, a political analyst, said the deal was near.",
    2: "قال رئيس الوزراء إن إسرائيل لن توافق على وقف إطلاق النار في غزة قبل الإفراج عن الرهائن.\n" * 3,
    3: "Qatar called for a ceasefire in Gaza on Monday, and said that the talks would go on with both of the sides.\n"
    * 30,
}


@pytest.fixture
def job(tmp_path: Path) -> Job:
    config = load_config(ROOT)
    paths = config.settings.paths.model_copy(update={"warehouse": tmp_path / "news.duckdb"})
    language = LanguageSettings(max_characters=2_000, isolated=False)
    settings = config.settings.model_copy(update={"paths": paths, "language": language})
    job = Job(dataclasses.replace(config, settings=settings), clock=lambda: NOW)
    with job.open_warehouse() as warehouse:
        warehouse.save_articles([make_article(number) for number in TEXTS])
        warehouse.save_versions([make_version(number, text=text) for number, text in TEXTS.items()])
    return job


def test_each_article_is_marked_with_how_much_of_it_was_read(job: Job) -> None:
    report = tag_articles(job, "run1")
    again = tag_articles(job, "run2")

    with job.open_warehouse() as warehouse:
        rows = warehouse.query("SELECT version_id, outcome, language, read_characters FROM tagging ORDER BY version_id")
        tagged = warehouse.load_ids("SELECT version_id FROM statement")
    assert [(row["version_id"], row["outcome"], row["language"]) for row in rows] == [
        ("a1v1", "analysed", "en"),
        ("a2v1", "not_analysed", "ar"),
        ("a3v1", "analysed_in_part", "en"),
    ]
    assert [row["read_characters"] for row in rows][:2] == [len(TEXTS[1]), 0]
    assert tagged == {"a1v1", "a3v1"}
    assert (report.counts["articles_tagged"], again.counts["articles_tagged"]) == (3, 0)
    assert (report.counts["articles_not_analysed"], report.counts["articles_in_part"]) == (1, 1)


def test_who_speaks_unconfigured_is_kept_once(job: Job) -> None:
    tag_articles(job, "run1")
    with job.open_warehouse() as warehouse:
        warehouse.execute("DELETE FROM tagging")
    tag_articles(job, "run2")

    with job.open_warehouse() as warehouse:
        rows = warehouse.query(
            "SELECT candidate_id, name, kind, introduced_as, speech_count, context FROM candidate_actor"
        )
    assert rows == [
        {
            "candidate_id": "other:omar-baddar",
            "name": "Omar Baddar",
            "kind": "person",
            "introduced_as": "a political analyst",
            "speech_count": 1,
            "context": "Omar Baddar, a political analyst, said the deal was near.",
        }
    ]


def test_a_text_that_breaks_the_reader_costs_itself_alone(job: Job) -> None:
    def break_on_talks(doc: Doc) -> Doc:
        if doc.text.count("ceasefire") > 5:
            message = "no head: \ud800"
            raise IndexError(message)
        return doc

    Language.component("test_break_on_talks", func=break_on_talks)
    job.nlp().add_pipe("test_break_on_talks")

    report = tag_articles(job, "run1")

    with job.open_warehouse() as warehouse:
        rows = warehouse.query("SELECT version_id, outcome, error FROM tagging ORDER BY version_id")
        tagged = warehouse.load_ids("SELECT version_id FROM statement")
    assert [row["outcome"] for row in rows] == ["analysed", "not_analysed", "failed"]
    assert [row["error"] for row in rows] == [None, None, "IndexError: no head: \ufffd"]
    assert tagged == {"a1v1"}
    assert (report.counts["articles_tagged"], report.counts["articles_failed"]) == (3, 1)


def test_a_model_that_does_not_fit_stops_the_stage(job: Job) -> None:
    def refuse(_: Doc) -> Doc:
        model, reason = "en_example", "no parser stands before it"
        raise LanguageError(model, reason)

    Language.component("test_refuse", func=refuse)
    job.nlp().add_pipe("test_refuse")

    with pytest.raises(LanguageError, match="no parser"):
        tag_articles(job, "run1")


def make_candidate(**changes: object) -> CandidateActor:
    values: dict[str, object] = {
        "version_id": "a1v1",
        "model_version": MODEL,
        "candidate_id": "other:omar-baddar",
        "name": "Omar Baddar",
        "kind": CandidateKind.PERSON,
        "introduced_as": None,
        "speech_count": 2,
        "context": "Text 1",
        "context_start": 0,
        "context_end": 6,
    }
    return CandidateActor(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(tmp_path / "news.duckdb") as opened:
        opened.save_dimensions(make_config())
        opened.save_articles([make_article(1)])
        opened.save_versions([make_version(1)])
        yield opened


def test_analysis_and_candidates_are_saved_with_the_tagging(warehouse: Warehouse) -> None:
    analysis = Analysis(
        version_id="a1v1", outcome=AnalysisOutcome.IN_PART, language="en", read_characters=9, blanked_characters=2
    )
    passages = warehouse.load_untagged_passages(MODEL)
    said = [make_statement(1, actor_id="other:omar-baddar")]
    warehouse.save_tagged(passages, MODEL, said, [], NOW, analyses=[analysis], candidates=[make_candidate()])

    [row] = warehouse.query("SELECT outcome, language, read_characters, blanked_characters FROM tagging")
    [seen] = warehouse.query("FROM candidates_in")
    assert tuple(row.values()) == ("analysed_in_part", "en", 9, 2)
    assert (seen["name"], seen["speech_count"], seen["statement_count"]) == ("Omar Baddar", 2, 1)
    assert (seen["outlet"], seen["seen_at"]) == ("The Daily Example", NOW)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"context": "Text 9"}, "the context of other:omar-baddar is not what stands in a1v1"),
        ({"version_id": "elsewhere"}, "is not of these passages"),
        ({"model_version": "rules-2"}, "is not of these passages and model rules-1"),
    ],
)
def test_a_context_that_its_text_does_not_bear_out_is_refused(
    warehouse: Warehouse, changes: dict[str, object], reason: str
) -> None:
    passages = warehouse.load_untagged_passages(MODEL)

    with pytest.raises(WarehouseError, match=reason):
        warehouse.save_tagged(passages, MODEL, [], [], NOW, candidates=[make_candidate(**changes)])

    assert len(warehouse.load_untagged_passages(MODEL)) == 1


def test_candidates_of_an_older_model_or_version_are_not_shown(warehouse: Warehouse) -> None:
    passages = warehouse.load_untagged_passages(MODEL)
    warehouse.save_tagged(passages, MODEL, [], [], NOW, candidates=[make_candidate()])
    warehouse.save_versions([make_version(1, 2)])
    newer = warehouse.load_untagged_passages(MODEL)
    warehouse.save_tagged(newer, MODEL, [], [], NOW)

    assert warehouse.query("FROM candidates_in") == []
    assert warehouse.query("SELECT count(*) AS n FROM candidate_actor") == [{"n": 1}]
