"""The encoder in numpy and the reader on top of it, with small random weights: shapes, padding, batches, errors."""

from __future__ import annotations

import json

import numpy as np
import pytest

from volteface.errors import LanguageError
from volteface.language.encoder_net import SCALE, EncoderNet, EncoderShape
from volteface.language.marked_reader import load_reader, read_version
from volteface.language.marked_text import MarkedText

WIDE, INNER = 8, 16
WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[unused0]",
    "[unused1]",
    "[unused2]",
    "[unused3]",
    "kyiv",
    "blamed",
    "moscow",
    "a",
    "truce",
]
DENSE = {
    "attention.self.query": (WIDE, WIDE),
    "attention.self.key": (WIDE, WIDE),
    "attention.self.value": (WIDE, WIDE),
    "attention.output.dense": (WIDE, WIDE),
    "intermediate.dense": (INNER, WIDE),
    "output.dense": (WIDE, INNER),
}


def make_weights() -> dict[str, np.ndarray]:
    draw = np.random.default_rng(5)
    weights: dict[str, np.ndarray] = {
        "embeddings.word_embeddings.weight": draw.integers(-127, 128, (len(WORDS), WIDE)).astype("int8"),
        f"embeddings.word_embeddings.weight{SCALE}": np.full(len(WORDS), 0.01, "float32"),
        "embeddings.position_embeddings.weight": draw.normal(size=(128, WIDE)).astype("float32"),
        "embeddings.token_type_embeddings.weight": draw.normal(size=(2, WIDE)).astype("float32"),
    }
    for name, (rows, columns) in DENSE.items():
        weights[f"encoder.layer.0.{name}.weight"] = draw.integers(-127, 128, (rows, columns)).astype("int8")
        weights[f"encoder.layer.0.{name}.weight{SCALE}"] = np.full(rows, 0.01, "float32")
        weights[f"encoder.layer.0.{name}.bias"] = draw.normal(size=rows).astype("float16")
    for name in ("embeddings", "encoder.layer.0.attention.output", "encoder.layer.0.output"):
        weights[f"{name}.LayerNorm.weight"] = np.ones(WIDE, "float32")
        weights[f"{name}.LayerNorm.bias"] = np.zeros(WIDE, "float32")
    weights["heads.plover.weight"] = draw.normal(size=(2, 3 * WIDE)).astype("float16")
    weights["heads.plover.bias"] = np.zeros(2, "float16")
    return weights


@pytest.fixture
def folder(tmp_path):
    np.savez(tmp_path / "weights.npz", **make_weights())
    (tmp_path / "vocab.txt").write_text("\n".join(WORDS) + "\n")
    meta = {"name": "small", "version": "1", "layers": 1, "heads": 2, "labels": {"plover": ["ACCUSE", "NONE"]}}
    (tmp_path / "meta.json").write_text(json.dumps(meta))
    return tmp_path


def test_a_text_reads_the_same_alone_and_among_others():
    net = EncoderNet(make_weights(), EncoderShape(layers=1, heads=2))
    texts = [((2, 8, 9, 3), 4), ((2, 10, 3, 12, 3), 3), ((2, 3), 2)]

    together = net.read(texts)

    assert [states.shape for states in together] == [(4, WIDE), (5, WIDE), (2, WIDE)]
    for text, states in zip(texts, together, strict=True):
        assert np.allclose(net.read([text])[0], states, atol=1e-5)


def test_states_are_normed_and_a_second_text_is_told_from_the_first():
    net = EncoderNet(make_weights(), EncoderShape(layers=1, heads=2))
    one, other = net.read([((2, 8, 3, 12, 3), 3), ((2, 8, 3, 12, 3), 5)])

    assert np.allclose(one.mean(axis=1), 0, atol=1e-5)
    assert np.allclose(one.std(axis=1), 1, atol=1e-3)
    assert not np.allclose(one, other)


def test_probabilities_come_in_the_order_of_the_texts(folder):
    reader = load_reader(folder)
    texts = [MarkedText("Kyiv blamed Moscow a truce", (0, 4), (12, 18)), MarkedText("Kyiv"), MarkedText("Moscow a")]

    found = reader.answer(texts, "plover")

    assert (reader.labels("plover"), reader.version) == (("ACCUSE", "NONE"), "small-1")
    assert np.allclose(found.sum(axis=1), 1)
    for text, row in zip(texts, found, strict=True):
        assert np.allclose(reader.answer([text], "plover")[0], row, atol=1e-5)
    assert reader.answer([], "plover").shape == (0, 2)


def test_which_is_source_and_which_is_target_makes_a_difference(folder):
    there, back = load_reader(folder).answer(
        [MarkedText("Kyiv Moscow", (0, 4), (5, 11)), MarkedText("Kyiv Moscow", (5, 11), (0, 4))], "plover"
    )

    assert not np.allclose(there, back)


def test_a_reader_is_loaded_once(folder):
    assert load_reader(folder) is load_reader(folder)
    assert read_version(folder) == "small-1"


@pytest.mark.parametrize("spoilt", ["weights.npz", "vocab.txt", "meta.json"])
def test_a_folder_without_a_reader_is_an_error_that_names_it(folder, spoilt):
    (folder / spoilt).write_text("{")

    with pytest.raises(LanguageError, match=folder.name):
        load_reader(folder)
