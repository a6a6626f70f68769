"""`volteface doctor` tells what is wrong, all of it, and touches nothing."""

from __future__ import annotations

import json
import shutil
from importlib import metadata
from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner, Result

from volteface.adapters.warehouse.lock import hold_writer_lock
from volteface.commands import doctor as module
from volteface.commands.context import Session

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    return tmp_path


@pytest.fixture
def cheap_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the language model, which takes a second, where a test is about something else."""
    monkeypatch.setattr("volteface.language.pipeline.build_nlp", lambda _config: spacy.blank("en"))


def _run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(module.doctor, list(arguments), obj=Session(home=home))


def test_healthy_home_passes_and_is_left_as_it_was(home: Path):
    before = sorted(home.rglob("*"))
    result = _run(home)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert all(line.startswith("ok ") for line in lines)
    for name in ("configuration", "language model", "warehouse", "folder", "disk", "fastapi", "sqlalchemy"):
        assert any(line[8:].startswith(name) for line in lines), name
    assert sorted(home.rglob("*")) == before


def test_every_configuration_error_is_told_and_the_rest_skipped(home: Path):
    (home / "config" / "feeds.yml").unlink()
    (home / "config" / "scope.yml").write_text("terms: []\nexclude: []\n")
    result = _run(home, "--json")
    assert result.exit_code == 2
    checks = json.loads(result.output)
    wrong = [check["detail"] for check in checks if check["status"] == "wrong"]
    assert len(wrong) == 3
    assert any("config/scope.yml: exclude: unknown key" in detail for detail in wrong)
    assert {check["name"] for check in checks if check["status"] == "skipped"} == {
        "channels",
        "language model",
        "warehouse",
        "folders",
    }


def test_model_that_is_not_there_is_wrong(home: Path):
    path = home / "config" / "settings.yml"
    path.write_text(path.read_text().replace("model: volteface_news", "model: xx_no_such_model"))
    result = _run(home)
    assert result.exit_code == 2
    assert "wrong   language model  language model xx_no_such_model: " in result.output


@pytest.mark.usefixtures("cheap_model")
def test_warehouse_that_a_run_writes_is_said_to_be_locked(home: Path):
    warehouse = home / "warehouse" / "news.duckdb"
    warehouse.parent.mkdir()
    warehouse.write_bytes(b"never opened while it is locked")
    with hold_writer_lock(warehouse, wait_seconds=0):
        result = _run(home)
    assert result.exit_code == 0, result.output
    assert "warehouse       locked: " in result.output


@pytest.mark.usefixtures("cheap_model")
def test_warehouse_that_is_no_database_is_wrong(home: Path):
    warehouse = home / "warehouse" / "news.duckdb"
    warehouse.parent.mkdir()
    warehouse.write_bytes(b"not a database" * 1000)
    result = _run(home)
    assert result.exit_code == 2
    assert "wrong   warehouse" in result.output


@pytest.mark.usefixtures("cheap_model")
def test_folder_that_is_a_file_is_wrong(home: Path):
    (home / "warehouse").mkdir()
    (home / "warehouse" / "captures").write_text("in the way")
    result = _run(home)
    assert result.exit_code == 2
    assert f"{home / 'warehouse' / 'captures'}: cannot be written" in result.output


@pytest.mark.usefixtures("cheap_model")
def test_full_disk_is_wrong(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MIN_FREE_BYTES", 2**80)
    result = _run(home)
    assert result.exit_code == 2
    assert "captures need 1 GiB at least" in result.output


@pytest.mark.parametrize(("installed", "status"), [("0.154.9", "ok"), ("0.155.0", "wrong"), ("1.0", "wrong")])
def test_release_that_breaks_the_server_is_wrong(monkeypatch: pytest.MonkeyPatch, installed: str, status: str):
    real = metadata.version
    monkeypatch.setattr(module.metadata, "version", lambda name: installed if name == "fastapi" else real(name))
    found = [check for check in module._check_versions() if check.name == "fastapi"]
    assert [check.status for check in found] == [status]


@pytest.mark.usefixtures("cheap_model")
def test_channel_without_its_secret_is_wrong(home: Path, monkeypatch: pytest.MonkeyPatch):
    path = home / "config" / "channels.yml"
    path.write_text(path.read_text().replace("enabled: false", "enabled: true"))
    monkeypatch.delenv("VOLTEFACE_TEAM_URL", raising=False)
    result = _run(home)
    assert result.exit_code == 2
    assert "VOLTEFACE_TEAM_URL is not set" in result.output
