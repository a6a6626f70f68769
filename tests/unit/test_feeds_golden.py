"""Each file of tests/golden/feeds is read as the .expected.json beside it says."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from volteface.feeds.parse import parse_feed

FOLDER = Path(__file__).parents[1] / "golden" / "feeds"
INPUTS = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(".expected.json"))
FETCHED_AT = datetime(2024, 3, 28, 12, tzinfo=UTC)


def describe(path: Path) -> dict[str, object]:
    """Return what is read from a file, in JSON's types; a field that is empty is left out."""
    parsed = parse_feed(path.read_bytes(), feed_id="golden", fetched_at=FETCHED_AT)
    row = dataclasses.asdict(parsed)
    assert row.pop("fault") is None  # only what calls the parser in a worker can tell of one
    row["entries"] = [{name: value for name, value in entry.items() if value} for entry in row["entries"]]
    return json.loads(json.dumps(row, default=str))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_feed_is_read_as_expected(path: Path):
    expected = json.loads(path.with_name(path.name + ".expected.json").read_text(encoding="utf-8"))

    assert describe(path) == expected


def test_there_is_a_golden_feed_of_every_dialect():
    assert len(INPUTS) >= 10
