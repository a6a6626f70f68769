"""Distilled vectors of training/: which texts are read, what a row becomes, and that a capital never loses a vector."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import spacy
from assemble import halve_vectors
from distil_vectors import LONGEST, build_table, choose_runs, cut_pieces, reduce

from volteface.language.word_pieces import WordPieces


def _pieces(tmp_path: Path) -> WordPieces:
    path = tmp_path / "vocab.txt"
    path.write_text("[UNK]\n[CLS]\n[SEP]\nosl\n##o\nleft\n")
    return WordPieces(path)


def test_runs_fit_the_encoder_and_keep_every_word(tmp_path: Path) -> None:
    words = ["Oslo"] * 40 + ["left"] * 5
    runs = list(cut_pieces(words, _pieces(tmp_path)))
    assert [word for run in runs for word, _ in run] == [word.lower() for word in words]
    assert all(sum(len(ids) for _, ids in run) <= LONGEST for run in runs)


def test_only_runs_with_a_word_seen_too_seldom_are_chosen() -> None:
    runs = [[("oslo", (3, 4))], [("oslo", (3, 4))], [("left", (5,))], [("unlisted", (0,))]]
    rows = {"oslo": 0, "left": 1}
    assert list(choose_runs(runs, rows, enough=1, budget=100)) == [runs[0], runs[2]]
    assert list(choose_runs(runs, rows, enough=9, budget=3)) == runs[:2]


def test_vectors_are_reduced_to_a_mean_square_of_one() -> None:
    matrix = np.random.default_rng(1).normal(size=(60, 12))
    reduced = reduce(matrix, 4, 50)
    assert reduced.shape == (60, 4)
    assert np.isclose((reduced[:50] ** 2).mean(), 1, atol=1e-5)
    variances = reduced[:50].var(axis=0)
    assert list(variances) == sorted(variances, reverse=True)


def test_a_word_keeps_its_vector_with_capitals_and_after_a_trip_to_disk(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.vocab.vectors = build_table(nlp, ["israel", "oslo"], np.eye(2, 4, dtype=np.float32))
    nlp.to_disk(tmp_path / "v")
    doc = spacy.load(tmp_path / "v")("israel Israel ISRAEL iSRAEL")
    assert [token.has_vector for token in doc] == [True, True, True, False]
    assert (doc[0].vector == doc[2].vector).all()


def test_half_precision_keeps_every_word_and_survives_a_trip_to_disk(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.vocab.vectors = build_table(nlp, ["the", "oslo"], np.array([[0.5, 0.25], [-1.5, 0.1]], dtype=np.float32))
    halve_vectors(nlp)
    nlp.to_disk(tmp_path / "v")
    doc = spacy.load(tmp_path / "v")("the Oslo")
    assert doc.vocab.vectors.data.dtype == np.float16
    assert np.allclose([token.vector for token in doc], [[0.5, 0.25], [-1.5, 0.1]], atol=1e-3)
