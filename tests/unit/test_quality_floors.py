"""`make floors`, `make raise-floors`, and the flags that lowering takes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import floors as script
import pytest
from quality.floor_file import Floor, Floors, Pin, read_floors, write_floors

DAY = date(2024, 3, 1)
DIGEST = "a" * 64


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A floors file of one set and two measures."""
    monkeypatch.setattr(script, "digest_sets", lambda: {"news": DIGEST})
    path = tmp_path / "floors.yml"
    measures = {"news.cues": Floor(floor=0.8, set_on=DAY), "news.sources": Floor(floor=0.7, set_on=DAY)}
    path.write_text(write_floors(Floors(sets={"news": Pin(sha256=DIGEST, set_on=DAY)}, measures=measures)))
    return path


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that says what the pipeline scores."""

    def say(**figures: float) -> None:
        named = {f"news.{name}": figure for name, figure in figures.items()}
        monkeypatch.setattr(script, "measure", lambda model=None: named)  # noqa: ARG005 -- the function's signature

    return say


def levels(path: Path) -> dict[str, float]:
    return {name: floor.floor for name, floor in read_floors(path.read_text()).measures.items()}


def test_measuring_changes_nothing_and_succeeds_above_the_floors(path: Path, measured, capsys):
    before = path.read_text()
    measured(cues=0.85, sources=0.7)

    assert script.main([], path) == 0
    assert path.read_text() == before
    assert "news.cues" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ({"cues": 0.79, "sources": 0.7}, "news.cues: 0.7900 is below its floor, 0.8"),
        ({"cues": 0.8}, "news.sources: has a floor, but was not measured"),
        ({"cues": 0.8, "sources": 0.7, "triples": 0.6}, "news.triples: has no floor"),
    ],
)
def test_measuring_fails_and_says_why(path: Path, measured, capsys, figures: dict[str, float], message: str):
    measured(**figures)

    assert script.main([], path) == 1
    assert message in capsys.readouterr().out


def test_measuring_fails_on_a_set_that_is_not_the_pinned_one(path: Path, measured, capsys, monkeypatch):
    monkeypatch.setattr(script, "digest_sets", lambda: {"news": "b" * 64, "more": DIGEST})
    measured(cues=0.85, sources=0.7)

    assert script.main([], path) == 1
    shown = capsys.readouterr().out
    assert "news: the gold set is not the pinned one" in shown
    assert "more: the gold set is not pinned" in shown


def test_raising_raises_what_rose_and_lowers_nothing(path: Path, measured):
    measured(cues=0.9, sources=0.1)

    assert script.main(["--raise"], path) == 0
    assert levels(path) == {"news.cues": 0.89, "news.sources": 0.7}


def test_raising_is_refused_over_a_changed_set(path: Path, measured, capsys, monkeypatch):
    monkeypatch.setattr(script, "digest_sets", lambda: {"news": "b" * 64})
    measured(cues=0.9, sources=0.9)
    before = path.read_text()

    assert script.main(["--raise"], path) == 2
    assert path.read_text() == before
    assert "--accept-set" in capsys.readouterr().err


def test_lowering_takes_a_reason_and_keeps_it(path: Path):
    assert script.main(["--lower", "news.cues=0.75", "--because", "harder texts were added"], path) == 0
    assert levels(path)["news.cues"] == 0.75
    assert read_floors(path.read_text()).changes[0].because == "harder texts were added"


@pytest.mark.parametrize(
    "arguments", [["news.cues=0.75"], ["news.cues=0.95", "--because", "x"], ["news.cues", "--because", "x"]]
)
def test_lowering_is_refused_without_a_reason_a_lower_value_or_a_value(path: Path, capsys, arguments: list[str]):
    before = path.read_text()

    assert script.main(["--lower", *arguments], path) == 2
    assert path.read_text() == before
    assert capsys.readouterr().err


def test_a_changed_set_is_accepted_with_a_reason(path: Path, monkeypatch):
    monkeypatch.setattr(script, "digest_sets", lambda: {"news": "b" * 64})

    assert script.main(["--accept-set", "news", "--because", "a label was wrong"], path) == 0
    assert read_floors(path.read_text()).sets["news"].sha256 == "b" * 64


@pytest.mark.parametrize("arguments", [["news"], ["typo", "--because", "x"]])
def test_accepting_a_set_is_refused_without_a_reason_or_a_set(path: Path, monkeypatch, arguments: list[str]):
    monkeypatch.setattr(script, "digest_sets", lambda: {"news": "b" * 64})

    assert script.main(["--accept-set", *arguments], path) == 2


def test_two_changes_at_once_are_refused(path: Path):
    with pytest.raises(SystemExit):
        script.main(["--raise", "--lower", "news.cues=0.1", "--because", "x"], path)
