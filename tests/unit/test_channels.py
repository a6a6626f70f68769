import errno
import io
import json
import logging
import os
import socket
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from volteface.adapters.channels import CHANNELS, send
from volteface.alerts.render import render_test
from volteface.config.channels import Channel, ChannelKind
from volteface.errors import ChannelError

NOW = datetime(2024, 3, 4, tzinfo=UTC)
CONSOLE = Channel(id="desk", kind="console")
FILE = Channel(id="file", kind="file", path="out/alerts.jsonl")
CHAT = Channel(id="chat", kind="apprise", url_env="CHAT_URL")


def deliver(channel: Channel, *, home: Path = Path(), environ: dict[str, str] | None = None) -> str:
    stream = io.StringIO()
    send(channel, render_test(channel, now=NOW), home=home, environ=environ or {}, stream=stream)
    return stream.getvalue()


def test_every_kind_of_channel_can_be_sent_to() -> None:
    assert set(CHANNELS) == set(ChannelKind)


def test_the_console_gets_subject_and_body() -> None:
    alert = render_test(CONSOLE, now=NOW)
    assert deliver(CONSOLE).endswith(f"{alert.subject}\n\n{alert.body}\n")


def test_the_console_does_not_say_the_same_line_twice() -> None:
    stream = io.StringIO()
    alert = replace(render_test(CONSOLE, now=NOW), subject="A", body="A (confidence 0.90)")
    send(CONSOLE, alert, home=Path(), environ={}, stream=stream)
    assert stream.getvalue().splitlines()[1:] == ["A (confidence 0.90)"]


def test_a_console_that_cannot_write_a_character_gets_an_escape() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    channel = Channel(id="desk", kind="console")
    alert = replace(render_test(channel, now=NOW), subject="رفح")
    send(channel, alert, home=Path(), environ={}, stream=stream)
    assert rb"\u0631\u0641\u062d" in raw.getvalue()


def test_a_closed_console_is_a_channel_error() -> None:
    stream = io.StringIO()
    stream.close()
    with pytest.raises(ChannelError, match="desk"):
        send(CONSOLE, render_test(CONSOLE, now=NOW), home=Path(), environ={}, stream=stream)


def test_a_file_gets_one_json_line_for_each_alert_and_its_folder_is_made(tmp_path: Path) -> None:
    deliver(FILE, home=tmp_path)
    deliver(FILE, home=tmp_path)
    lines = (tmp_path / "out" / "alerts.jsonl").read_text().splitlines()
    assert [json.loads(line)["channel_id"] for line in lines] == ["file", "file"]


def test_a_line_that_a_crash_left_half_written_spoils_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "out" / "alerts.jsonl"
    path.parent.mkdir()
    path.write_bytes(b'{"torn": ')
    deliver(FILE, home=tmp_path)
    lines = path.read_text().splitlines()
    assert lines[0] == '{"torn": '
    assert json.loads(lines[1])["test"] is True


def test_a_folder_that_is_a_file_is_a_channel_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(ChannelError, match=r"channel file: out/alerts\.jsonl: "):
        deliver(FILE, home=tmp_path)


def test_a_full_disk_is_a_channel_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_descriptor: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", refuse)
    with pytest.raises(ChannelError, match="No space left"):
        deliver(FILE, home=tmp_path)


def test_a_disk_that_takes_only_a_part_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:7]))
    deliver(FILE, home=tmp_path)
    assert json.loads((tmp_path / "out" / "alerts.jsonl").read_text())["test"] is True


def make_url(httpserver: HTTPServer, secret: str = "s3cret") -> str:
    return f"json://user:{secret}@{httpserver.host}:{httpserver.port}/{secret}"


def test_a_webhook_gets_the_alert_as_plain_text(httpserver: HTTPServer) -> None:
    httpserver.expect_oneshot_request("/s3cret", method="POST").respond_with_data("ok")
    deliver(CHAT, environ={"CHAT_URL": make_url(httpserver)})
    (request, _), *more = httpserver.log
    alert = render_test(CHAT, now=NOW)
    assert (request.json["title"], request.json["message"]) == (alert.subject, alert.body)
    assert more == []


@pytest.mark.parametrize("status", [404, 500])
def test_a_webhook_that_refuses_is_a_channel_error_with_its_status_and_no_secret(
    httpserver: HTTPServer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], status: int
) -> None:
    httpserver.expect_request("/s3cret").respond_with_data("s3cret", status=status)
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ChannelError) as caught:
        deliver(CHAT, environ={"CHAT_URL": make_url(httpserver)})
    assert str(status) in str(caught.value)
    assert len(httpserver.log) == 1
    assert_no_secret(caught.value, caplog, capfd)


def test_a_server_that_is_down_is_a_channel_error_without_the_secret(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(ChannelError, match="was not reached") as caught:
        deliver(CHAT, environ={"CHAT_URL": f"json://user:s3cret@127.0.0.1:{port}/s3cret"})
    assert_no_secret(caught.value, caplog, capfd)


@pytest.mark.parametrize("url", ["nonsense://s3cret", "s3cret", "json://a.example/s3cret, json://b.example/s3cret"])
def test_a_url_that_is_not_one_apprise_url_is_a_channel_error_without_the_secret(
    url: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ChannelError, match="CHAT_URL") as caught:
        deliver(CHAT, environ={"CHAT_URL": url})
    assert_no_secret(caught.value, caplog, capfd)


@pytest.mark.parametrize("environ", [{}, {"CHAT_URL": " "}])
def test_a_missing_variable_is_named(environ: dict[str, str]) -> None:
    with pytest.raises(ChannelError, match="environment variable CHAT_URL is not set"):
        deliver(CHAT, environ=environ)


def assert_no_secret(error: BaseException, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    out, err = capfd.readouterr()
    chain = f"{error} {error.__cause__}"
    logs = [record.getMessage() for record in caplog.records if record.name.startswith(("apprise", "urllib3"))]
    assert "s3cret" not in " ".join([chain, out, err, *logs])
