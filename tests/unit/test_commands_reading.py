"""`report`, `explain` and `alerts` on a small published snapshot, through the real program."""

import io
import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warehouse_samples import save_changes, save_positions

from volteface.adapters.warehouse import Warehouse
from volteface.cli import main
from volteface.config import load_config
from volteface.config.rules import Vocabulary
from volteface.models import (
    Article,
    ArticleVersion,
    Basis,
    ChangeKind,
    ChangeState,
    DeliveryState,
    EventClaim,
    EventRoot,
    EventState,
    Origin,
    Passage,
    Position,
    PositionChange,
    QuoteType,
    Run,
    Stance,
    Statement,
)
from volteface.stages.deliver import deliver_alerts
from volteface.stages.job import Job, open_warehouse

NOW = datetime(2024, 3, 27, 20, tzinfo=UTC)
BEFORE = "The White House said that the meeting is on."
AFTER = "There is no meeting, the White House said on Wednesday."
# A configuration of its own: small, so that reading it costs a test nothing.
CONFIG = {
    "settings.yml": "topic: Meetings\ncollection: {user_agent: test}",
    "feeds.yml": "feeds: []",
    "scope.yml": "terms: [meeting]",
    "actors.yml": "actors: [{id: us-government, name: United States government, kind: government}]",
    "issues.yml": "issues: [{id: meeting, name: The meeting, proposition: It is held, terms: [meeting]}]",
    "cues.yml": "cues: [{id: say, forms: [said], sense: speech}]",
    "stance_rules.yml": json.dumps({"vocabulary": {key: [] for key in Vocabulary.model_fields}}),
    "channels.yml": """
channels:
  - {id: screen, kind: console}
  - {id: book, kind: file, path: out/alerts.jsonl}
  - {id: team, kind: apprise, enabled: false, url_env: TEAM_URL}
""",
}


def make_statement(statement_id: str, evidence: str, text: str, stance: Stance, day: int) -> Statement:
    start = text.index(evidence)
    return Statement(
        statement_id=statement_id,
        article_id="a1",
        version_id="v1",
        origin_id="o1",
        actor_id="us-government",
        speaker_text="the White House",
        issue_id="meeting",
        stance=stance,
        strength=2,
        source_count=4 if stance is Stance.OPPOSE else None,
        source_rank="senior" if stance is Stance.OPPOSE else None,
        target_actor_id="israel-government" if stance is Stance.OPPOSE else None,
        event_root=EventRoot.REJECT if stance is Stance.OPPOSE else None,
        event_confidence=0.876 if stance is Stance.OPPOSE else None,
        basis=Basis.ON_RECORD,
        quote_type=QuoteType.INDIRECT,
        evidence=evidence,
        evidence_start=start,
        evidence_end=start + len(evidence),
        stated_at=datetime(2024, 3, day, tzinfo=UTC),
        known_from=NOW,
        confidence=0.91,
        rule_id="meeting-3",
        model_version="m1",
        cue="said",
    )


def fill(warehouse: Warehouse, home: Path) -> None:
    """Save one article that holds both sides of a flip, and a claim of a planned event."""
    text = f"Émile \N{GRINNING FACE} reports.\n{BEFORE}\n{AFTER}"
    article = Article(
        article_id="a1", feed_id="post", outlet="Example Post", url="https://post.example/a", canonical_url="https://post.example/a",
        title="No meeting \u202e", first_seen_at=NOW, published_at=NOW, published_at_basis="feed",
    )  # fmt: skip
    version = ArticleVersion(
        version_id="v1", article_id="a1", version_number=1, seen_at=NOW, title=article.title, text=text, text_sha256="t",
        text_basis="page", extractor="x", language="en", raw_sha256="r",
    )  # fmt: skip
    passage = Passage(
        article_id="a1", version_id="v1", origin_id="o1", outlet="Example Post", title=article.title, text=text,
        published_at=NOW, known_from=NOW,
    )  # fmt: skip
    said = [
        make_statement("5aa1", BEFORE, text, Stance.SUPPORT, 25),
        make_statement("5ab2", AFTER, text, Stance.OPPOSE, 27),
    ]
    start = text.index(AFTER)
    claim = EventClaim(
        claim_id="e1c1", event_id="meeting-in-march", issue_id="meeting", state=EventState.CANCELLED,
        claimed_by="us-government", about_actor_id=None, basis=Basis.ON_RECORD, mode=None, scheduled_for=None,
        statement_id="5ab2", article_id="a1", version_id="v1", origin_id="o1", evidence=AFTER, evidence_start=start,
        evidence_end=start + len(AFTER), stated_at=NOW, known_from=NOW, confidence=0.8, rule_id="event-1", model_version="m1",
    )  # fmt: skip
    position = Position(
        position_id="p1", actor_id="us-government", issue_id="meeting", basis=Basis.ON_RECORD,
        stance=Stance.OPPOSE, strength=2, conditional=False, valid_from=NOW, valid_to=None, known_from=NOW,
        last_stated_at=NOW, stale_from=NOW, statement_count=1, origin_count=1, confidence=0.9, lead_statement_id="5ab2",
    )  # fmt: skip
    flip = PositionChange(
        change_id="c0ffee01", kind=ChangeKind.FLIP, state=ChangeState.CONFIRMED, actor_id="us-government",
        issue_id="meeting", basis=Basis.ON_RECORD, before_statement_id="5aa1", after_statement_id="5ab2",
        changed_at=NOW, known_from=NOW, confidence=0.87, before_origin_count=2, after_origin_count=1,
        summary="from support to oppose", against=("one origin only",),
    )  # fmt: skip
    lifecycle = replace(
        flip, change_id="c0ffee02", kind=ChangeKind.LIFECYCLE, before_statement_id=None, after_statement_id="e1c1",
        event_id="meeting-in-march", state=ChangeState.CANDIDATE,
    )  # fmt: skip
    warehouse.save_dimensions(load_config(home))
    warehouse.save_run(Run(run_id="run1", flow="run", started_at=NOW, ended_at=NOW, state="completed"))
    warehouse.save_articles([article])
    warehouse.save_versions([version])
    warehouse.save_origins([Origin(version_id="v1", origin_id="o1", basis="wire")])
    warehouse.save_tagged([passage], "m1", said, [claim], NOW)
    save_positions(warehouse, position)
    save_changes(warehouse, flip, lifecycle)


def make_home(home: Path) -> Path:
    (home / "config").mkdir(parents=True)
    for name, text in CONFIG.items():
        (home / "config" / name).write_text(text)
    return home


@pytest.fixture
def empty_home(tmp_path: Path) -> Path:
    """A home that nothing has run in."""
    return make_home(tmp_path / "home")


@pytest.fixture(scope="module")
def first_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a published snapshot, its alerts sent; made once."""
    home = make_home(tmp_path_factory.mktemp("first") / "home")
    with open_warehouse(load_config(home)) as warehouse:
        fill(warehouse, home)
    deliver_alerts(Job(load_config(home), clock=lambda: NOW, stream=io.StringIO()), "run1")
    with open_warehouse(load_config(home)) as warehouse:
        warehouse.publish_snapshot(home / "warehouse" / "snapshot.duckdb", run_id="run1", published_at=NOW)
    return home


@pytest.fixture
def home(first_home: Path, tmp_path: Path) -> Path:
    """A copy of ``first_home`` that a test may change."""
    return Path(shutil.copytree(first_home, tmp_path / "home"))


def call(home: Path, *arguments: str) -> int:
    """Run the program; return its exit code."""
    try:
        main(["--home", str(home), *arguments])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_explain_tells_everything_behind_a_change(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, "explain", "c0ffee01") == 0
    out = capsys.readouterr().out
    assert "Flip: United States government on The meeting: confirmed" in out
    for words in (
        "confidence  0.87",
        "why         from support to oppose",
        "against     one origin only",
        "BEFORE (independent origins: n=2)",
        f"“{BEFORE}”",
        f"“{AFTER}”",
        "Example Post, 2024-03-25: No meeting <U+202E>",
        "https://post.example/a",
        "text[17:61] of version 1 of article a1: verbatim in the stored text",
        'rule meeting-3, model m1, cue "said"',
        "sources     4 unnamed, senior",
        "event       REJECT towards israel-government (PLOVER root, 0.88)",
        "o1 (wire)",
    ):
        assert words in out


def test_explain_takes_a_unique_prefix_and_names_the_ids_of_one_that_is_not(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(home, "explain", "5AB") == 0
    assert f"“{AFTER}”" in capsys.readouterr().out
    assert call(home, "explain", "c0ffee") == 2
    err = capsys.readouterr().err
    assert "more than one id begins so: c0ffee01 (change), c0ffee02 (change)" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("identifier", ["dead", "", "%", "'; DROP TABLE run; --"])
def test_explain_of_an_unknown_id_is_one_line_and_exit_2(
    home: Path, capsys: pytest.CaptureFixture[str], identifier: str
) -> None:
    assert call(home, "explain", identifier) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.endswith("no change, statement or claim in the snapshot begins so\n")
    assert len(captured.err.splitlines()) == 1


def test_explain_of_a_statement_names_the_changes_that_stand_on_it(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(home, "explain", "5ab2") == 0
    assert "part of     flip c0ffee01 (confirmed)" in capsys.readouterr().out


def test_explain_of_an_event_shows_the_claim_and_says_that_nothing_was_before(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(home, "explain", "c0ffee02") == 0
    out = capsys.readouterr().out
    assert "nothing earlier is known" in out
    assert ": cancelled on The meeting" in out
    assert "rule event-1" in out


def test_explain_as_json_keeps_the_words_verbatim(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, "explain", "c0ffee01", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["before"]["quote"] == BEFORE
    assert found["before"]["title"] == "No meeting \u202e"
    assert found["change"]["against"] == ["one origin only"]
    assert found["after"]["is_verbatim"] is True
    assert found["after"]["stated_at"].startswith("2024-03-27T00:00:00")


@pytest.mark.parametrize("arguments", [("explain", "c0ffee01"), ("report",), ("alerts", "list")])
def test_without_a_snapshot_each_says_so_in_one_line(
    empty_home: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    assert call(empty_home, *arguments) == 2
    err = capsys.readouterr().err
    assert "there is no snapshot yet" in err
    assert len(err.splitlines()) == 1


def test_report_is_written_where_the_settings_say_or_where_asked(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(home, "report") == 0
    page = (home / "warehouse" / "report.html").read_text(encoding="utf-8")
    assert call(home, "report", "-o", str(tmp_path / "new" / "page.html")) == 0
    assert (tmp_path / "new" / "page.html").read_text(encoding="utf-8") == page
    assert capsys.readouterr().out.splitlines()[1] == str(tmp_path / "new" / "page.html")
    for words in ("from support to oppose", BEFORE, AFTER, "▼", "n=2", "The meeting", "cancelled"):
        assert words in page
    assert list((tmp_path / "new").iterdir()) == [tmp_path / "new" / "page.html"]


def test_a_report_that_cannot_be_written_is_one_line_and_leaves_nothing(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert call(home, "report", "-o", str(tmp_path / "file" / "page.html")) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_alerts_list_shows_what_went_where(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, "alerts", "list") == 0
    out = capsys.readouterr().out
    assert "2024-03-27 20:00  sent     screen  c0ffee01" in out
    assert "2024-03-27 20:00  sent     book  c0ffee01" in out
    assert "team" not in out


def test_alerts_list_can_be_narrowed_and_read_by_programs(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, "alerts", "list", "--json", "--state", "sent", "--limit", "1") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["state"] == DeliveryState.SENT
    assert call(home, "alerts", "list", "--state", "dead") == 0
    assert capsys.readouterr().err == "No alerts.\n"


def test_alerts_send_finds_nothing_new_and_then_only_the_retraction(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(home, "alerts", "send") == 0
    assert "0 queued, 0 sent, 0 failed" in capsys.readouterr().err
    with open_warehouse(load_config(home)) as warehouse:
        changes = [replace(change, state=ChangeState.RETRACTED) for change in warehouse.load_changes()]
        save_changes(warehouse, *changes)
    assert call(home, "alerts", "send") == 0
    captured = capsys.readouterr()
    assert "2 queued, 2 sent, 0 failed" in captured.err
    assert captured.out.count("RETRACTED: Flip") >= 1
    assert "Lifecycle" not in captured.out
    told = [json.loads(line)["change"]["state"] for line in (home / "out" / "alerts.jsonl").read_text().splitlines()]
    assert told == ["confirmed", "retracted"]


def test_alerts_test_sends_a_marked_message(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, "alerts", "test", "screen") == 0
    assert "TEST:" in capsys.readouterr().out


def test_alerts_test_names_the_missing_variable_of_a_channel(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TEAM_URL", raising=False)
    assert call(home, "alerts", "test", "team") == 2
    assert "environment variable TEAM_URL is not set" in capsys.readouterr().err


def test_alerts_test_of_an_unknown_channel_names_the_known_ones(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(home, "alerts", "test", "nobody") == 2
    assert "there are: screen, book, team" in capsys.readouterr().err
