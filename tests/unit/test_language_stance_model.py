"""The trained stance reader as it ships: how a pair is laid out, and what it makes of plain sentences."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from test_language_stance_candidates import PAIR

from volteface.errors import LanguageError
from volteface.language.stance_model import (
    CLASSES,
    FOLDER,
    META,
    MOST_PIECES,
    NAMED,
    UNNAMED,
    VOCABULARY,
    lay_pair,
    list_words,
    load_stance_model,
    read_stance_version,
)
from volteface.language.word_pieces import WordPieces

WORDS = WordPieces(FOLDER / VOCABULARY)
MODEL = load_stance_model()


def tell(text: str, issue_id: str) -> dict[str, float]:
    """Return the probabilities of the classes for an issue, of a sentence with "{A}" for the actor."""
    (answer,) = MODEL.read([replace(PAIR, text=text, is_named="{A}" in text)])
    return dict(zip(CLASSES, map(float, answer[list(MODEL.propositions).index(issue_id)]), strict=True))


def test_a_mark_stands_for_the_actor() -> None:
    ids, count = lay_pair(replace(PAIR, text="{A} spoke.", previous="It rained."), WORDS)

    assert ids[:2] == [WORDS.first, WORDS.ids[NAMED]]
    assert ids[count - 1] == ids[-1] == WORDS.last
    assert len(ids) - count == len(["it", "rained", ".", "[SEP]"])


def test_a_speaker_who_is_not_named_is_marked_before_the_sentence() -> None:
    ids, _ = lay_pair(replace(PAIR, text="It must end.", is_named=False), WORDS)

    assert ids[1] == WORDS.ids[UNNAMED]
    assert WORDS.ids[NAMED] not in ids


def test_a_long_sentence_is_cut_around_the_actor() -> None:
    ids, count = lay_pair(replace(PAIR, text="word " * 300 + "{A} spoke"), WORDS)

    assert count == MOST_PIECES + 2
    assert WORDS.ids[NAMED] in ids


def test_the_gate_sees_words_beside_the_actor() -> None:
    words = list_words(replace(PAIR, text="On Monday {A} called for it."))

    assert {"w=called", "nx=called", "pv=monday"} <= set(words)
    assert (words["said"], words["named"], words["near"], words["hit"]) == (1.0, 1.0, 1.0, 0.0)


@pytest.mark.parametrize(
    ("text", "issue_id", "stance"),
    [
        ("{A} called on Tuesday for an immediate ceasefire in Gaza.", "ceasefire", "support"),
        ("{A} once more rejected calls for a ceasefire.", "ceasefire", "oppose"),
        ("{A} vowed to press on with the war until Hamas is destroyed.", "gaza-offensive", "support"),
        ("{A} condemned the Israeli bombardment of Gaza.", "gaza-offensive", "oppose"),
        ("{A} said that far more fuel and food must be let into Gaza.", "humanitarian-aid", "support"),
        ("{A} condemned the terrorist attack by Hamas in the strongest terms.", "hamas-attack", "oppose"),
    ],
)
def test_plain_sentences_are_read_with_their_sign(text: str, issue_id: str, stance: str) -> None:
    chances = tell(text, issue_id)

    assert max(chances, key=lambda name: chances[name]) == stance
    assert chances[stance] > 0.6


@pytest.mark.parametrize(
    "text", ["The rain stopped before {A} left the building.", "{A} was born in a village near the coast."]
)
def test_sentences_about_nothing_tracked_are_nobody_s_position(text: str) -> None:
    (answer,) = MODEL.read([replace(PAIR, text=text, near=frozenset())])

    assert float(answer[:, 0].min()) > 0.8


def test_one_answer_does_not_hang_on_its_neighbours() -> None:
    short, long = (replace(PAIR, text=text) for text in ("{A} backs a ceasefire.", "{A} spoke " + "at length " * 30))

    alone, together = MODEL.read([short])[0], MODEL.read([long, short])[1]

    assert (alone == together).all()


def test_the_files_are_those_that_meta_json_names() -> None:
    found = {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in MODEL.meta["files"]}

    assert found == MODEL.meta["files"]


def test_a_folder_without_a_model_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(LanguageError, match="no stance reader"):
        load_stance_model(tmp_path)


def test_other_thresholds_are_another_model(tmp_path: Path) -> None:
    meta = {"name": "m", "version": "1", "files": {"network.onnx": "00"}, "thresholds": {"statement": 0.4}}
    versions = []
    for statement in (0.4, 0.5):
        (tmp_path / META).write_text(json.dumps({**meta, "thresholds": {"statement": statement}}))
        versions.append(read_stance_version(tmp_path))

    assert all(version.startswith("m-1+") for version in versions)
    assert versions[0] != versions[1]
