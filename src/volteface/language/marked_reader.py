"""The trained reader of marked texts: probabilities of the labels of its tasks. Runs on ONNX Runtime; never learns.

One encoder with a head for each task. A head reads the mean state of the text and the states of the two opening marks
(a missing one is zeros). Made by training/events; its card tells what it was trained on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from volteface.errors import LanguageError
from volteface.language.encoder_net import EncoderNet, EncoderShape, Floats, unpack
from volteface.language.marked_text import MarkedText, Pieces, lay_pieces
from volteface.language.word_pieces import WordPieces

FOLDER = Path(__file__).parent / "events_model"
WEIGHTS, VOCABULARY, META = "weights.npz", "vocab.txt", "meta.json"


@dataclass(frozen=True, slots=True)
class Head:
    """One task: its labels, and the matrix and offsets of their scores (labels x 3 * width, labels)."""

    labels: tuple[str, ...]
    weight: Floats
    bias: Floats


class MarkedReader:
    """Answers for texts with a marked source and target. ``version`` names the model."""

    def __init__(self, words: WordPieces, net: EncoderNet, heads: Mapping[str, Head], meta: Mapping[str, Any]) -> None:
        self._words, self._net, self._heads = words, net, heads
        self.meta = meta
        self.version = f"{meta['name']}-{meta['version']}"

    def labels(self, task: str) -> tuple[str, ...]:
        """Return the labels of a task in the order of its probabilities."""
        return self._heads[task].labels

    def answer(self, texts: Sequence[MarkedText], task: str) -> Floats:
        """Return the probabilities of a task's labels (texts x labels)."""
        head = self._heads[task]
        laid = [lay_pieces(marked, self._words) for marked in texts]
        states = self._net.read([(pieces.ids, pieces.first_part) for pieces in laid])
        rows = [_gather(pieces, one) for pieces, one in zip(laid, states, strict=True)]
        scores = np.array(rows, dtype=np.float32).reshape(len(rows), head.weight.shape[1]) @ head.weight.T + head.bias
        return _softmax(scores)


@cache
def load_reader(folder: Path = FOLDER) -> MarkedReader:
    """Return the reader of a folder, once for each process. Raises LanguageError where the folder does not hold one."""
    try:
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
        with np.load(folder / WEIGHTS, allow_pickle=False) as stored:
            weights = dict(stored)
        words = WordPieces(folder / VOCABULARY)
        net = EncoderNet(weights, EncoderShape(meta["layers"], meta["heads"]))
        heads = {
            task: Head(tuple(labels), unpack(weights, f"heads.{task}.weight"), unpack(weights, f"heads.{task}.bias"))
            for task, labels in meta["labels"].items()
        }
        return MarkedReader(words, net, heads, meta)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise LanguageError(str(folder), f"no reader of marked texts: {error}") from error


def read_version(folder: Path = FOLDER) -> str:
    """Return the version of a folder's reader without loading its weights."""
    try:
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
        return f"{meta['name']}-{meta['version']}"
    except (OSError, ValueError, KeyError) as error:
        raise LanguageError(str(folder), f"no reader of marked texts: {error}") from error


def _gather(pieces: Pieces, states: Floats) -> Floats:
    marks = [states[at] if at else np.zeros(states.shape[1], np.float32) for at in (pieces.source, pieces.target)]
    return np.concatenate([states[: pieces.first_part].mean(axis=0), *marks])


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
