"""A BERT encoder in numpy, for distilling word vectors: reads safetensors.

Runs the first layers alone. Does not train, and does not load any other format.
"""

from __future__ import annotations

import json
import struct
from math import erf, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


class Encoder:
    """The embeddings and the first ``depth`` layers of a BERT model."""

    def __init__(self, folder: Path, depth: int) -> None:
        settings = json.loads((folder / "config.json").read_text())
        self.heads, self.depth = settings["num_attention_heads"], depth
        self.weights = read_safetensors(folder / "model.safetensors")

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


def read_safetensors(path: Path) -> dict[str, Array]:
    """Return the tensors of a file that are in single precision, by name."""
    data = path.read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            first, last = (8 + size + offset for offset in entry["data_offsets"])
            tensors[name] = np.frombuffer(data[first:last], dtype="<f4").reshape(entry["shape"])
    return tensors
