"""F37: a secret is named, never written: not in logs, flow parameters, artifacts, the warehouse or any file."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import ROOT
from pytest_httpserver import HTTPServer
from stored_home import MakeHome, make_quick_home, serve_stories

from volteface.config import load_config
from volteface.errors import ConfigError

CANARY = "kanarienvogel7731"
_FLOW = """
import sys
from flows.monitor import monitor
print(monitor(home=sys.argv[1]))
"""


@pytest.fixture
def home(make_home: MakeHome, httpserver: HTTPServer) -> Path:
    desk = {"kind": "apprise", "url_env": "HOOK_DESK"}
    return make_quick_home(make_home, serve_stories(httpserver), desk=desk)


def run_with_secret(httpserver: HTTPServer, *command: str, **more: str) -> str:
    """Run with the secret in a webhook's password, path and token; return all that was printed."""
    port = httpserver.port
    hook = f"json://user:{CANARY}@127.0.0.1:{port}/{CANARY}/hook?token={CANARY}"
    done = subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        check=False,
        timeout=150,
        cwd=ROOT,
        env={**os.environ, "HOOK_DESK": hook, **more},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout + done.stderr


def list_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield everything that was written below a folder, as text: files as they are, databases row by row."""
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        yield str(path), path.read_bytes().decode("utf-8", "replace")
        if path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as con:
                for (table,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall():
                    yield f"{path.name} {table}", str(con.execute(f'SELECT t::VARCHAR FROM "{table}" AS t').fetchall())
        elif path.suffix == ".db":
            with sqlite3.connect(path) as lite:
                yield path.name, "\n".join(lite.iterdump())


def assert_unseen(folder: Path, printed: str) -> int:
    assert CANARY not in printed
    texts = list(list_texts(folder))
    assert [name for name, text in texts if CANARY in text] == []
    return len(texts)


@pytest.mark.parametrize("status", [200, 500], ids=["it takes them", "it refuses them"])
def test_run_that_sends_to_a_secret_address_writes_it_nowhere(
    home: Path, httpserver: HTTPServer, tmp_path: Path, status: int
) -> None:
    httpserver.expect_request(f"/{CANARY}/hook").respond_with_data("", status=status)
    printed = run_with_secret(
        httpserver, "-c", "from volteface.cli import main; main()", "--home", str(home), "run", "--once"
    )

    assert sum(request.path.endswith("/hook") for request, _ in httpserver.log) > 0  # the secret was used
    assert assert_unseen(tmp_path, printed) > 20
    assert "HOOK_DESK" in (home / "config" / "channels.yml").read_text()


def test_flow_leaves_the_secret_out_of_prefects_database_too(
    home: Path, httpserver: HTTPServer, tmp_path: Path
) -> None:
    """Parameters, logs, task runs and artifacts are all in Prefect's database."""
    httpserver.expect_request(f"/{CANARY}/hook").respond_with_data("", status=500)
    prefect = tmp_path / "prefect"
    printed = run_with_secret(
        httpserver,
        "-c",
        _FLOW,
        str(home),
        PREFECT_HOME=str(prefect),
        PREFECT_SERVER_ALLOW_EPHEMERAL_MODE="true",
        PREFECT_SERVER_ANALYTICS_ENABLED="false",
        PREFECT_LOGGING_LEVEL="DEBUG",
        PREFECT_API_URL="",
    )

    with sqlite3.connect(prefect / "prefect.db") as lite:
        dump = "\n".join(lite.iterdump())
    assert "alert kept for later" in dump  # the failure is shown, by the variable's name or the status alone
    assert str(home) in dump  # parameters are in it
    assert_unseen(tmp_path, printed)


@pytest.mark.parametrize(
    ("file", "document"),
    [
        ("feeds", {"feeds": [{"id": "a", "outlet": "A", "url": f"https://u:{CANARY}@a.example/f"}]}),
        ("channels", {"channels": [{"id": "a", "kind": "apprise", "url": f"json://{CANARY}"}]}),
        ("channels", {"channels": [{"id": "a", "kind": "apprise", "url_env": f"json://{CANARY}"}]}),
    ],
)
def test_secret_that_somebody_writes_into_a_file_is_refused_and_not_repeated(
    home: Path, file: str, document: dict[str, object]
) -> None:
    (home / "config" / f"{file}.yml").write_text(yaml.safe_dump(document))
    with pytest.raises(ConfigError) as refused:
        load_config(home)
    assert CANARY not in str(refused.value)
