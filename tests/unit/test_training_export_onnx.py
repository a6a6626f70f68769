"""training/stance: the network as its file holds it, with small random weights. No torch here."""

import numpy as np
from export_onnx import pack, write_network

from volteface.language.encoder_net import SCALE, EncoderShape
from volteface.language.network_graph import start_network

WIDE, INNER, PIECES, SCORES = 8, 16, 20, 4
DRAW = np.random.default_rng(2)


def make_weights() -> dict[str, np.ndarray]:
    shapes = {
        "embeddings.word_embeddings.weight": (PIECES, WIDE),
        "embeddings.position_embeddings.weight": (200, WIDE),
        "embeddings.token_type_embeddings.weight": (2, WIDE),
        "head.weight": (SCORES, 3 * WIDE),
        "head.bias": (SCORES,),
        "embeddings.LayerNorm.weight": (WIDE,),
        "embeddings.LayerNorm.bias": (WIDE,),
    }
    for name, (rows, columns) in {
        **{f"attention.self.{part}": (WIDE, WIDE) for part in ("query", "key", "value")},
        "attention.output.dense": (WIDE, WIDE),
        "intermediate.dense": (INNER, WIDE),
        "output.dense": (WIDE, INNER),
    }.items():
        shapes |= {f"encoder.layer.0.{name}.weight": (rows, columns), f"encoder.layer.0.{name}.bias": (rows,)}
    for name in ("attention.output", "output"):
        shapes |= {f"encoder.layer.0.{name}.LayerNorm.{part}": (WIDE,) for part in ("weight", "bias")}
    return {name: DRAW.normal(size=shape).astype("float32") for name, shape in shapes.items()}


def feed(count: int) -> dict[str, np.ndarray]:
    places = np.arange(count)
    means = np.full((3, count), 1 / count, dtype="float32")
    return {"ids": places + 1, "types": (places > 2).astype("int64"), "places": places, "means": means}


def test_a_network_of_packed_weights_scores_texts_of_any_length() -> None:
    network = start_network(write_network(pack(make_weights()), EncoderShape(1, 2, by_piece=False)))

    for count in (3, 9):
        (scores,) = network.run(None, feed(count))
        assert scores.shape == (1, SCORES)
        assert np.isfinite(scores).all()


def test_both_ways_to_eight_bits_come_near_one_another() -> None:
    packed = pack(make_weights())
    one, other = (
        start_network(write_network(packed, EncoderShape(1, 2, by_piece=by_piece))).run(None, feed(6))[0]
        for by_piece in (True, False)
    )

    assert np.allclose(one, other, atol=0.5)
    assert not np.array_equal(one, other)


def test_packed_matrices_are_themselves_to_half_a_step() -> None:
    weights = make_weights()
    packed = pack(weights)
    name = "encoder.layer.0.output.dense.weight"
    scales = packed[name + SCALE]
    table = "embeddings.word_embeddings.weight"
    steps = packed[table].astype("float32") - packed[table + ".zero"]

    assert (np.abs(packed[name] * scales[:, None] - weights[name]) <= scales[:, None] * 0.501).all()
    assert (np.abs(steps * packed[table + SCALE] - weights[table]) <= packed[table + SCALE] * 0.501).all()
