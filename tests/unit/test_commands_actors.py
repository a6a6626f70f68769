"""`volteface actors`: the configured ones, and the candidates of a snapshot, through the real program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from warehouse_samples import (
    MODEL,
    NOW,
    make_article,
    make_config,
    make_statement,
    make_version,
    open_warehouse,
)

from volteface.cli import main
from volteface.config.actors import Actors
from volteface.config.rules import Vocabulary
from volteface.models import CandidateActor, CandidateKind

CONFIG = {
    "settings.yml": "topic: Crossings\ncollection: {user_agent: test}",
    "feeds.yml": "feeds: []",
    "scope.yml": "terms: [crossing]",
    "actors.yml": """
actors:
  - {id: ministry, name: The Ministry, kind: government, aliases: [Ministry of Crossings]}
  - {id: jo-known, name: Jo Known, kind: person, listed: false}
""",
    "issues.yml": "issues: [{id: crossing, name: The crossing, proposition: It opens, terms: [crossing]}]",
    "cues.yml": "cues: [{id: say, forms: [said], sense: speech}]",
    "stance_rules.yml": json.dumps({"vocabulary": {key: [] for key in Vocabulary.model_fields}}),
    "channels.yml": "channels: []",
}


def make_candidate(number: int, name: str, **changes: object) -> CandidateActor:
    values: dict[str, object] = {
        "version_id": f"a{number}v1",
        "model_version": MODEL,
        "candidate_id": "other:" + "-".join(name.lower().split()),
        "name": name,
        "kind": CandidateKind.PERSON,
        "introduced_as": "a political\nanalyst",
        "speech_count": 2,
        "context": f"Text {number}",
        "context_start": 0,
        "context_end": 6,
    }
    return CandidateActor(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a snapshot of three articles in which four speak who are not configured, and one who is."""
    home = tmp_path_factory.mktemp("home")
    (home / "config").mkdir()
    for name, text in CONFIG.items():
        (home / "config" / name).write_text(text)
    (home / "warehouse").mkdir()
    candidates = [
        make_candidate(1, "Omar Baddar"),
        make_candidate(2, "Omar Baddar", speech_count=1),
        make_candidate(3, "Baddar", introduced_as=None),
        make_candidate(1, "Example Relief Fund", kind=CandidateKind.BODY, introduced_as=None),
        make_candidate(2, "Łucja: *Ø* #1", introduced_as="x: [y"),
        make_candidate(3, "Example Times", kind=CandidateKind.OUTLET),
        make_candidate(3, "Jo Known"),
    ]
    with open_warehouse(home / "warehouse" / "news.duckdb") as warehouse:
        warehouse.save_dimensions(make_config())
        warehouse.save_articles([make_article(number) for number in (1, 2, 3)])
        warehouse.save_versions([make_version(number) for number in (1, 2, 3)])
        passages = warehouse.load_untagged_passages(MODEL)
        said = [make_statement(1, actor_id="other:omar-baddar")]
        warehouse.save_tagged(passages, MODEL, said, [], NOW, candidates=candidates)
        warehouse.publish_snapshot(home / "warehouse" / "snapshot.duckdb", run_id="run1", published_at=NOW)
    return home


def call(home: Path, *arguments: str) -> int:
    try:
        main(["--home", str(home), "actors", *arguments])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_without_a_flag_the_configured_actors_are_listed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home) == 0
    lines = capsys.readouterr().out.splitlines()
    assert call(home, "--json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert [line.split()[:2] for line in lines] == [["ministry", "government"], ["jo-known", "person"]]
    assert lines[1].endswith("(known by name, not watched)")
    assert [row["id"] for row in rows] == ["ministry", "jo-known"]
    assert rows[0]["aliases"] == ["Ministry of Crossings"]


def test_candidates_come_with_counts_and_contexts_most_frequent_first(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(home, "--candidates", "--json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert [row["name"] for row in rows] == ["Omar Baddar", "Example Relief Fund", "Łucja: *Ø* #1"]
    first = rows[0]
    assert (first["article_count"], first["speech_count"], first["statement_count"]) == (3, 5, 1)
    assert first["names"] == ["Omar Baddar", "Baddar"]
    assert first["introduced_as"] == [{"words": "a political\nanalyst", "count": 2}]
    assert (first["first_seen_at"][:10], first["last_seen_at"][:10]) == ("2024-03-27", "2024-03-29")
    assert [seen["words"] for seen in first["contexts"]] == ["Text 3", "Text 2", "Text 1"]


def test_candidates_can_be_read(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, "--candidates", "--min-count", "2") == 0
    shown = capsys.readouterr()

    assert shown.out.splitlines() == [
        "   3 articles    5 times   1 statements  Omar Baddar (person), 2024-03-27 to 2024-03-29, 1 outlet: The Daily Example",
        "      also Baddar",
        "      as   a political ¶ analyst (2)",
        "      in   Text 3",
        "           The Daily Example, https://daily.example/3",
    ]
    assert shown.err == "1 candidates; 0 more by --limit; 0 outlets and reporters by --outlets\n"


def test_outlets_are_shown_when_they_are_asked_for(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(home, "--candidates", "--limit", "1")
    told = capsys.readouterr().err
    call(home, "--candidates", "--outlets", "--json")
    names = [json.loads(line)["name"] for line in capsys.readouterr().out.splitlines()]

    assert told == "1 candidates; 2 more by --limit; 1 outlets and reporters by --outlets\n"
    assert "Example Times" in names
    assert "Jo Known" not in names


def test_yaml_can_be_pasted_into_actors_yml(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, "--candidates", "--yaml") == 0
    text = capsys.readouterr().out

    found = Actors.model_validate(yaml.safe_load("actors:\n" + text))

    assert [(actor.id, actor.name, actor.kind) for actor in found.actors] == [
        ("omar-baddar", "Omar Baddar", "person"),
        ("example-relief-fund", "Example Relief Fund", "organization"),
        ("ucja", "Łucja: *Ø* #1", "person"),
    ]
    assert "    # introduced as: a political ¶ analyst (2)\n" in text
    assert "    # 3 articles, 1 outlet: The Daily Example, 2024-03-27 to 2024-03-29\n" in text


def test_no_snapshot_is_one_clear_line(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, "--candidates", "--snapshot", str(tmp_path / "none.duckdb")) == 2
    assert "there is no snapshot yet" in capsys.readouterr().err
