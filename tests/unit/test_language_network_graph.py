"""Graphs that are written here and run by ONNX Runtime: constants, operators, attributes, several outputs."""

import numpy as np
import pytest

from volteface.language.network_graph import MICROSOFT, GraphBuilder, start_network

ANY = ("float32", (None, 3))


def test_a_graph_runs_with_its_constants() -> None:
    graph = GraphBuilder()
    matrix = np.arange(6, dtype="float32").reshape(3, 2)
    total = graph.add("Add", graph.add("MatMul", "x", graph.hold("matrix", matrix)), graph.hold("one", np.float32(1)))
    rows = np.ones((500, 3), dtype="float32")

    (found,) = start_network(graph.write({"x": ANY}, total)).run(None, {"x": rows})

    assert np.allclose(found, rows @ matrix + 1)


def test_whole_numbers_below_zero_and_large_ones_arrive() -> None:
    graph = GraphBuilder()
    for number, value in enumerate((-1, -300, 2**40)):
        graph.hold(f"{number}", np.array([value]))
    joined = graph.add("Concat", "0", "1", "2", axis=0)

    (found,) = start_network(graph.write({"x": ANY}, graph.add("Cast", joined, to=1))).run(
        None, {"x": np.ones((1, 3), "float32")}
    )

    assert found.tolist() == [-1.0, -300.0, float(2**40)]


def test_fractions_words_and_operators_of_the_runtime_arrive_as_attributes() -> None:
    graph = GraphBuilder()
    ones, zeros = graph.hold("ones", np.ones(3, "float32")), graph.hold("zeros", np.zeros(3, "float32"))
    normal = graph.add("LayerNormalization", "x", ones, zeros, axis=-1, epsilon=0.5)
    rough = graph.add("Gelu", normal, approximate="tanh")
    quick = graph.add("BiasGelu", rough, zeros, domain=MICROSOFT)
    rows = np.array([[1.0, 2.0, 3.0]], dtype="float32")

    (found,) = start_network(graph.write({"x": ANY}, quick)).run(None, {"x": rows})

    normed = (rows - 2) / np.sqrt(2 / 3 + 0.5)
    assert found[0, 2] == pytest.approx(gelu(gelu(normed[0, 2])), abs=1e-3)


def gelu(x: float) -> float:
    return float(0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x**3))))


def test_a_constant_is_kept_once_and_an_operator_may_have_several_outputs() -> None:
    graph = GraphBuilder()
    sizes = graph.hold("sizes", np.array([1, 2]))
    first, second = graph.add_many("Split", ["x", graph.hold("sizes", np.array([9, 9]))], 2, axis=1)

    (found,) = start_network(graph.write({"x": ANY}, graph.add("Concat", second, first, axis=1))).run(
        None, {"x": np.array([[1, 2, 3]], dtype="float32")}
    )

    assert (sizes, found.tolist()) == ("sizes", [[2.0, 3.0, 1.0]])


def test_what_is_no_network_is_an_error_of_the_runtime() -> None:
    with pytest.raises(Exception, match="protobuf"):
        start_network(b"no network")
