"""parse-feed, extract, feeds import and feeds export: files in, lines out."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from volteface.cli import main, program
from volteface.config import load_config

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
OPML = """<opml version="2.0"><body>
<outline type="rss" text="Known" xmlUrl="https://known.example/rss"/>
<outline type="rss" text="New Post" xmlUrl="https://new.example/rss"/>
<outline type="rss" text="known" xmlUrl="https://other.example/rss" language="fr-FR"/></body></opml>"""
KNOWN = {"id": "known", "outlet": "Known", "url": "https://known.example/rss", "publisher_family": "known",
         "source_type": "national", "language": "en"}  # fmt: skip


def call(*arguments: str | Path, home: Path = ROOT) -> Result:
    return CliRunner().invoke(program, ["--home", str(home), *map(str, arguments)], catch_exceptions=False)


def test_parse_feed_prints_a_line_for_each_file_whatever_it_holds():
    files = [GOLDEN / "feeds" / name for name in ("rss-news.xml", "login-page.html", "cut-off.xml")]

    rows = [json.loads(line) for line in call("parse-feed", *files).stdout.splitlines()]

    assert [row["file"] for row in rows] == [str(file) for file in files]
    assert [row["status"] for row in rows] == ["ok", "failed", "recovered"]
    assert set(rows[0]["entries"][0]) == {"id", "url", "title", "summary", "published_at"}
    assert rows[0]["entries"][0]["published_at"] == "2024-03-27T12:05:00+00:00"
    assert rows[1]["entries"] == []
    assert rows[1]["error"] == "the body is an HTML page, not a feed"


def test_extract_reads_pages_packed_or_not(tmp_path: Path):
    page = GOLDEN / "articles" / "json-ld.html"
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress(page.read_bytes()))

    plain, unpacked = (json.loads(line) for line in call("extract", page, packed).stdout.splitlines())

    assert plain | {"file": ""} == unpacked | {"file": ""}
    assert (plain["outcome"], plain["published_at"]) == ("ok", "2024-03-27T12:05:00+00:00")
    assert plain["authors"] == ["Ada Writer", "Ben Reporter"]
    assert plain["text"].startswith("The foreign minister said")


@pytest.mark.parametrize("command", ["parse-feed", "extract"])
def test_output_goes_to_a_file_whole_or_not_at_all(tmp_path: Path, command: str):
    source = GOLDEN / "feeds" / "atom.xml" if command == "parse-feed" else GOLDEN / "articles" / "json-ld.html"
    target = tmp_path / "rows.jsonl"
    target.write_text("as before")

    with pytest.raises(SystemExit):
        main([command, str(source), str(tmp_path / "missing"), "-o", str(target)])
    assert [path.name for path in tmp_path.iterdir()] == ["rows.jsonl"]
    assert target.read_text() == "as before"

    assert call(command, source, "-o", target).stdout == ""
    assert len(target.read_text().splitlines()) == 1


@pytest.mark.parametrize("command", ["parse-feed", "extract"])
@pytest.mark.parametrize("content", [None, b"\x1f\x8b not gzip"])
def test_file_that_cannot_be_read_is_one_line_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, content: bytes | None
):
    path = tmp_path / "page.gz"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(SystemExit) as exit_info:
        main([command, str(path)])

    error = capsys.readouterr().err
    assert exit_info.value.code == 2
    assert str(path) in error
    assert len(error.strip().splitlines()) == 1


@pytest.fixture
def home(make_home: Callable[..., Path]) -> Path:
    return make_home([KNOWN])


@pytest.fixture
def opml(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.opml"
    path.write_text(OPML)
    return path


def test_import_prints_what_is_new_and_changes_nothing(home: Path, opml: Path):
    before = (home / "config" / "feeds.yml").read_bytes()

    rows = yaml.safe_load(call("feeds", "import", opml, "--language", "en", home=home).stdout)

    assert [(row["id"], row["url"], row["language"], row.get("enabled", True)) for row in rows] == [
        ("new-post", "https://new.example/rss", "en", True),
        ("known-2", "https://other.example/rss", "fr", False),  # settings.yml reads English alone
    ]
    assert (home / "config" / "feeds.yml").read_bytes() == before


def test_import_writes_what_is_new_and_the_configuration_stays_valid(home: Path, opml: Path):
    before = (home / "config" / "feeds.yml").read_bytes()

    call("feeds", "import", opml, "--write", "--dry-run", home=home)
    assert (home / "config" / "feeds.yml").read_bytes() == before

    call("feeds", "import", opml, "--write", home=home)
    assert [feed.id for feed in load_config(home).feeds] == ["known", "new-post", "known-2"]
    assert [path.name for path in (home / "config").iterdir() if path.name.startswith(".")] == []

    call("feeds", "import", opml, "--write", home=home)
    assert len(load_config(home).feeds) == 3


def test_import_keeps_what_a_person_wrote(home: Path, opml: Path):
    path = home / "config" / "feeds.yml"
    path.write_text(f"# our list\nfeeds:\n    # the first\n    - {json.dumps(KNOWN)}\n")

    call("feeds", "import", opml, "--write", home=home)

    assert path.read_text().startswith("# our list\nfeeds:\n    # the first\n")
    assert len(load_config(home).feeds) == 3


def test_import_of_something_else_is_refused_by_name(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "list.opml"
    path.write_text("<html></html>")

    with pytest.raises(SystemExit) as exit_info:
        main(["--home", str(home), "feeds", "import", str(path)])

    assert exit_info.value.code == 2
    assert f"{path}: the root is <html>, not <opml>" in capsys.readouterr().err


def test_what_is_exported_is_known_when_it_is_imported(home: Path, tmp_path: Path):
    target = tmp_path / "out.opml"

    call("feeds", "export", "-o", target, home=home)

    assert "https://known.example/rss" in target.read_text()
    assert call("feeds", "import", target, home=home).stdout == ""
