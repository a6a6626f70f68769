"""Own-worded stories to copy, cut and compare: the scenario's articles as (title, text)."""

from __future__ import annotations

import json
from pathlib import Path

SCENARIO = Path(__file__).resolve().parents[1] / "golden" / "scenario"


def read_story(name: str) -> tuple[str, list[str]]:
    """Return the title and the paragraphs of one of the scenario's articles."""
    story = json.loads((SCENARIO / f"{name}.json").read_text(encoding="utf-8"))
    return story["title"], story["paragraphs"]


def list_stories() -> dict[str, tuple[str, list[str]]]:
    """Return all of them by name."""
    return {path.stem: read_story(path.stem) for path in sorted(SCENARIO.glob("*.json"))}
