"""The shape of the house: which way imports run, and where the outside is touched."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import click
import pytest

from volteface.cli import COMMANDS, program

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "volteface"
MODULES = sorted(SOURCE.rglob("*.py"))


def test_imports_run_one_way():
    """The contracts of pyproject.toml hold: layers, no I/O in decisions, Prefect only in flows/."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"

    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 broken" in result.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_module_does_one_thing(path: Path):
    """A module over 250 lines does more than one thing; a name such as utils says nothing."""
    assert len(path.read_text().splitlines()) <= 250
    assert path.stem not in {"utils", "helpers", "common", "manager", "managers", "core"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_clock_is_read_in_one_place(path: Path):
    """Only adapters/clock.py asks what time it is; everything else is told."""
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if isinstance(node.func.value, ast.Name) and node.func.value.id in {"datetime", "date"}
    }

    assert not calls & {"now", "utcnow", "today"} or path.name == "clock.py"


def test_only_the_feed_parser_calls_feedparser():
    """feedparser opens paths and URLs that it is given as text, so one module alone may call it."""
    users = [path for path in MODULES if "import feedparser" in path.read_text()]

    assert [path.relative_to(SOURCE).as_posix() for path in users] == ["feeds/parse.py"]


def test_every_command_is_in_the_readme():
    """A command that the README does not name is a command that nobody finds."""
    readme = (ROOT / "README.md").read_text()

    assert [name for name in COMMANDS if f"volteface {name}" not in readme] == []


def test_every_command_can_be_called():
    """Each name of the program leads to a command with a help text."""
    context = click.Context(program)
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        assert command is not None
        assert command.help, name


def test_top_level_holds_what_is_agreed():
    """The top level stays small: folders of the design and the files that tools expect there."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    allowed = {
        *("pyproject.toml", "README.md", "Makefile", "LICENSE", "CHANGELOG.md", "constraints.txt", ".gitignore", ".ci"),
        *("config", "warehouse", "flows", "src", "tests", "benchmarks", "training", "docs", "prefect.yaml"),
        ".gitattributes",
    }

    assert {path.split("/")[0] for path in tracked} <= allowed
