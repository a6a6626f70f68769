"""Layers of convolutions as thinc has them (maxout, layer norm, residual), on ONNX Runtime: runs, never learns.

Gives what thinc's own layers give but for the rounding of single precision, five times as fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import Model

from volteface.language.network_graph import GraphBuilder, start_network

Floats = NDArray[np.float32]
Layer = tuple[Floats, Floats, Floats, Floats]
_EPSILON = 1e-8  # thinc's


class Convolutions:
    """Reads runs of rows. A layer looks ``step`` rows to both sides inside the run; ``steps`` has one for each layer."""

    def __init__(self, layers: Iterable[Model[Any, Any]], steps: Sequence[int]) -> None:
        graph = GraphBuilder()
        rows = "rows"
        for number, (layer, step) in enumerate(zip(_list_weights(layers), steps, strict=True)):
            rows = _add_layer(graph, rows, f"{number}.", layer, step)
        self._session = start_network(graph.write({"rows": ("float32", (None, None, None))}, rows))

    def read(self, runs: Floats) -> Floats:
        """Return what the layers make of runs of rows (runs x rows x width, in and out)."""
        (read,) = self._session.run(None, {"rows": runs})
        return np.asarray(read)


def _add_layer(graph: GraphBuilder, rows: str, prefix: str, layer: Layer, step: int) -> str:
    _, bias, gain, _ = layer
    width = len(gain)
    weights = [graph.hold(prefix + name, one) for name, one in zip("Wbgo", layer, strict=True)]
    later = graph.add("Pad", rows, graph.hold(f"before {step}", np.array([0, step, 0, 0, 0, 0])))
    axis, zero = graph.hold("axis", np.array([1])), graph.hold("zero", np.array([0]))
    left = graph.add("Slice", later, zero, graph.hold(f"less {step}", np.array([-step])), axis)
    longer = graph.add("Pad", rows, graph.hold(f"after {step}", np.array([0, 0, 0, 0, step, 0])))
    end = graph.hold("end", np.array([2**31 - 1]))
    right = graph.add("Slice", longer, graph.hold(f"more {step}", np.array([step])), end, axis)
    wide = graph.add("Concat", left, rows, right, axis=2)
    total = graph.add("Add", graph.add("MatMul", wide, weights[0]), weights[1])
    pieces = len(bias) // width
    parts = graph.add_many("Split", [total, graph.hold("parts", np.full(pieces, width))], pieces, axis=2)
    most = graph.add("Max", *parts)
    normal = graph.add("LayerNormalization", most, weights[2], weights[3], axis=-1, epsilon=_EPSILON)
    return graph.add("Add", rows, normal)


def read_weights(node: Model[Any, Any], name: str) -> Floats:
    """Return a parameter of a thinc model as numpy knows it."""
    return np.asarray(node.get_param(name), dtype=np.float32)


def _list_weights(layers: Iterable[Model[Any, Any]]) -> Iterable[Layer]:
    """Yield the matrix, the offsets, the norm's gain and its offsets of each layer. A maxout's pieces stand one after
    another, not in turn.
    """
    for node in (node for layer in layers for node in layer.walk()):
        if node.name == "maxout":
            whole, bias = read_weights(node, "W"), read_weights(node, "b")
            matrix = whole.transpose(1, 0, 2).reshape(-1, whole.shape[2]).T
        elif node.name == "layernorm":
            yield matrix, bias.T.reshape(-1), read_weights(node, "G"), read_weights(node, "b")
