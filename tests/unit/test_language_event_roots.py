"""Events between actors: who is paired with whom, what is told of the answers, and how well the shipped reader does."""

from __future__ import annotations

import csv
import dataclasses
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from volteface.config import load_config
from volteface.config.settings import StanceReading
from volteface.language.event_roots import TASK, Event, EventTeller, Pair, add_event, read_events
from volteface.language.marked_reader import load_reader
from volteface.language.marked_text import NONE, MarkedText
from volteface.language.pipeline import build_nlp, model_version
from volteface.language.tag import tag_passages
from volteface.models import EventRoot, Passage

ROOT = Path(__file__).parents[2]
CONFIG = load_config(ROOT)
NOW = datetime(2024, 3, 27, tzinfo=UTC)
LABELS = ("ACCUSE", "REQUEST", NONE)
LEAST_RIGHT = 0.8
"""Of the own-worded sentences; the shipped reader has .84."""


class StubReader:
    """Answers by what stands in the text: a row of probabilities for each word."""

    meta = {"thresholds": {TASK: 0.6}}  # noqa: RUF012 -- as the reader has it
    answers = {"blamed": (0.8, 0.1, 0.1), "asked": (0.1, 0.7, 0.2), "saw": (0.1, 0.1, 0.8), "met": (0.5, 0.3, 0.2)}  # noqa: RUF012

    def labels(self, task):
        assert task == TASK
        return LABELS

    def answer(self, texts, _task):
        return np.array([next(row for word, row in self.answers.items() if word in one.text) for one in texts])


def configure(*, events: bool):
    language = CONFIG.settings.language.model_copy(
        update={"events": events, "model": "blank", "stances": StanceReading.RULES}
    )
    return dataclasses.replace(CONFIG, settings=CONFIG.settings.model_copy(update={"language": language}))


@cache
def build():
    return build_nlp(configure(events=False))


def tag(text: str, *, events: bool = True):
    config = configure(events=events)
    passage = Passage(
        article_id="a", version_id="v", origin_id="o", outlet="Example", title="", text=text,
        published_at=NOW, known_from=NOW,
    )  # fmt: skip
    ((_, statements, _),) = tag_passages(build(), [passage], config)
    return statements


def pair_up(monkeypatch, text: str) -> list[tuple[str, str, str]]:
    """Return actor, target and the marked words of each pair that a text gives."""
    asked: list[Pair] = []
    monkeypatch.setattr(EventTeller, "tell", lambda _, pairs: asked.extend(pairs) or {})
    actors = {one.statement_id: one.actor_id for one in tag(text)}
    return [
        (actors[pair.statement_id], pair.target_actor_id, pair.marked.text[slice(*pair.marked.target)])
        for pair in asked
    ]


def test_a_statement_is_paired_with_the_other_side_that_its_sentence_names(monkeypatch):
    assert pair_up(monkeypatch, "Qatar urged Israel to accept a ceasefire.") == [
        ("qatar-government", "israel-government", "Israel")
    ]


def test_ones_own_side_is_no_other_side(monkeypatch):
    text = "Netanyahu rejected a ceasefire that Israel was asked for."

    assert [(one.actor_id, one.event_root) for one in tag(text, events=False)] == [("benjamin-netanyahu", None)]
    assert pair_up(monkeypatch, text) == []


def test_a_sentence_that_names_nobody_else_gives_no_pair(monkeypatch):
    assert pair_up(monkeypatch, "Qatar called for a ceasefire. Israel was silent.") == []


def test_who_declines_to_comment_does_nothing_to_anybody(monkeypatch):
    text = "Qatar called for a ceasefire. Asked about a ceasefire with Israel, Egypt's foreign ministry declined to comment."

    assert "egypt-government" in {one.actor_id for one in tag(text, events=False)}
    assert "egypt-government" not in {actor for actor, *_ in pair_up(monkeypatch, text)}


def test_at_most_two_other_sides_are_asked_about(monkeypatch):
    text = "Qatar urged Israel, Hamas, Egypt and Iran to accept a ceasefire."

    assert [target for actor, target, _ in pair_up(monkeypatch, text) if actor == "qatar-government"] == [
        "israel-government",
        "hamas",
    ]


def test_the_surest_root_is_told_and_an_unsure_one_is_not():
    pairs = [
        Pair("s1", "egypt-government", MarkedText("Qatar asked Egypt")),
        Pair("s1", "israel-government", MarkedText("Qatar blamed Israel")),
        Pair("s2", "iran-government", MarkedText("Qatar met Iran")),
        Pair("s3", "iran-government", MarkedText("Qatar saw Iran")),
    ]

    assert read_events(pairs, StubReader()) == {"s1": Event("israel-government", EventRoot.ACCUSE, 0.8)}


def test_an_event_is_added_to_its_statement_and_nothing_else_changes():
    (statement,) = tag("Qatar urged Israel to accept a ceasefire.", events=False)[:1]
    told = add_event(statement, Event("israel-government", EventRoot.REQUEST, 0.9))

    assert (told.target_actor_id, told.event_root, told.event_confidence) == ("israel-government", "REQUEST", 0.9)
    assert dataclasses.replace(told, target_actor_id=None, event_root=None, event_confidence=None) == statement
    assert add_event(statement, None) is statement


def test_the_switch_of_the_settings_and_the_reader_are_part_of_the_model_version():
    with_events, without = (model_version(configure(events=flag), build()) for flag in (True, False))

    assert with_events != without


def test_statements_carry_what_the_shipped_reader_tells():
    told = {one.actor_id: one for one in tag("Qatar demanded that Israel accept a ceasefire in Gaza.")}

    statement = told["qatar-government"]
    assert (statement.event_root, statement.target_actor_id) == (EventRoot.REQUEST, "israel-government")
    assert statement.event_confidence > 0.5


def test_the_shipped_reader_knows_every_root_of_the_vocabulary():
    assert set(load_reader().labels(TASK)) == {*EventRoot, NONE}


def read_own_worded() -> list[tuple[str, MarkedText]]:
    with (ROOT / "tests/golden/events/own-worded.tsv").open(newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    return [(row["root"], mark(row["sentence"])) for row in rows]


def mark(tagged: str) -> MarkedText:
    spans = {}
    while found := re.search(r"<([st])>(.*?)</\1>", tagged):
        tagged = tagged[: found.start()] + found[2] + tagged[found.end() :]
        spans = {name: (a - 7 * (a > found.start()), b - 7 * (a > found.start())) for name, (a, b) in spans.items()}
        spans[found[1]] = (found.start(), found.start() + len(found[2]))
    return MarkedText(tagged, spans["s"], spans["t"])


def test_the_shipped_reader_tells_the_roots_of_own_worded_sentences():
    """Gaza, Ukraine, the South China Sea, the Caucasus, Sudan, the Sahel; NONE where source and target are turned round."""
    reader = load_reader()
    gold = read_own_worded()
    found = reader.answer([marked for _, marked in gold], TASK).argmax(axis=1)

    wrong = [
        (root, reader.labels(TASK)[at], marked.text)
        for (root, marked), at in zip(gold, found, strict=True)
        if reader.labels(TASK)[at] != root
    ]
    assert len(gold) == 31
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(gold), wrong


def test_own_worded_sentences_mark_what_they_mean():
    for root, marked in read_own_worded():
        assert root in {*EventRoot, NONE}
        assert all("<" not in marked.text[slice(*span)] for span in (marked.source, marked.target))
    assert read_own_worded()[0][1] == MarkedText(
        "Kyiv accused Russia on Monday of shelling a grain silo near the Danube.", (0, 4), (13, 19)
    )


@pytest.mark.parametrize("root", list(EventRoot))
def test_every_root_has_an_own_worded_sentence(root):
    assert root in {each for each, _ in read_own_worded()}
