"""The shipped pipeline holds its floors on the gold sets; `make floors` shows the figures, `make raise-floors` raises.

A figure that fell is a change for the worse, or a decision: `python benchmarks/floors.py --lower MEASURE=VALUE
--because REASON` lowers its floor and keeps the reason.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from floors import FILE, digest_sets, load_floors, measure
from quality.markup import GoldAttribution
from quality.markup import read_articles as read_gold_articles
from quality.reading import read_rows
from quality.sets import GOLD, SETS

from volteface.config import load_config
from volteface.models import Basis, Stance

FLOORS = load_floors()
CONFIG = load_config(GOLD.parents[1])
ACTORS = {actor.id for actor in CONFIG.actors}
ISSUES = {issue.id for issue in CONFIG.issues}
ATTRIBUTIONS = [each for each in SETS if each.name.startswith("attributions")]
STATEMENTS = [each for each in SETS if each.name.startswith("statements")]


@pytest.fixture(scope="module")
def figures() -> Mapping[str, float]:
    """What the pipeline that the settings name scores."""
    return measure()


@pytest.mark.parametrize("name", sorted(FLOORS.measures))
def test_the_pipeline_holds_its_floor(figures: Mapping[str, float], name: str) -> None:
    assert name in figures, f"{name} has a floor in {FILE.name}, but the pipeline gives no answer to it"
    assert figures[name] >= FLOORS.measures[name].floor, f"{name} fell below its floor: see benchmarks/floors.py"


def test_every_figure_has_a_floor(figures: Mapping[str, float]) -> None:
    assert sorted(figures.keys() - FLOORS.measures.keys()) == [], "`make raise-floors` sets the missing floors"


@pytest.mark.parametrize("name", [each.name for each in SETS])
def test_the_gold_set_is_the_one_that_the_floors_are_for(name: str) -> None:
    assert name in FLOORS.sets, "`make raise-floors` pins a new set"
    assert digest_sets()[name] == FLOORS.sets[name].sha256, (
        f"{name} has changed: `python benchmarks/floors.py --accept-set {name} --because REASON`, then measure again"
    )


def test_every_gold_file_is_a_set() -> None:
    files = {path.relative_to(GOLD).as_posix() for path in GOLD.glob("*/*") if path.suffix not in {".md", ".pyc"}}

    assert files == {each.file for each in SETS}


@pytest.mark.parametrize("gold", ATTRIBUTIONS, ids=lambda gold: gold.name)
def test_gold_speakers_are_known_and_spans_are_tight(gold) -> None:
    for article in read_gold_articles(gold.path.read_text(encoding="utf-8")):
        for text, labelled in ((article.title, article.in_title), (article.text, article.in_text)):
            for each in labelled:
                assert all(_is_known(speaker) for speaker in each.speakers), (article.article_id, each.speakers)
                assert each.cue, article.article_id
                assert all(words == words.strip() for words in _list_words(text, each)), article.article_id


@pytest.mark.parametrize("gold", STATEMENTS, ids=lambda gold: gold.name)
def test_gold_statements_are_sound(gold) -> None:
    for row in read_rows(gold.path.read_text(encoding="utf-8")):
        for one in row["statements"]:
            assert one["evidence"] in row["text"] or one["evidence"] in row["title"], one["evidence"]
            assert one["issue"] in ISSUES
            assert _is_known(one["actor"]), one["actor"]
            assert one["stance"] in set(Stance)
            assert one["basis"] in set(Basis)


def _is_known(actor: str) -> bool:
    kind, _, rest = actor.partition(":")
    return actor in ACTORS or kind == "other" or (kind == "anonymous" and rest in {*ACTORS, "unknown"})


def _list_words(text: str, each: GoldAttribution) -> list[str]:
    return [text[start:end] for part in (each.source, each.cue, each.content) for start, end in part]
