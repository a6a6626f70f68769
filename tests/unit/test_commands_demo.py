"""The shipped demo, whole: the capture, the language stage, the changes and the alerts."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT

from volteface.adapters.warehouse.reader import open_snapshot
from volteface.cli import main

EXPECTED = ROOT / "tests" / "golden" / "scenario-changes.json"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a home with the shipped configuration and run the demo in it once."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(ROOT / "config", folder / "config")
    main(["--home", str(folder), "demo", "--json"])
    return folder


def test_demo_finds_the_scenarios_changes_and_no_others(home: Path):
    """Exactly the seven are confirmed over six months of documents: no flip, nothing about Rafah itself."""
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))["changes"]
    with open_snapshot(home / "warehouse" / "demo" / "snapshot.duckdb") as snapshot:
        answer = snapshot.answer("SELECT kind, issue_id FROM changes_latest WHERE state = 'confirmed'", source="test")

    assert Counter(tuple(row) for row in answer.rows) == Counter((row["kind"], row["issue"]) for row in expected)


def test_demo_evidence_is_verbatim(home: Path):
    """Every statement's evidence is a slice of the stored text or title that it points to."""
    slices = """
        SELECT count(*) AS n, count(*) FILTER (evidence = substr(
                 CASE evidence_in WHEN 'title' THEN v.title ELSE v.text END,
                 evidence_start + 1, evidence_end - evidence_start)) AS n_verbatim
        FROM statement JOIN article_version AS v USING (version_id)"""
    with open_snapshot(home / "warehouse" / "demo" / "snapshot.duckdb") as snapshot:
        ((count, verbatim),) = snapshot.answer(slices, source="test").rows

    assert count == verbatim > 100


def test_demo_again_finds_nothing_new_and_alerts_nobody(home: Path, capsys: pytest.CaptureFixture[str]):
    """The second run tags nothing, changes nothing and sends nothing."""
    alerts = home / "warehouse" / "demo" / "alerts.jsonl"
    told = alerts.read_text(encoding="utf-8")

    main(["--home", str(home), "demo"])

    assert "Nothing new: no change, no alert." in capsys.readouterr().out
    assert alerts.read_text(encoding="utf-8") == told
    assert len(told.splitlines()) == 7
