"""F21: an article that hangs, floods or ends its reader is one failed article in bounded time; hostile texts are quick."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from conftest import ROOT
from stored_home import MakeHome, make_job, make_quick_home

from volteface.adapters.workers import Fault, FaultKind, WorkerLimits, WorkerPool
from volteface.config import Config, load_config
from volteface.config.settings import LanguageSettings
from volteface.errors import LanguageError
from volteface.language.pipeline import build_nlp
from volteface.language.tag import read_passages
from volteface.models import Analysis, AnalysisOutcome, Article, ArticleVersion, Passage
from volteface.stages.analyse import tag_articles
from volteface.stages.reading import Answer, Unread, open_reading_pool, read_all

NOW = datetime(2024, 4, 2, tzinfo=UTC)
SAID = "Benjamin Netanyahu said on Monday that he opposes a ceasefire in Gaza."


@pytest.fixture(scope="module")
def config() -> Config:
    shipped = load_config(ROOT)
    language = LanguageSettings.model_validate(
        {"model": "blank", "stances": "rules", "events": False, "read_seconds": 20}
    )
    return replace(shipped, settings=shipped.settings.model_copy(update={"language": language}))


def make_passage(number: int, text: str) -> Passage:
    return Passage(
        article_id=str(number),
        version_id=str(number),
        origin_id="o",
        outlet="Paper",
        title="",
        text=text,
        published_at=NOW,
        known_from=NOW,
        outlet_actor_id=None,
    )


def read_badly(_config: Config, passages: Sequence[Passage]) -> Answer:
    """Read as the worker does, but for texts that name what they do to their process."""
    for passage in passages:
        if passage.text == "hang":
            while True:
                pass
        if passage.text == "flood":
            bytearray(8 << 30)
        if passage.text == "die":
            os.kill(os.getpid(), signal.SIGSEGV)
        if passage.text == "raise":
            raise ValueError(passage.text)
        if passage.text == "unfit":
            return "the model is of another version"
    analyses = [
        Analysis(
            version_id=passage.version_id,
            outcome=AnalysisOutcome.ANALYSED,
            language="en",
            read_characters=0,
            blanked_characters=0,
        )
        for passage in passages
    ]
    return [(analysis, (), (), ()) for analysis in analyses]


@pytest.mark.parametrize(
    ("bad", "kind"),
    [
        ("hang", FaultKind.TIMEOUT),
        ("flood", FaultKind.OUT_OF_MEMORY),
        ("die", FaultKind.CRASHED),
        ("raise", FaultKind.CRASHED),
    ],
)
def test_article_that_breaks_its_reader_is_the_only_one_not_read(config: Config, bad: str, kind: FaultKind) -> None:
    passages = [make_passage(n, bad if n == 5 else "sound") for n in range(16)]
    started = time.monotonic()
    with WorkerPool(read_badly, WorkerLimits(workers=1, seconds=1, memory_megabytes=1024)) as pool:
        found = list(read_all(pool, config, passages))

    unread = [each for each in found if isinstance(each, Unread)]
    assert [(each.passage.version_id, each.fault.kind) for each in unread] == [("5", kind)]
    assert len(found) == 16
    assert time.monotonic() - started < 25  # five calls at most, of 16, 8, 4, 2 and 1 articles, each ended at its limit


def test_stage_records_the_article_that_was_given_up_and_keeps_the_others(make_home: MakeHome) -> None:
    job = make_job(make_quick_home(make_home, []))
    language = job.config.settings.language.model_copy(update={"isolated": True})
    job.config = replace(job.config, settings=job.config.settings.model_copy(update={"language": language}))
    texts = ["sound", "die", "sound"]
    with job.open_warehouse() as warehouse:
        warehouse.save_articles(
            [
                Article(
                    article_id=str(n),
                    feed_id="f",
                    outlet="Paper",
                    url=f"https://a.example/{n}",
                    canonical_url=f"https://a.example/{n}",
                    title="",
                    first_seen_at=NOW,
                    published_at=NOW,
                    published_at_basis="feed",
                )
                for n in range(3)
            ]
        )
        warehouse.save_versions(
            [
                ArticleVersion(
                    version_id=str(n),
                    article_id=str(n),
                    version_number=1,
                    seen_at=NOW,
                    title="",
                    text=text,
                    text_sha256=str(n),
                    text_basis="page",
                    extractor="",
                    language=None,
                    raw_sha256=None,
                )
                for n, text in enumerate(texts)
            ]
        )
    with WorkerPool(read_badly, WorkerLimits(workers=1, seconds=5)) as pool:
        job._reading_pool = pool
        report = tag_articles(job, "run")
        again = tag_articles(job, "next")  # it is not read again and again

    with job.open_warehouse() as warehouse:
        rows = warehouse.query("SELECT version_id, outcome, error FROM tagging ORDER BY version_id")
    assert [row["outcome"] for row in rows] == ["analysed", "failed", "analysed"]
    assert "ended by signal 11" in str(rows[1]["error"])
    assert (report.counts["articles_tagged"], report.counts["articles_failed"]) == (3, 1)
    assert again.counts["articles_tagged"] == 0


def test_model_that_does_not_fit_stops_the_stage_and_blames_no_article(config: Config) -> None:
    with (
        WorkerPool(read_badly, WorkerLimits(workers=1, seconds=5)) as pool,
        pytest.raises(LanguageError, match="another version"),
    ):
        list(read_all(pool, config, [make_passage(1, "unfit")]))


def test_worker_reads_the_same_as_this_process(config: Config) -> None:
    passages = [make_passage(n, SAID * (n + 1)) for n in range(3)]
    with open_reading_pool(config) as pool:
        apart = [each[1][1] for each in read_all(pool, config, passages) if not isinstance(each, Unread)]
    here = [reading.statements for reading in read_passages(build_nlp(config), passages, config)]
    assert apart == here
    assert any(here)


@pytest.mark.parametrize("text", ["(" * 100_000, "($" * 50_000, "a" * 100_000, "$" * 20_000, "((a))" * 20_000])
def test_runs_that_make_the_tokenizer_quadratic_are_read_in_two_seconds(config: Config, text: str) -> None:
    nlp = build_nlp(config)
    list(read_passages(nlp, [make_passage(0, SAID)], config))
    started = time.monotonic()
    (reading,) = read_passages(nlp, [make_passage(1, f"{SAID}\n{text}\n{SAID}")], config)
    assert time.monotonic() - started < 2
    assert reading.analysis.outcome is not AnalysisOutcome.FAILED


def test_text_without_end_is_read_to_its_limit_and_says_so(config: Config) -> None:
    (reading,) = read_passages(build_nlp(config), [make_passage(1, f"{SAID}\n" * 5000)], config)
    assert reading.analysis.outcome is AnalysisOutcome.IN_PART
    assert reading.analysis.read_characters <= 100_000


def test_shipped_settings_give_an_article_twenty_seconds_in_a_process_of_its_own() -> None:
    language = load_config(ROOT).settings.language
    assert (language.isolated, language.read_seconds) == (True, 20)
    assert Fault(FaultKind.TIMEOUT, "").kind == "timeout"
