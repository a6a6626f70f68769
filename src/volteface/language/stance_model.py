"""The trained stance reader: of a pair it tells, for each issue that it knows, none, support, oppose or other.

Runs on ONNX Runtime, one thread; never learns. Three parts in one folder: a linear gate that says which pairs are worth reading, the
encoder with its head, and the linear weights by which candidates are judged. Made by training/stance; its card tells what
from. It knows the issues that it was trained on, by their ids; on any other the rules decide alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidProtobuf, NoSuchFile

from volteface.errors import LanguageError
from volteface.language.network_graph import start_network
from volteface.language.stance_pairs import ACTOR, Pair
from volteface.language.word_pieces import WordPieces

Floats = NDArray[np.float32]
OrtError = (Fail, InvalidProtobuf, NoSuchFile)
FOLDER = Path(__file__).parent / "stance_model"
NETWORK, VOCABULARY, META, LINEAR = "network.onnx", "vocab.txt", "meta.json", "linear.json"
CLASSES = ("none", "support", "oppose", "other")
NAMED, UNNAMED = "[unused1]", "[unused2]"  # stand for the actor: in its place; before a sentence that does not name it
MOST_PIECES, MOST_BEFORE, LEAD = 100, 28, 40  # pieces of the sentence, of the one before it, kept before the actor
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of a logistic regression by feature name."""

    weights: Mapping[str, float]
    bias: float

    def score(self, features: Mapping[str, float]) -> float:
        """Return the probability, 0..1. A feature that it does not know counts nothing."""
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


class StanceModel:
    """Reads pairs. ``propositions`` are those of the issues that it knows, by id; ``version`` names it, ``meta`` holds thresholds and digests."""

    def __init__(self, words: WordPieces, network: InferenceSession, linear: Mapping[str, Linear], meta: Any) -> None:
        self._words, self._network = words, network
        self.linear, self.meta = linear, meta
        self.propositions: dict[str, str] = dict(meta["propositions"])

    def with_judge(self, judge: Linear, meta: Any) -> StanceModel:
        """Return the model with another judge and its thresholds: the same network."""
        return StanceModel(self._words, self._network, {**self.linear, "judge": judge}, meta)

    def is_worth_reading(self, pair: Pair) -> bool:
        """Tell whether a pair may say anything, by its words alone. What the rules see is always read."""
        return bool(pair.ruled) or self.linear["gate"].score(list_words(pair)) >= self.meta["thresholds"]["gate"]

    def _feed(self, ids: NDArray[np.int64], first: int) -> dict[str, NDArray[Any]]:
        """Return what the network is given of a text: ``means`` are the weights of the states that its head reads."""
        places = np.arange(len(ids))
        is_actor = (ids == self._words.ids[NAMED]) | (ids == self._words.ids[UNNAMED])
        means = np.zeros((3, len(ids)), dtype=np.float32)
        means[0, :first], means[1, is_actor], means[2, 0] = 1 / first, 1 / max(1, is_actor.sum()), 1
        return {"ids": ids, "types": (places >= first).astype(np.int64), "places": places, "means": means}

    def read(self, pairs: Sequence[Pair]) -> Floats:
        """Return the probabilities of ``CLASSES`` (pairs x issues x 4).

        Each pair is read by itself: eight-bit activations are scaled over what is read at once, and what a sentence says
        must not hang on its neighbours. Reading several at once would be slower, too: they would be padded.
        """
        found = np.zeros((len(pairs), len(self.propositions), len(CLASSES)), dtype=np.float32)
        for row, pair in enumerate(pairs):
            ids, first = lay_pair(pair, self._words)
            (scores,) = self._network.run(None, self._feed(np.array(ids), first))
            powers = np.exp(scores[0] - scores[0].max()).reshape(-1, len(CLASSES))
            found[row] = powers / powers.sum(axis=1, keepdims=True)
        return found


def lay_pair(pair: Pair, words: WordPieces) -> tuple[list[int], int]:
    """Return the ids of a pair's pieces, and how many are of the sentence itself; the rest are of the one before."""
    body: list[int] = []
    for number, part in enumerate(pair.text.split(ACTOR)):
        body += [words.ids[NAMED]] if number else []
        body += [piece for word in part.split() for piece in words.split(word)]
    if len(body) > MOST_PIECES:
        actor = body.index(words.ids[NAMED]) if words.ids[NAMED] in body else 0
        start = max(0, min(actor - LEAD, len(body) - MOST_PIECES))
        body = body[start : start + MOST_PIECES]
    marks = [] if words.ids[NAMED] in body else [words.ids[UNNAMED]]
    before = [piece for word in pair.previous.split() for piece in words.split(word)][-MOST_BEFORE:]
    first = [words.first, *marks, *body, words.last]
    return [*first, *before, words.last], len(first)


def list_words(pair: Pair) -> dict[str, float]:
    """Return what the gate sees of a pair: its words, those beside the actor, whether it speaks, what issues are near."""
    parts = [_WORD.findall(part.lower()) for part in pair.text.split(ACTOR)]
    features = {f"w={word}": 1.0 for part in parts for word in part}
    if len(parts) > 1:
        features |= {f"nx={word}": 1.0 for word in parts[1][:3]} | {f"pv={word}": 1.0 for word in parts[0][-2:]}
    count = sum(map(len, parts))
    features["said"], features["named"] = float(pair.is_said), float(pair.is_named)
    features["both"] = float(pair.is_said and pair.is_named)
    features["hits"] = float(min(3, len({hit.issue_id for hit in pair.hits})))
    features["hit"], features["near"] = float(bool(pair.hits)), float(bool(pair.near))
    features["said hit"] = features["said"] * features["hit"]
    features["title"], features["length"] = float(pair.in_title), min(3.0, count / 15)
    features["short"], features["ruled"] = float(count < 6), float(bool(pair.ruled))  # noqa: PLR2004 -- "It did."
    return features


@cache
def load_stance_model(folder: Path = FOLDER) -> StanceModel:
    """Return the model of a folder, once for each process. Raises LanguageError where the folder does not hold one."""
    try:
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
        linear = json.loads((folder / LINEAR).read_text(encoding="utf-8"))
        return StanceModel(
            WordPieces(folder / VOCABULARY),
            start_network(folder / NETWORK),
            {name: Linear(one["weights"], one["bias"]) for name, one in linear.items()},
            meta,
        )
    except (OSError, ValueError, KeyError, *OrtError) as error:
        raise LanguageError(str(folder), f"no stance reader: {error}") from error


def read_stance_version(folder: Path = FOLDER) -> str:
    """Return the version of a folder's model with a digest of its files and thresholds, without loading its weights.

    Weights that were fitted again are another model, whatever version they bear.
    """
    try:
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
        held = json.dumps([meta["files"], meta["thresholds"]], sort_keys=True)
        return f"{meta['name']}-{meta['version']}+{hashlib.sha256(held.encode()).hexdigest()[:8]}"
    except (OSError, ValueError, KeyError) as error:
        raise LanguageError(str(folder), f"no stance reader: {error}") from error
