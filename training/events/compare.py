"""Compare the simple methods with the trained reader: PLOVER by five folds, polarity on NewsMTSC's development part.

usage: compare.py --plover FILE --newsmtsc TRAIN --newsmtsc-dev DEV --encoder DIR

Prints the macro-F1 of a majority label, a linear classifier on words and the parse of the shipped pipeline, and a linear
classifier on the states of the untrained encoder. The decay of each is the best of three by the first fold.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from export import pack
from folds import Confusion, assign_folds, macro_f1
from linear import Floats, fit_linear, hash_words
from numpy.typing import NDArray
from parsed_words import list_features
from rows import Row, read_newsmtsc, read_plover
from thinc.api import NumpyOps, set_current_ops

from volteface.language.components import register_components
from volteface.language.encoder_net import EncoderNet, EncoderShape
from volteface.language.marked_text import Pieces, lay_pieces
from volteface.language.pipeline import SHIPPED_FOLDER
from volteface.language.word_pieces import WordPieces

sys.path.append(str(Path(__file__).parent.parent / "scripts"))
from encoder import read_safetensors

Featurize = Callable[[Sequence[Row]], Floats]
FOLDS, SEED = 5, 7
_DECAYS = (1e-5, 1e-4, 1e-3)
_SHAPE = EncoderShape(layers=6, heads=12)


def main() -> None:
    """Print one line for each method."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    for name in ("--plover", "--newsmtsc", "--newsmtsc-dev", "--encoder"):
        parser.add_argument(name, type=Path, required=True)
    options = parser.parse_args()
    roots = read_plover(options.plover)
    train, dev = list(read_newsmtsc(options.newsmtsc)), list(read_newsmtsc(options.newsmtsc_dev))
    print(f"majority            {_fold_majority(roots):.3f}  {_score_majority(train, dev):.3f}", flush=True)
    methods: tuple[tuple[str, Featurize], ...] = (
        ("words and parse", _read_words),
        ("untrained encoder", _make_reader(options.encoder)),
    )
    for name, featurize in methods:
        decay, by_fold = _fold_linear(featurize(roots), roots)
        fitted = fit_linear(featurize(train), [row.label for row in train], decay)
        found = fitted.choose(featurize(dev))
        polarity = macro_f1(Counter((row.label, label) for row, label in zip(dev, found, strict=True)))
        print(f"{name:<20}{by_fold:.3f}  {polarity:.3f}  decay {decay}", flush=True)


def _split(roots: Sequence[Row]) -> list[int]:
    return assign_folds([row.label for row in roots], [row.group for row in roots], FOLDS, SEED)


def _fold_majority(roots: Sequence[Row]) -> float:
    confusion: Confusion = Counter()
    fold_of = _split(roots)
    for fold in range(FOLDS):
        learnt = Counter(row.label for row, number in zip(roots, fold_of, strict=True) if number != fold)
        best = learnt.most_common(1)[0][0]
        confusion.update((row.label, best) for row, number in zip(roots, fold_of, strict=True) if number == fold)
    return macro_f1(confusion)


def _score_majority(train: Sequence[Row], dev: Sequence[Row]) -> float:
    best = Counter(row.label for row in train).most_common(1)[0][0]
    return macro_f1(Counter((row.label, best) for row in dev))


def _fold_linear(features: Floats, roots: Sequence[Row]) -> tuple[float, float]:
    """Return the decay that is best on the first fold, and the macro-F1 over all folds with it."""
    first = {decay: macro_f1(_answer_fold(features, roots, 0, decay)) for decay in _DECAYS}
    decay = max(first, key=lambda one: first[one])
    total: Confusion = Counter()
    for fold in range(FOLDS):
        total += _answer_fold(features, roots, fold, decay)
    return decay, macro_f1(total)


def _answer_fold(features: Floats, roots: Sequence[Row], fold: int, decay: float) -> Confusion:
    gold = np.array([row.label for row in roots])
    held = np.array(_split(roots)) == fold
    found = fit_linear(features[~held], list(gold[~held]), decay).choose(features[held])
    return Counter(zip(gold[held].tolist(), found, strict=True))


def _read_words(rows: Sequence[Row]) -> Floats:
    set_current_ops(NumpyOps(use_blis=False))  # the pipeline's vectors are in half precision, which BLIS does not take
    register_components()
    nlp = spacy.load(SHIPPED_FOLDER, exclude=["ner", "volteface_attribution_model"])
    docs = nlp.pipe(row.marked.text for row in rows)
    return hash_words([list_features(doc, row.marked) for doc, row in zip(docs, rows, strict=True)])


def _make_reader(folder: Path) -> Featurize:
    """Return what gives the mean state of a text and the states of the first pieces of source and target."""
    packed: dict[str, NDArray[Any]] = {}
    for name, values in read_safetensors(folder / "model.safetensors").items():
        packed |= pack(name, values)
    net, words = EncoderNet(packed, _SHAPE), WordPieces(folder / "vocab.txt")

    def read(rows: Sequence[Row]) -> Floats:
        laid = [lay_pieces(row.marked, words) for row in rows]
        gathered = [_gather(pieces, net.read([(pieces.ids, pieces.first_part)])[0]) for pieces in laid]
        return np.stack(gathered)

    return read


def _gather(pieces: Pieces, states: Floats) -> Floats:
    marks = [states[at + 1] if at else np.zeros(states.shape[1], np.float32) for at in (pieces.source, pieces.target)]
    return np.concatenate([states.mean(axis=0), *marks])


if __name__ == "__main__":
    main()
