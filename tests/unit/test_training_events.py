"""training/events: rows, folds, rows turned round, the threshold, packing, and the linear classifier. No torch here."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import spacy
from export import pack, write_reader
from folds import assign_folds, macro_f1, score_label
from judging import Answered, choose_threshold, count_roots
from linear import fit_linear, hash_words
from parsed_words import list_features
from rows import Row, read_newsmtsc, read_plover, read_rows, read_tags, write_rows
from spacy.tokens import Doc
from turned import turn_round

from volteface.language.encoder_net import unpack
from volteface.language.marked_text import NONE, MarkedText

TAGGED = "<s>Kyiv</s> blamed <t>Moscow</t>."


def test_tags_become_spans_in_either_order() -> None:
    there, back = read_tags(TAGGED), read_tags("<t>Kyiv</t> was blamed by <s>Moscow</s>.")

    assert there == MarkedText("Kyiv blamed Moscow.", (0, 4), (12, 18))
    assert [back.text[slice(*span)] for span in (back.source, back.target) if span] == ["Moscow", "Kyiv"]


def test_plover_is_read_with_quotes_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "plover.tsv"
    path.write_text(f'sentence\tmarked_sentence\tgold_root\n"Kyiv\t{TAGGED} "So\tACCUSE\n', encoding="utf-8")

    (row,) = read_plover(path)

    assert (row.label, row.group, row.marked.text) == ("ACCUSE", '"Kyiv', 'Kyiv blamed Moscow. "So')


def test_newsmtsc_gives_a_row_for_each_target(tmp_path: Path) -> None:
    targets = [{"from": 0, "to": 4, "polarity": 2.0}, {"from": 12, "to": 18, "polarity": 4.0}]
    line = {"primary_gid": "a", "sentence_normalized": "Kyiv blamed Moscow.", "targets": targets}
    (tmp_path / "rows.jsonl").write_text(json.dumps(line) + "\n")

    rows = list(read_newsmtsc(tmp_path / "rows.jsonl"))

    assert [(row.label, row.marked.source, row.marked.target) for row in rows] == [
        ("negative", None, (0, 4)),
        ("neutral", None, (12, 18)),
    ]


def test_rows_of_ones_own_are_read_as_they_were_written(tmp_path: Path) -> None:
    rows = [
        Row("stance", MarkedText("Kyiv is for it.", (0, 4), None, "A truce"), "support", "g1", 0.5, is_silver=True),
        Row("stance", MarkedText("No one is."), "none", "g2"),
    ]
    write_rows(tmp_path / "rows.jsonl", rows)

    assert list(read_rows(tmp_path / "rows.jsonl")) == rows


def test_folds_keep_groups_together_and_labels_even() -> None:
    labels = ["A"] * 40 + ["B"] * 10
    groups = [f"g{index // 2}" for index in range(50)]
    folds = assign_folds(labels, groups, 5, seed=3)

    assert all(folds[index] == folds[index + 1] for index in range(0, 50, 2))
    assert {fold: folds[40:].count(fold) for fold in range(5)} == dict.fromkeys(range(5), 2)
    assert folds == assign_folds(labels, groups, 5, seed=3)
    assert folds != assign_folds(labels, groups, 5, seed=4)


def test_macro_f1_counts_every_label_alike() -> None:
    confusion = {("A", "A"): 8, ("A", "B"): 2, ("B", "B"): 1, ("B", "A"): 1}
    from collections import Counter  # noqa: PLC0415 -- beside the one place that needs it

    precision, recall, f1 = score_label(Counter(confusion), "A")

    assert (round(precision, 3), recall, round(f1, 3)) == (0.889, 0.8, 0.842)
    assert macro_f1(Counter(confusion)) == pytest.approx((0.8421 + 0.4) / 2, abs=1e-3)


def test_only_one_way_roots_are_turned_round() -> None:
    rows = [Row("plover", read_tags(TAGGED), label, "g") for label in ("ACCUSE", "CONSULT")]

    (turned,) = turn_round(rows, 1.0, seed=1)

    assert (turned.label, turned.group) == (NONE, "g")
    assert (turned.marked.source, turned.marked.target) == ((12, 18), (0, 4))
    assert not list(turn_round(rows, 0.0, seed=1))


def _answer(gold: str, *chances: float) -> Answered:
    return Answered(Row("plover", read_tags(TAGGED), gold, "g"), np.array(chances, dtype="float32"))


def test_none_is_no_root_in_the_measure_but_a_wrong_answer_to_the_threshold() -> None:
    labels = ("ACCUSE", "AID", NONE)
    answered = [_answer("ACCUSE", 0.2, 0.1, 0.7), _answer("AID", 0.1, 0.8, 0.1), _answer(NONE, 0.5, 0.1, 0.4)]

    assert count_roots(answered, labels) == {("ACCUSE", "ACCUSE"): 1, ("AID", "AID"): 1}
    assert choose_threshold(answered, labels, 0.9) == (pytest.approx(0.51), 1.0, 0.5)
    assert choose_threshold(answered, labels, 0.5) == (pytest.approx(0.30), 0.5, 0.5)


def test_a_packed_matrix_is_the_matrix_to_half_a_step() -> None:
    matrix = np.random.default_rng(1).normal(size=(6, 9)).astype("float32")
    packed = pack("encoder.dense.weight", matrix)

    steps = np.abs(matrix).max(axis=1, keepdims=True) / 127
    assert packed["encoder.dense.weight"].dtype == np.int8
    assert (np.abs(unpack(packed, "encoder.dense.weight") - matrix) <= steps * 0.501).all()
    assert pack("heads.plover.weight", matrix)["heads.plover.weight"].dtype == np.float16


def test_a_model_names_the_digests_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_text("[UNK]\n")
    write_reader(tmp_path / "model", {"bert.dense.bias": np.ones(3, "float32")}, tmp_path / "vocab.txt", {"name": "x"})

    meta = json.loads((tmp_path / "model" / "meta.json").read_text())
    assert meta["name"] == "x"
    assert {name: len(digest) for name, digest in meta["files"].items()} == {"weights.npz": 64, "vocab.txt": 64}
    assert np.load(tmp_path / "model" / "weights.npz")["dense.bias"].tolist() == [1, 1, 1]


def test_the_linear_classifier_learns_what_words_tell() -> None:
    texts = [["blame", "a"], ["blame", "b"], ["aid", "a"], ["aid", "b"]] * 3
    fitted = fit_linear(hash_words(texts), ["ACCUSE", "ACCUSE", "AID", "AID"] * 3, decay=1e-5)

    assert fitted.choose(hash_words([["aid", "c"], ["blame", "d"]])) == ["AID", "ACCUSE"]


def test_the_path_of_the_parse_is_a_feature() -> None:
    nlp = spacy.blank("en")
    doc = Doc(
        nlp.vocab,
        words=["Kyiv", "blamed", "Moscow"],
        heads=[1, 1, 1],
        deps=["nsubj", "ROOT", "obj"],
        lemmas=["Kyiv", "blame", "Moscow"],
        pos=["PROPN", "VERB", "PROPN"],
    )
    features = list_features(doc, MarkedText("Kyiv blamed Moscow", (0, 4), (12, 18)))

    assert {"lemma=blame", "1=blame", "1=blamed_moscow", "on path=blame", "path=ROOT:blame"} <= set(features)
