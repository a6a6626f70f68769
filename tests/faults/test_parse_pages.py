"""F7, F20, F22: a hostile page costs one slot, seconds and bounded memory; why it has no text is its outcome."""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import describe_feed, render_page, render_rss
from hostile_feeds import make_disguised_chain, make_item, make_rss
from pytest_httpserver import HTTPServer

from volteface.adapters.workers import Fault, FaultKind, WorkerLimits, WorkerPool
from volteface.articles.extract import extract_page
from volteface.config import load_config
from volteface.models import ExtractedPage, ExtractOutcome
from volteface.stages.collect import poll_feeds
from volteface.stages.job import Job
from volteface.stages.parsing import as_page
from volteface.stages.read import read_articles

NOW = datetime(2024, 3, 28, 12, tzinfo=UTC)
SECONDS = 10.0
MakeHome = Callable[..., Path]
PARAGRAPHS = [
    f"The minister said that the talks of day {number} would not be held before the crossing is open again, as agreed."
    for number in range(6)
]
ARTICLE = "<article><h1>A title</h1>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</article>"


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool[..., ExtractedPage]]:
    with WorkerPool(extract_page, WorkerLimits(workers=1, seconds=SECONDS)) as workers:
        yield workers


def make_page(content: str) -> bytes:
    return f"<html><head><title>T</title></head><body>{content}</body></html>".encode()


def read(pool: WorkerPool[..., ExtractedPage], body: bytes) -> ExtractedPage:
    return as_page(pool.submit(body, url="https://a.example/1").result())


HANGING = "<p " + " ".join(f"a{number}=1" for number in range(60_000)) + ">"  # libxml2 compares each with each
HOSTILE = {
    "nested-100k": "<div>" * 100_000,
    "nested-tables": "<table><tr><td>" * 30_000,
    "nested-mixed": "<div><p><b><span>" * 25_000,
    "headings-50k": "<h2>x y z</h2>" * 50_000,
    "wide": "<span>a</span>" * 60_000,
    "one-text-4MB": "<p>" + "word " * 800_000,
    "json-ld-deep": '<script type="application/ld+json">' + "[" * 500_000 + "</script>",
    "comments": "<!-- a -->" * 100_000,
    "open-tags": "<a " * 300_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_page_has_an_outcome_in_time_and_the_next_one_is_read(
    pool: WorkerPool[..., ExtractedPage], content: str
):
    started = time.monotonic()

    page = read(pool, make_page(content))

    assert time.monotonic() - started < SECONDS + 3
    assert page.outcome is ExtractOutcome.OK or page.error
    assert read(pool, make_page(ARTICLE)).outcome is ExtractOutcome.OK


def test_metadata_too_deep_to_be_read_costs_itself_and_not_the_article(pool: WorkerPool[..., ExtractedPage]):
    script = f'<script type="application/ld+json">{"[" * 100_000}</script>'

    page = read(pool, make_page(script + ARTICLE))

    assert page.outcome is ExtractOutcome.OK
    assert all(text in page.text for text in PARAGRAPHS)


@pytest.mark.parametrize("depth", [300, 1_500])
@pytest.mark.parametrize("place", ["inside", "after"])
def test_article_that_stands_deep_or_behind_what_is_deep_is_found(
    pool: WorkerPool[..., ExtractedPage], depth: int, place: str
):
    junk = "<div>" * depth, "</div>" * depth
    body = make_page(f"{junk[0]}{ARTICLE}{junk[1]}" if place == "inside" else f"{junk[0]}{junk[1]}{ARTICLE}")

    page = read(pool, body)

    assert page.outcome is ExtractOutcome.OK
    assert all(text in page.text for text in PARAGRAPHS)


def test_article_deeper_than_any_parser_goes_is_told_from_no_article(pool: WorkerPool[..., ExtractedPage]):
    deep = read(pool, make_page("<div>" * 5_000 + ARTICLE))
    empty = read(pool, make_page("<div>Please enable JavaScript</div>"))

    assert (deep.outcome, empty.outcome) == (ExtractOutcome.TOO_DEEP, ExtractOutcome.EMPTY)
    assert "elements more than 250 deep" in (deep.error or "")


def test_page_over_the_limit_is_too_large_and_costs_us_no_memory(pool: WorkerPool[..., ExtractedPage]):
    body = make_page("<p>" + "word " * 2_400_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    page = read(pool, body)

    assert page.outcome is ExtractOutcome.TOO_LARGE
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 100


def test_every_kind_of_fault_is_an_outcome_of_its_page():
    for kind in FaultKind:
        page = as_page(Fault(kind, "a\nreason"))
        assert page.outcome.value == kind.value
        assert page.error == "the extractor was given up: a reason"


@pytest.mark.parametrize(
    "content",
    [
        b"a\0b \x1b[2J \x01\x0b\x7f",
        b"a &#xD800; b &#55357; c",
        b"a &#0; b &#27; c &#x1b; d &#x1B e &#0031; f &#12;",
        b"a &#xFFFE; b &#65535; c \xef\xbf\xbe",
        b"a \xff b \xed\xa0\x80 c",
        b"a \xe2\x80\xae b \xe2\x81\xa6 c \xc2\x9b d &#155;",
    ],
    ids=["controls", "halves", "references", "non-characters", "no-utf-8", "bidi"],
)
def test_controls_and_half_characters_cost_themselves_and_not_the_article(
    pool: WorkerPool[..., ExtractedPage], content: bytes
):
    page = read(pool, make_page(ARTICLE).replace(b"day 2", content))

    assert page.outcome is ExtractOutcome.OK
    assert PARAGRAPHS[5] in page.text
    assert not set(page.text) & {chr(code) for code in (*range(0x20), 0x7F) if code not in {9, 10}}
    assert page.text.encode("utf-8").decode("utf-8") == page.text


def test_pages_are_never_extracted_in_the_programs_own_threads(
    make_home: MakeHome, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
):
    """F22: where this process has no extractor, articles are read all the same; bad pages are rows of their own."""
    pages = {"/good": render_page("Netanyahu and Rafah", PARAGRAPHS), "/deep": make_page("<div>" * 5_000).decode()}
    pages["/slow"] = make_page(HANGING).decode()
    items = [("Netanyahu and Rafah", httpserver.url_for(path), "Wed, 27 Mar 2024 12:00:00 GMT") for path in pages]
    for path, body in pages.items():
        httpserver.expect_request(path).respond_with_data(body, content_type="text/html; charset=utf-8")
    httpserver.expect_request("/rss").respond_with_data(render_rss("https://a.example/", items))
    home = make_home([describe_feed("good", httpserver.url_for("/rss"))], parse_seconds=2)
    job = Job(load_config(home), clock=lambda: NOW, environ={}, stream=io.StringIO())
    monkeypatch.setattr("volteface.articles.extract.bare_extraction", lambda *_args, **_kwargs: pytest.fail("in here"))
    poll_feeds(job, "run-1")

    report = read_articles(job, "run-1")

    rows = {"/" + row.url.rsplit("/", 1)[1]: row for row in report.fetches}
    assert rows["/good"].extract_outcome is ExtractOutcome.OK
    assert rows["/deep"].extract_outcome is ExtractOutcome.TOO_DEEP
    assert rows["/slow"].extract_outcome is ExtractOutcome.TIMEOUT
    assert rows["/slow"].error == "the extractor was given up: not finished after 2 s"
    assert report.version_count == 1


def test_date_of_a_page_that_is_yet_to_come_is_no_date(make_home: MakeHome, httpserver: HTTPServer):
    for path, date in (("/past", "2024-03-27T12:00:00Z"), ("/future", "2099-01-01T00:00:00Z")):
        httpserver.expect_request(path).respond_with_data(
            render_page("Netanyahu and Rafah", [text + path for text in PARAGRAPHS], date), content_type="text/html"
        )
    items = [("Netanyahu and Rafah", httpserver.url_for(path), "") for path in ("/past", "/future")]
    httpserver.expect_request("/rss").respond_with_data(render_rss("https://a.example/", items))
    home = make_home([describe_feed("good", httpserver.url_for("/rss"))])
    job = Job(load_config(home), clock=lambda: NOW, environ={}, stream=io.StringIO())
    poll_feeds(job, "run-1")
    read_articles(job, "run-1")

    with job.open_warehouse() as warehouse:
        rows = warehouse.query("SELECT url, published_at, published_at_basis AS basis FROM article")
    found = {row["url"].rsplit("/", 1)[1]: (row["published_at"], row["basis"]) for row in rows}
    assert found == {"past": (datetime(2024, 3, 27, 12, tzinfo=UTC), "page"), "future": (None, "none")}


# ---------------------------------------------------------------------------------------------------- the commands on files
def run_command(*arguments: str) -> tuple[int, list[dict[str, object]], str]:
    program = [sys.executable, "-c", "from volteface.cli import main; main()", *arguments]
    done = subprocess.run(program, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_parse_feed_survives_a_file_that_kills_its_reader(tmp_path: Path):
    (tmp_path / "killer.xml").write_bytes(make_disguised_chain())
    (tmp_path / "sound.xml").write_bytes(make_rss(make_item()))

    code, rows, errors = run_command("parse-feed", str(tmp_path / "killer.xml"), str(tmp_path / "sound.xml"))

    assert (code, errors) == (0, "")
    assert [Path(str(row["file"])).name for row in rows] == ["killer.xml", "sound.xml"]
    assert rows[0]["status"] in {"failed", "recovered"}
    assert (rows[1]["status"], len(rows[1]["entries"])) == ("ok", 1)  # type: ignore[arg-type]


def test_extract_survives_a_page_that_hangs_its_reader(tmp_path: Path):
    (tmp_path / "slow.html").write_bytes(make_page(HANGING))
    (tmp_path / "sound.html").write_bytes(make_page(ARTICLE))
    started = time.monotonic()

    code, rows, errors = run_command("extract", str(tmp_path / "slow.html"), str(tmp_path / "sound.html"))

    assert (code, errors) == (0, "")
    assert [row["outcome"] for row in rows] == ["timeout", "ok"]
    assert time.monotonic() - started < 20


def test_file_that_cannot_be_read_is_still_one_line_and_code_2(tmp_path: Path):
    code, rows, errors = run_command("extract", str(tmp_path / "missing.html"))

    assert (code, rows) == (2, [])
    assert errors.count("\n") == 1
