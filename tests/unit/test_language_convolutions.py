"""Convolutions on ONNX Runtime against thinc's own layers, with random weights."""

import numpy as np
import pytest
from thinc.api import Maxout, Model, chain, clone, expand_window, residual

from volteface.language.attribution_net import AttributionNet, Shape
from volteface.language.convolutions import Convolutions

DRAW = np.random.default_rng(3)


def build_layers(width: int, depth: int) -> Model:
    layers = clone(residual(chain(expand_window(1), Maxout(width, width * 3, nP=3, normalize=True))), depth)
    layers.initialize()
    for node in layers.walk():
        if node.name == "layernorm":
            node.set_param("G", DRAW.normal(size=width).astype("float32"))
            node.set_param("b", DRAW.normal(size=width).astype("float32"))
    return layers


def test_rows_are_read_as_thinc_reads_them() -> None:
    layers = build_layers(8, 3)
    rows = DRAW.normal(size=(20, 8)).astype("float32")

    found = Convolutions([layers], [1, 1, 1]).read(rows[None])[0]

    assert np.allclose(found, layers.predict(rows), atol=1e-5)


def test_runs_do_not_see_one_another() -> None:
    quick = Convolutions([build_layers(8, 2)], [1, 2])
    runs = DRAW.normal(size=(3, 10, 8)).astype("float32")

    assert np.allclose(quick.read(runs)[1], quick.read(runs[1:2])[0], atol=1e-5)


def test_there_is_a_step_for_each_layer() -> None:
    with pytest.raises(ValueError, match="zip"):
        Convolutions([build_layers(8, 2)], [1])


def test_a_frozen_attribution_network_reads_as_before_and_learns_no_more() -> None:
    net = AttributionNet(Shape(rows=(50,), features=6, words=0, width=12, link_width=12))
    texts = [(DRAW.integers(1, 99, (30, 1)).astype("uint64"), np.zeros((30, 0), "float32"))]
    before, _ = net.encode(texts)
    windows = np.tile(np.arange(144) - 70, (2, 1))
    windows[(windows < 0) | (windows >= 30)] = -1
    places = DRAW.normal(size=(288, 6)).astype("float32")
    linked, _ = net.link(before, np.array([3, 9]), windows, places)

    net.freeze()
    after, backprop = net.encode(texts)

    assert np.allclose(after, before, atol=1e-5)
    assert np.allclose(net.link(after, np.array([3, 9]), windows, places)[0], linked, atol=1e-5)
    with pytest.raises(NotImplementedError, match="frozen"):
        backprop(after)
