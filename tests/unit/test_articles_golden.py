"""Each page of tests/golden/articles is read as the .expected.json beside it says."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from volteface.articles.extract import extract_page

FOLDER = Path(__file__).parents[1] / "golden" / "articles"
INPUTS = sorted(FOLDER.glob("*.html"))


def describe(path: Path) -> dict[str, object]:
    """Return what is read from a page, in JSON's types."""
    page = extract_page(path.read_bytes(), url="https://news.example/a")
    return json.loads(json.dumps(dataclasses.asdict(page), default=str))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_page_is_read_as_expected(path: Path):
    expected = json.loads(path.with_name(path.name + ".expected.json").read_text(encoding="utf-8"))

    assert describe(path) == expected


def test_there_are_golden_pages():
    assert len(INPUTS) >= 6
