"""F34, F35, F36: what feeds write acts nowhere: not in mail, chat, terminal, artifacts, report, spreadsheet or file names."""

from __future__ import annotations

import csv
import email
import email.policy
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import describe_feed, render_page
from pytest_httpserver import HTTPServer
from stored_home import MakeHome, find_warehouse, make_job, make_quick_home

from flows.artifacts import show_plainly
from volteface.adapters.channels.apprise import send_apprise
from volteface.adapters.warehouse.reader import export_tables
from volteface.alerts.render import MAX_SUBJECT, render_alert
from volteface.cli import main
from volteface.config.channels import Channel
from volteface.models import Basis, ChangeKind, ChangeState, Evidence, PositionChange
from volteface.stages.cycle import run_cycle

NOW = datetime(2024, 4, 2, tzinfo=UTC)
PAYLOADS = (
    "<script>alert(1)</script>",
    '<img src="https://evil.example/pixel.png">',
    "[click](javascript:alert(1))",
    "<!channel> @everyone <@U123>",
    "line\r\nBcc: victim@example.org\r\n\r\nbody",
    "\u202eright to left\u202c",
    "\x1b[31mred\x1b[0m",
    '=HYPERLINK("https://evil.example")',
    "{{7*7}}{% raise %}",
    "../../etc/passwd",
)


def make_alert(payload: str, kind: str):
    change = PositionChange(
        change_id="c1",
        kind=next(iter(ChangeKind)),
        state=ChangeState.CONFIRMED,
        actor_id=f"other:{payload}",
        issue_id="ceasefire",
        basis=Basis.ON_RECORD,
        before_statement_id=None,
        after_statement_id="s1",
        changed_at=NOW,
        known_from=NOW,
        confidence=0.9,
        summary=payload,
        before_origin_count=1,
        after_origin_count=1,
        against=(payload,),
    )
    evidence = Evidence(
        statement_id="s1",
        actor_id="x",
        speaker_text=payload,
        stance="support",
        basis="on_record",
        quote=payload,
        outlet=payload,
        url=payload,
        title=payload * 30,
        stated_at=NOW,
    )
    row = {"id": "desk", "kind": kind} | ({"url_env": "HOOK"} if kind == "apprise" else {})
    channel = Channel.model_validate(row)
    return channel, render_alert(change, channel, None, evidence, actor_names={}, issue_names={}, now=NOW)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("kind", ["console", "apprise"])
def test_alert_holds_nothing_that_acts(payload: str, kind: str) -> None:
    _, alert = make_alert(payload, kind)
    shown = alert.subject + alert.body.replace("\n", "")
    assert not any(ord(character) < 32 or character in "\u202e\u202c" for character in shown)
    assert len(alert.subject) <= MAX_SUBJECT
    assert "\n" not in alert.subject
    if kind == "apprise":
        assert not {"<", ">"} & set(alert.body)
        assert "](" not in alert.body
        assert "@everyone" not in alert.body
    assert json.loads(alert.payload_json)["after"]["url"] is None  # no link but to the web


@contextmanager
def take_mail() -> Iterator[tuple[int, list[bytes]]]:
    """Lend a mail server that takes one message, and what it took."""
    taken: list[bytes] = []

    def talk(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 here\r\n")
            while line := lines.readline():
                if line.upper().startswith(b"DATA"):
                    connection.sendall(b"354 go on\r\n")
                    body = []
                    while (each := lines.readline()) not in {b".\r\n", b""}:
                        body.append(each)
                    taken.append(b"".join(body))
                connection.sendall(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=talk, args=(server,), daemon=True)
        thread.start()
        yield server.getsockname()[1], taken
        thread.join(10)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_mail_has_one_reader_no_markup_of_others_and_no_remote_image(payload: str) -> None:
    channel, alert = make_alert(payload, "apprise")
    with take_mail() as (port, taken):
        url = f"mailto://127.0.0.1:{port}?to=desk@example.org&from=volteface@example.org&mode=insecure"
        send_apprise(channel, alert, environ={"HOOK": url})
    message = email.message_from_bytes(taken[0], policy=email.policy.default)

    assert message["Bcc"] is None
    assert "victim" not in str(message["To"])
    parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
    for part in parts:
        html = part.get_content()
        assert "<script" not in html
        assert "<img" not in html
        assert 'href="javascript' not in html.lower()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_artifact_shows_text_as_itself(payload: str) -> None:
    shown = show_plainly(payload)
    assert "<" not in shown
    assert "\n" not in shown
    assert "[click](" not in shown


@pytest.fixture
def home(make_home: MakeHome, httpserver: HTTPServer) -> Path:
    """Make a home whose feed's guids, titles, authors and links are all hostile, after a cycle."""
    items = "".join(
        f"<item><guid>{_escape(p)}</guid><title>{_escape(p)} Rafah</title><author>{_escape(p)}</author>"
        f"<link>{httpserver.url_for('/page')}?n={n}&amp;f=../../{n}</link></item>"
        for n, p in enumerate(payload for payload in PAYLOADS if "\x1b" not in payload)
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'
    httpserver.expect_request("/feed").respond_with_data(feed, content_type="application/rss+xml")
    said = "=1+1 Benjamin Netanyahu said on Monday that he opposes a ceasefire in Gaza <script>alert(1)</script>."
    page = render_page("=HYPERLINK(1)", [_escape(said)] * 3)
    httpserver.expect_request("/page").respond_with_data(page, content_type="text/html")
    feeds = [describe_feed("paper", httpserver.url_for("/feed"), in_scope=True)]
    home = make_quick_home(make_home, feeds, file={"kind": "file", "path": "told.jsonl"})
    run_cycle(make_job(home))
    return home


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def test_cycle_over_hostile_names_writes_where_it_should_and_shows_markup_as_text(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """F36: file names come from our own hashes. F34: the report holds no script of others. F35: a CSV holds no formula."""
    assert {path.name for path in tmp_path.iterdir()} == {"home"}
    assert {path.name for path in home.iterdir()} <= {"config", "warehouse", "told.jsonl"}
    assert all(".." not in path.name and "passwd" not in path.name for path in home.rglob("*"))
    assert find_warehouse(home).exists()

    report = (home / "warehouse" / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in report
    assert "evil.example/pixel" not in report or "<img" not in report

    snapshot = home / "warehouse" / "snapshot.duckdb"
    for target, rows in export_tables(snapshot, ["entry", "article", "article_version", "statement"], tmp_path, "csv"):
        assert rows > 0 or target.stem == "statement"
        with target.open(newline="", encoding="utf-8") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    capsys.readouterr()
    main(["--home", str(home), "sql", "--format", "csv", "SELECT title, guid FROM entry"])
    cells = [cell for row in csv.reader(capsys.readouterr().out.splitlines()) for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
