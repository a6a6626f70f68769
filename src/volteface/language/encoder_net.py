"""A BERT encoder in numpy: runs, never learns. Weights are whole numbers of eight bits with one scale for each row.

The matrices are unpacked to single precision once, when the weights are read; the table of word pieces stays packed. Texts
of a batch are laid end to end, so that no product is taken over padding but in the attention.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Weights = Mapping[str, NDArray[np.generic]]
SCALE = ".scale"
"""What the name of a packed matrix's scales ends with."""


@dataclass(frozen=True, slots=True)
class EncoderShape:
    """How many layers and how many attention heads."""

    layers: int
    heads: int


class EncoderNet:
    """Embeddings and layers of a BERT model, by the names that BERT's own weights have."""

    def __init__(self, weights: Weights, shape: EncoderShape) -> None:
        self._shape = shape
        self._pieces = weights["embeddings.word_embeddings.weight"]
        self._piece_scales = weights[f"embeddings.word_embeddings.weight{SCALE}"].astype(np.float32)
        self._weights = {
            name: unpack(weights, name)
            for name in weights
            if not name.endswith(SCALE) and not name.startswith("embeddings.word_embeddings")
        }
        self._layers = [self._gather(f"encoder.layer.{number}.") for number in range(shape.layers)]

    def read(self, texts: Sequence[tuple[Sequence[int], int]]) -> list[Floats]:
        """Return the states of each text (pieces x width). A text is its ids, and how many are not of a second text."""
        lengths = [len(ids) for ids, _ in texts]
        edges = np.concatenate([[0], np.cumsum(lengths)])
        ids = np.concatenate([np.asarray(ids) for ids, _ in texts])
        places = np.concatenate([np.arange(length) for length in lengths])
        types = np.concatenate([(np.arange(len(ids)) >= first).astype(int) for ids, first in texts])
        x = self._embed(ids, places, types)
        for layer in self._layers:
            x = self._run_layer(layer, x, edges)
        return [x[start:end] for start, end in pairwise(edges)]

    def _embed(self, ids: Ints, places: Ints, types: Ints) -> Floats:
        held = self._weights
        x = self._pieces[ids].astype(np.float32) * self._piece_scales[ids][:, None]
        x += held["embeddings.position_embeddings.weight"][places]
        x += held["embeddings.token_type_embeddings.weight"][types]
        return _norm(x, held["embeddings.LayerNorm.weight"], held["embeddings.LayerNorm.bias"])

    def _gather(self, prefix: str) -> dict[str, Floats]:
        """Return one layer's weights; queries, keys and values are one matrix, and the matrices stand transposed."""
        held = {name.removeprefix(prefix): w for name, w in self._weights.items() if name.startswith(prefix)}
        parts = [f"attention.self.{part}" for part in ("query", "key", "value")]
        layer = {name: held[name] for name in held if not name.startswith("attention.self")}
        layer["qkv.weight"] = np.concatenate([held[f"{part}.weight"] for part in parts])
        layer["qkv.bias"] = np.concatenate([held[f"{part}.bias"] for part in parts])
        return {
            name: np.ascontiguousarray(w.T) if w.ndim == 2 else w  # noqa: PLR2004 -- a matrix
            for name, w in layer.items()
        }

    def _run_layer(self, layer: dict[str, Floats], x: Floats, edges: Ints) -> Floats:
        mixed = self._attend(_dense(x, layer, "qkv"), edges)
        x = x + _dense(mixed, layer, "attention.output.dense")
        x = _norm(x, layer["attention.output.LayerNorm.weight"], layer["attention.output.LayerNorm.bias"])
        inner = _gelu(_dense(x, layer, "intermediate.dense"))
        x = x + _dense(inner, layer, "output.dense")
        return _norm(x, layer["output.LayerNorm.weight"], layer["output.LayerNorm.bias"])

    def _attend(self, qkv: Floats, edges: Ints) -> Floats:
        heads, width = self._shape.heads, qkv.shape[1] // 3
        mixed = np.empty((len(qkv), width), dtype=np.float32)
        for start, end in pairwise(edges):
            q, k, v = qkv[start:end].reshape(end - start, 3, heads, -1).transpose(1, 2, 0, 3)
            scores = q @ k.swapaxes(1, 2)
            scores *= np.float32(1 / sqrt(width / heads))
            scores -= scores.max(axis=-1, keepdims=True)
            np.exp(scores, out=scores)
            scores /= scores.sum(axis=-1, keepdims=True)
            mixed[start:end] = (scores @ v).swapaxes(0, 1).reshape(end - start, width)
        return mixed


def unpack(weights: Weights, name: str) -> Floats:
    """Return a matrix or vector in single precision."""
    values = weights[name].astype(np.float32)
    scales = weights.get(f"{name}{SCALE}")
    return values if scales is None else np.asarray(values * scales.astype(np.float32)[:, None])


def _dense(x: Floats, layer: dict[str, Floats], name: str) -> Floats:
    product: Floats = x @ layer[f"{name}.weight"]
    product += layer[f"{name}.bias"]
    return product


def _norm(x: Floats, weight: Floats, bias: Floats) -> Floats:
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.einsum("ij,ij->i", centred, centred) / np.float32(x.shape[1]) + np.float32(1e-12))
    centred *= weight
    centred /= spread[:, None]
    return np.asarray(centred + bias)


def _gelu(x: Floats) -> Floats:
    """Return x * Phi(x) by the tanh formula, within 0.0005 of it (Hendrycks and Gimpel 2016)."""
    inner = x * x
    inner *= np.float32(0.044715)
    inner += np.float32(1)
    inner *= x
    inner *= np.float32(0.7978845608)
    np.tanh(inner, out=inner)
    inner += np.float32(1)
    inner *= x
    inner *= np.float32(0.5)
    return inner
