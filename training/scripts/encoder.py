"""A BERT encoder in numpy, for distilling word vectors: reads safetensors and a WordPiece vocabulary.

Runs the first layers alone. Does not train, and does not load any other format.
"""

from __future__ import annotations

import json
import struct
import unicodedata
from math import erf, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
LONGEST_WORD = 40  # characters; a longer one is unknown


class WordPieces:
    """Splits a word into pieces of the vocabulary, lower-cased and without accents."""

    def __init__(self, path: Path) -> None:
        self.ids = {line.rstrip("\n"): index for index, line in enumerate(path.open(encoding="utf-8"))}
        self.unknown, self.first, self.last = (self.ids[name] for name in ("[UNK]", "[CLS]", "[SEP]"))
        self._cache: dict[str, tuple[int, ...]] = {}

    def split(self, word: str) -> tuple[int, ...]:
        """Return the ids of the word's pieces; punctuation inside the word is a piece of its own."""
        if word not in self._cache:
            plain = unicodedata.normalize("NFD", word.lower())
            plain = "".join(char for char in plain if unicodedata.category(char) != "Mn")
            spaced = "".join(char if char.isalnum() else f" {char} " for char in plain)
            self._cache[word] = tuple(piece for part in spaced.split() for piece in self._match(part))
        return self._cache[word] or (self.unknown,)

    def _match(self, part: str) -> list[int]:
        pieces: list[int] = []
        start = 0
        while start < len(part):
            prefix = "##" if start else ""
            ends = range(len(part), start, -1) if len(part) <= LONGEST_WORD else range(0)
            end = next((end for end in ends if prefix + part[start:end] in self.ids), 0)
            if not end:
                return [self.unknown]
            pieces.append(self.ids[prefix + part[start:end]])
            start = end
        return pieces


class Encoder:
    """The embeddings and the first ``depth`` layers of a BERT model."""

    def __init__(self, folder: Path, depth: int) -> None:
        settings = json.loads((folder / "config.json").read_text())
        self.heads, self.depth = settings["num_attention_heads"], depth
        self.weights = _read_safetensors(folder / "model.safetensors")

    def run(self, pieces: NDArray[np.int64], mask: NDArray[np.bool_]) -> list[Array]:
        """Return the hidden states after each layer, the embeddings first, for (texts, pieces) ids."""
        w = self.weights
        x = w["embeddings.word_embeddings.weight"][pieces]
        x = x + w["embeddings.position_embeddings.weight"][: pieces.shape[1]]
        x = self._norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        states = [x]
        for layer in range(self.depth):
            states.append(self._run_layer(states[-1], mask, f"encoder.layer.{layer}."))
        return states

    def _run_layer(self, x: Array, mask: NDArray[np.bool_], name: str) -> Array:
        texts, length, width = x.shape
        q, k, v = (
            self._dense(x, f"{name}attention.self.{part}").reshape(texts, length, self.heads, -1).swapaxes(1, 2)
            for part in ("query", "key", "value")
        )
        scores = q @ k.swapaxes(2, 3) / np.float32(sqrt(width / self.heads))
        scores += np.where(mask, 0, -1e9).astype(np.float32)[:, None, None, :]
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed = (scores @ v).swapaxes(1, 2).reshape(texts, length, width)
        x = self._norm(x + self._dense(mixed, f"{name}attention.output.dense"), f"{name}attention.output.LayerNorm")
        inner = _gelu(self._dense(x, f"{name}intermediate.dense"))
        return self._norm(x + self._dense(inner, f"{name}output.dense"), f"{name}output.LayerNorm")

    def _dense(self, x: Array, name: str) -> Array:
        return np.asarray(x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"])

    def _norm(self, x: Array, name: str) -> Array:
        centred = x - x.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        return np.asarray(scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"])


_ERF_STEPS = np.array([erf(i / 1000 / sqrt(2)) for i in range(-6000, 6001)], dtype=np.float32)


def _gelu(x: Array) -> Array:
    """Return x * Phi(x), with erf from a table of steps of 0.001."""
    steps = np.clip(np.rint(x * 1000), -6000, 6000).astype(np.int32) + 6000
    return x * np.float32(0.5) * (np.float32(1) + _ERF_STEPS[steps])


def _read_safetensors(path: Path) -> dict[str, Array]:
    data = path.read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            first, last = (8 + size + offset for offset in entry["data_offsets"])
            tensors[name] = np.frombuffer(data[first:last], dtype="<f4").reshape(entry["shape"])
    return tensors
