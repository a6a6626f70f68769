"""Write the stance reader's network as ONNX with eight-bit weights. Needs torch for the network alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from volteface.language.encoder_net import EPSILON, SCALE, EncoderShape, add_layers
from volteface.language.network_graph import MICROSOFT, GraphBuilder

if TYPE_CHECKING:
    from stance_net import StanceNet

MOST_PLACES = 160  # more than a pair is ever long
_STEPS = 127  # of a whole number of eight bits, to each side of zero
Weights = dict[str, NDArray[Any]]


def export_network(net: StanceNet, path: Path) -> None:
    """Write the network; weights of the matrix products are whole numbers of eight bits, one scale for each column."""
    table = net.bert.embeddings.word_embeddings.weight.data
    for number, mark in enumerate(net.ids):
        table[mark] = net.marks.weight.data[number]
    weights = {name: value.numpy() for name, value in net.bert.state_dict().items()}
    weights |= {"head.weight": net.head.weight.data.numpy(), "head.bias": net.head.bias.data.numpy()}
    config = net.bert.config
    shape = EncoderShape(config.num_hidden_layers, config.num_attention_heads, by_piece=False)
    path.write_bytes(write_network(pack(weights), shape))


def pack(weights: Mapping[str, NDArray[Any]]) -> Weights:
    """Return the matrices in eight bits: those of products by rows, the table of word pieces as a whole."""
    packed: Weights = {}
    for name, values in weights.items():
        if name == "embeddings.word_embeddings.weight":
            low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
            scale = (high - low) / 255
            zero = round(-low / scale)
            steps = np.clip(np.rint(values / scale) + zero, 0, 255)
            packed |= {name: steps.astype("uint8"), name + SCALE: np.float32(scale), name + ".zero": np.uint8(zero)}
        elif values.ndim == 2 and not name.startswith("embeddings."):  # noqa: PLR2004 -- a matrix
            scales = np.maximum(np.abs(values).max(axis=1), 1e-8) / _STEPS
            packed |= {name: np.rint(values / scales[:, None]).astype("int8"), name + SCALE: scales.astype("float32")}
        else:
            packed[name] = values.astype("float32") if values.dtype.kind == "f" else values
    return packed


def write_network(weights: Mapping[str, Any], shape: EncoderShape) -> bytes:
    """Return the network as its file holds it: from the ids of a pair's pieces to the scores of all classes.

    ``means`` (3 x pieces) are the weights of the states that the head reads: of the sentence, the actor's marks, the first.
    """
    graph = GraphBuilder()
    hold, add = graph.hold, graph.add
    name = "embeddings.word_embeddings.weight"
    table, scale, zero = (hold(name + part, weights[name + part]) for part in ("", SCALE, ".zero"))
    x = add("DequantizeLinear", add("Gather", table, "ids"), scale, zero)
    for part, given in (("token_type", "types"), ("position", "places")):
        name = f"embeddings.{part}_embeddings.weight"
        x = add("Add", x, add("Gather", hold(name, weights[name][:MOST_PLACES]), given))
    gain, offset = (hold(one, weights[one]) for one in ("embeddings.LayerNorm.weight", "embeddings.LayerNorm.bias"))
    x = add("LayerNormalization", x, gain, offset, axis=-1, epsilon=EPSILON)
    states = add_layers(graph, weights, shape, x)
    read = add("Reshape", add("MatMul", "means", states), hold("flat", np.array([1, -1])))
    head = [hold("head.weight", weights["head.weight"].T), hold("head.scale", weights["head.weight" + SCALE])]
    scores = add("DynamicQuantizeMatMul", read, *head, "", hold("head.bias", weights["head.bias"]), domain=MICROSOFT)
    pieces = dict.fromkeys(("ids", "types", "places"), ("int64", (None,)))
    return graph.write({**pieces, "means": ("float32", (3, None))}, scores)
