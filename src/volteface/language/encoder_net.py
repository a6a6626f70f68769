"""A BERT encoder on ONNX Runtime: runs, never learns. Weights are whole numbers of eight bits with one scale for each row.

What goes into a matrix product is brought to eight bits, too. Each text is read by itself: what it says does not hang on
the texts beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from volteface.language.network_graph import MICROSOFT, GraphBuilder, start_network

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Weights = Mapping[str, NDArray[np.generic]]
EPSILON = 1e-12
"""What BERT adds to a variance."""

_STEPS, _MIDDLE = 127, 128  # of a byte, to each side of its middle
_BYTE = 2  # ONNX's number of the type
SCALE = ".scale"
"""What the name of a packed matrix's scales ends with."""


@dataclass(frozen=True, slots=True)
class EncoderShape:
    """How many layers and how many attention heads.

    ``by_piece``: what goes into a matrix product is brought to eight bits by one scale for each piece, which is the more
    exact way; else by one for the text, and each step is rounded as ONNX Runtime's own fused operators round it. A reader
    must run as it ran when what stands on it was fitted: a last digit more or less moves its probabilities by .01.
    """

    layers: int
    heads: int
    by_piece: bool = True


class EncoderNet:
    """Embeddings and layers of a BERT model, by the names that BERT's own weights have."""

    def __init__(self, weights: Weights, shape: EncoderShape) -> None:
        self._pieces = weights["embeddings.word_embeddings.weight"]
        self._piece_scales = weights[f"embeddings.word_embeddings.weight{SCALE}"].astype(np.float32)
        self._places, self._types, self._gain, self._offset = (
            unpack(weights, f"embeddings.{name}")
            for name in (
                "position_embeddings.weight", "token_type_embeddings.weight", "LayerNorm.weight", "LayerNorm.bias"
            )
        )  # fmt: skip
        graph = GraphBuilder()
        states = add_layers(graph, weights, shape, "x")
        self._layers = start_network(graph.write({"x": ("float32", (None, len(self._gain)))}, states))

    def read(self, texts: Sequence[tuple[Sequence[int], int]]) -> list[Floats]:
        """Return the states of each text (pieces x width). A text is its ids, and how many are not of a second text."""
        return [self._read_one(np.asarray(ids), first) for ids, first in texts]

    def _read_one(self, ids: Ints, first: int) -> Floats:
        x = self._pieces[ids].astype(np.float32) * self._piece_scales[ids][:, None]
        x += self._places[: len(ids)]
        x += self._types[(np.arange(len(ids)) >= first).astype(int)]
        (states,) = self._layers.run(None, {"x": _norm(x, self._gain, self._offset)})
        return np.asarray(states)


def add_layers(graph: GraphBuilder, weights: Weights, shape: EncoderShape, x: str) -> str:
    """Add all layers of an encoder to a graph; ``x`` and what is returned name the states (pieces x width)."""
    for number in range(shape.layers):
        prefix = f"encoder.layer.{number}."
        held = {name.removeprefix(prefix): one for name, one in weights.items() if name.startswith(prefix)}
        x = _add_layer(_LayerBuilder(graph, prefix, held, shape), x)
    return x


def _add_layer(layer: _LayerBuilder, x: str) -> str:
    mixed = layer.attend(x)
    x = layer.norm(x, layer.dense(mixed, "attention.output.dense"), "attention.output.LayerNorm")
    inner = layer.graph.add("Gelu", layer.dense(x, "intermediate.dense"))
    return layer.norm(x, layer.dense(inner, "output.dense"), "output.LayerNorm")


@dataclass(frozen=True, slots=True)
class _LayerBuilder:
    """Adds the parts of one layer to a graph. ``weights`` are those of the layer."""

    graph: GraphBuilder
    prefix: str
    weights: Weights
    shape: EncoderShape

    def dense(self, x: str, *names: str) -> str:
        """Multiply by a matrix, or by several laid side by side, and add the offsets."""
        name, hold, add = self.prefix + names[0], self.graph.hold, self.graph.add
        matrix = hold(f"{name}.weight", np.concatenate([self.weights[f"{one}.weight"] for one in names]).T)
        scales = hold(f"{name}{SCALE}", self._join(names, f"weight{SCALE}"))
        bias = hold(f"{name}.bias", self._join(names, "bias"))
        if not self.shape.by_piece:
            return add("DynamicQuantizeMatMul", x, matrix, scales, "", bias, domain=MICROSOFT)
        greatest = add("ReduceMax", add("Abs", x), hold("last", np.array([-1])), keepdims=1)
        scale = add("Mul", greatest, hold("step", np.float32(1 / _STEPS)))
        steps = add("Add", add("Round", add("Div", x, scale)), hold("middle", np.float32(_MIDDLE)))
        one, zero = hold("one", np.float32(1)), hold("zero", np.uint8(_MIDDLE))
        product = add("MatMulIntegerToFloat", add("Cast", steps, to=_BYTE), matrix, one, scales, zero, domain=MICROSOFT)
        return add("Add", add("Mul", product, scale), bias)

    def attend(self, x: str) -> str:
        """Mix each piece's state with those of the others."""
        add, hold = self.graph.add, self.graph.hold
        width, heads = len(self.weights["output.LayerNorm.weight"]), self.shape.heads
        every = self.dense(x, *(f"attention.self.{part}" for part in ("query", "key", "value")))
        sizes = hold("heads", np.array([1, -1, heads, width // heads]))
        parts = self.graph.add_many("Split", [every, hold("thirds", np.full(3, width))], 3, axis=-1)
        query, key, value = (add("Reshape", part, sizes) for part in parts)
        root = hold("root", np.float32((width // heads) ** -0.25))
        query = add("Mul", add("Transpose", query, perm=(0, 2, 1, 3)), root)
        key = add("Mul", add("Transpose", key, perm=(0, 2, 3, 1)), root)
        value = add("Transpose", value, perm=(0, 2, 1, 3))
        mixed = add("MatMul", add("Softmax", add("MatMul", query, key), axis=-1), value)
        return add("Reshape", add("Transpose", mixed, perm=(0, 2, 1, 3)), hold("rows", np.array([-1, width])))

    def norm(self, x: str, more: str, name: str) -> str:
        """Add two states and normalise them."""
        gain, offset = (
            self.graph.hold(f"{self.prefix}{name}.{part}", self._join([name], part)) for part in ("weight", "bias")
        )
        if not self.shape.by_piece:
            operator = "SkipLayerNormalization"
            return self.graph.add(operator, more, x, gain, offset, domain=MICROSOFT, epsilon=EPSILON)
        total = self.graph.add("Add", x, more)
        return self.graph.add("LayerNormalization", total, gain, offset, axis=-1, epsilon=EPSILON)

    def _join(self, names: Sequence[str], part: str) -> Floats:
        return np.concatenate([self.weights[f"{name}.{part}"].astype(np.float32) for name in names])


def unpack(weights: Weights, name: str) -> Floats:
    """Return a matrix or vector in single precision."""
    values = weights[name].astype(np.float32)
    scales = weights.get(f"{name}{SCALE}")
    return values if scales is None else np.asarray(values * scales.astype(np.float32)[:, None])


def _norm(x: Floats, weight: Floats, bias: Floats) -> Floats:
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt(np.einsum("ij,ij->i", centred, centred) / np.float32(x.shape[1]) + np.float32(EPSILON))
    centred *= weight
    centred /= spread[:, None]
    return np.asarray(centred + bias)
