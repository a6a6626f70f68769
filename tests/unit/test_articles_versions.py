"""When a text is a new version."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from volteface.articles.boilerplate import build_boilerplate
from volteface.articles.versions import FEED_SUMMARY, decide_version, digest_text
from volteface.config.boilerplate import load_boilerplate
from volteface.models import ArticleVersion, ExtractedPage, ExtractOutcome

SEEN = datetime(2024, 3, 27, tzinfo=UTC)
PAGE = ExtractedPage(outcome=ExtractOutcome.OK, title="T", text="One line.\nAnother line.", language="en")


def decide(latest: ArticleVersion | None, page: ExtractedPage, text_basis: str = "page") -> ArticleVersion | None:
    return decide_version(article_id="a", latest=latest, page=page, seen_at=SEEN, raw_sha256="r", text_basis=text_basis)


def test_first_text_is_version_one():
    version = decide(None, PAGE)

    assert version is not None
    assert (version.version_number, version.text, version.raw_sha256, version.text_basis) == (1, PAGE.text, "r", "page")
    assert version.extractor.startswith("trafilatura ")


def test_white_space_alone_is_no_new_version():
    first = decide(None, PAGE)

    assert decide(first, replace(PAGE, text=" One  line.\n\n\tAnother line. ")) is None
    assert decide(first, replace(PAGE, title="Another headline")) is None


def test_changed_words_are_the_next_version():
    first = decide(None, PAGE)
    second = decide(first, replace(PAGE, text="One line.\nAnother word."))
    third = decide(second, PAGE)

    assert second is not None and third is not None and first is not None  # noqa: PT018
    assert (second.version_number, third.version_number) == (2, 3)
    assert third.text_sha256 == first.text_sha256
    assert len({first.version_id, second.version_id, third.version_id}) == 3


@pytest.mark.parametrize("outcome", [outcome for outcome in ExtractOutcome if outcome is not ExtractOutcome.OK])
def test_page_that_failed_is_no_version(outcome: ExtractOutcome):
    assert decide(None, replace(PAGE, outcome=outcome)) is None


def test_page_without_text_is_no_version():
    assert decide(None, replace(PAGE, text=" \n")) is None


def test_summary_does_not_follow_a_page_but_a_page_follows_a_summary():
    page, summary = decide(None, PAGE), decide(None, replace(PAGE, text="A summary."), FEED_SUMMARY)

    assert decide(page, replace(PAGE, text="A summary."), FEED_SUMMARY) is None
    assert summary is not None
    assert summary.text_basis == FEED_SUMMARY
    assert decide(summary, PAGE) is not None


def test_digest_is_of_what_is_read():
    assert digest_text("Caf\u00e9  au lait") == digest_text(" Cafe\u0301 au\nlait")
    assert digest_text("a b") != digest_text("ab")


STORY = "The council met on Monday.\n“We will not open the gate,” the mayor said."
BOILERPLATE = build_boilerplate(load_boilerplate())


def decide_after(before: str, after: str) -> ArticleVersion | None:
    """Return the version that a page with text ``after`` makes where its article had ``before``."""
    first = decide(None, replace(PAGE, text=before))
    return decide_version(
        article_id="a",
        latest=first,
        page=replace(PAGE, text=after),
        seen_at=SEEN,
        raw_sha256="r",
        boilerplate=BOILERPLATE,
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"Updated 3 minutes ago\n{STORY}", f"Updated 2 hours ago\n{STORY}"),
        (f"{STORY}\nLast modified on Tue 2 Apr 2024 14.03 BST", f"{STORY}\nLast modified on Wed 3 Apr 2024 09.12 BST"),
        (f"{STORY}\n12 comments", f"{STORY}\n1,340 comments"),
        (STORY, f"{STORY}\nRead more: Who decides about the gate"),
        (f"{STORY}\nRelated articles\nThe old gate", f"{STORY}\nRelated articles\nThe new gate\nA third one"),
        (f"{STORY}\nSign up for our daily newsletter", STORY),
    ],
)
def test_clocks_counters_and_links_make_no_version(before: str, after: str):
    assert decide_after(before, after) is None


@pytest.mark.parametrize(
    "after",
    [
        STORY.replace("not ", ""),
        STORY.replace("Monday", "Tuesday"),
        STORY.replace("“", '"').replace("”", '"'),
        f"{STORY}\nThe harbour stays shut.",
        "Updated 3 minutes ago",
    ],
)
def test_what_is_read_makes_a_version_whatever_else_the_page_holds(after: str):
    assert decide_after(f"{STORY}\n12 comments", f"{after}\n13 comments") is not None


def test_a_page_of_nothing_but_boilerplate_is_compared_as_it_is():
    assert decide_after("Updated 3 minutes ago", "Updated 4 minutes ago") is not None


def test_a_page_follows_a_summary_that_reads_like_it():
    summary = decide(None, replace(PAGE, text=STORY), FEED_SUMMARY)
    page = replace(PAGE, text=f"{STORY}\nUpdated 3 minutes ago")

    found = decide_version(
        article_id="a", latest=summary, page=page, seen_at=SEEN, raw_sha256="r", boilerplate=BOILERPLATE
    )

    assert found is not None
