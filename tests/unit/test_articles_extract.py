"""Any bytes give a value: an article, or why there is none."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from volteface.articles import extract
from volteface.articles.extract import extract_page
from volteface.articles.page_metadata import parse_date
from volteface.models import ExtractOutcome

PARAGRAPH = "<p>The minister said that the talks would not be held before the crossing is open again, as agreed.</p>"
PAGE = f"<html><head><title>T</title></head><body><article><h1>T</h1>{PARAGRAPH * 4}</article></body></html>"


@pytest.mark.parametrize(
    ("body", "content_type", "outcome"),
    [
        (b"", None, ExtractOutcome.EMPTY),
        (b" \n", "text/html", ExtractOutcome.EMPTY),
        (b"%PDF-1.7 ...", None, ExtractOutcome.NOT_HTML),
        (b'{"a": 1}', "application/json", ExtractOutcome.NOT_HTML),
        (PAGE.encode(), "application/pdf", ExtractOutcome.NOT_HTML),
        (PAGE.encode(), "text/html; charset=utf-8", ExtractOutcome.OK),
        (PAGE.encode(), None, ExtractOutcome.OK),
        (PAGE.encode("utf-16"), None, ExtractOutcome.OK),
        (gzip.compress(PAGE.encode()), None, ExtractOutcome.NOT_HTML),
        (b"<html><body><p>Please enable JavaScript</p></body></html>", None, ExtractOutcome.EMPTY),
    ],
)
def test_outcome_says_what_the_body_is(body: bytes, content_type: str | None, outcome: ExtractOutcome):
    page = extract_page(body, url="https://a.example/", content_type=content_type)

    assert page.outcome is outcome
    assert bool(page.text) is (outcome is ExtractOutcome.OK)
    assert (page.error is None) is (outcome is ExtractOutcome.OK)


def test_page_over_the_limit_is_too_large(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(extract, "MAX_PAGE_BYTES", 100)

    assert extract_page(PAGE.encode(), url="").outcome is ExtractOutcome.TOO_LARGE


def test_extractor_that_raises_is_a_value(monkeypatch: pytest.MonkeyPatch):
    def explode(*_args: object, **_kwargs: object) -> None:
        message = "unexpected"
        raise AttributeError(message)

    monkeypatch.setattr(extract, "bare_extraction", explode)
    page = extract_page(PAGE.encode(), url="")

    assert page.outcome is ExtractOutcome.FAILED
    assert page.error == "the extractor gave up: AttributeError: unexpected"


def test_date_in_the_address_or_the_text_is_no_date():
    body = PAGE.replace("<h1>T</h1>", "<h1>T</h1><p>Published on 3 March 2021, updated 4 March 2021.</p>").encode()

    assert extract_page(body, url="https://a.example/2021/03/03/x").published_at is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-27T14:05:00+02:00", "2024-03-27T12:05:00+00:00"),
        ("2024-03-27T14:05:00.123Z", "2024-03-27T14:05:00.123000+00:00"),
        ("2024-03-27T14:05:00+0200", "2024-03-27T12:05:00+00:00"),
        ("2024-03-27 14:05", "2024-03-27T14:05:00+00:00"),
        ("2024-03-27", "2024-03-27T00:00:00+00:00"),
        ("Wed, 27 Mar 2024 14:05:00 +0200", "2024-03-27T12:05:00+00:00"),
        ("0001-01-01T00:00:00+14:00", None),
        ("1970-01-01", None),
        ("27 March", None),
        ("1711548300", None),
        ("", None),
    ],
)
def test_metadata_date(text: str, expected: str | None):
    date = parse_date(text)

    assert (date.isoformat() if date else None) == expected


def test_broken_json_ld_costs_nothing():
    script = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": </script>'
    meta = '<meta property="article:published_time" content="2024-03-27T10:00:00Z">'

    page = extract_page(PAGE.replace("<head>", f"<head>{script}{meta}").encode(), url="")

    assert page.outcome is ExtractOutcome.OK
    assert page.published_at is not None


def test_headline_is_the_title_and_not_the_text():
    assert not extract_page(PAGE.encode(), url="").text.startswith("T\n")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise(body: bytes):
    for wrapped in (body, b"<html><body><p>" + body, PAGE.encode().replace(b"minister", body)):
        page = extract_page(wrapped, url="")
        assert page.outcome in ExtractOutcome
        assert page.text.encode("utf-8").decode("utf-8") == page.text
