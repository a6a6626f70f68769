"""Graphs of networks for ONNX Runtime, put together from their weights when a model is loaded.

ONNX files are protocol buffers (onnx.proto3 of the ONNX project); the few messages that a graph needs are written here,
so that no weights stand in the package twice and nothing but the runtime is installed. Knows no network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions

MICROSOFT = "com.microsoft"
"""Operators that ONNX Runtime has beside those of the standard."""

_OPSETS = {"": 20, MICROSOFT: 1}
_IR_VERSION = 9
_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int64": 7}
_MORE = 128  # in a byte of a number: another one follows
_INT, _STRING, _FLOAT, _INTS = 2, 3, 1, 7  # kinds of attributes
Attribute = int | float | str | tuple[int, ...]


class GraphBuilder:
    """Collects operators and constants. Names are given by the builder; what an operator returns is the next one's input."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._constants: dict[str, bytes] = {}

    def hold(self, name: str, values: NDArray[Any] | np.generic) -> str:
        """Keep a constant, once for each name; return the name."""
        if name not in self._constants:
            plain = np.asarray(values, order="C")
            dims = b"".join(_whole(1, size) for size in plain.shape)
            kind = _whole(2, _TYPES[plain.dtype.name])
            self._constants[name] = dims + kind + _bytes(8, name.encode()) + _bytes(9, plain.tobytes())
        return name

    def add(self, operator: str, *inputs: str, domain: str = "", **attributes: Attribute) -> str:
        """Add an operator of one output; return the output's name. An input that is left out is an empty name."""
        return self.add_many(operator, inputs, 1, domain=domain, **attributes)[0]

    def add_many(
        self, operator: str, inputs: Iterable[str], outputs: int, *, domain: str = "", **attributes: Attribute
    ) -> list[str]:
        """Add an operator of several outputs; return their names."""
        names = [f"{operator}_{len(self._nodes)}_{number}" for number in range(outputs)]
        self._nodes.append(
            b"".join(_bytes(1, one.encode()) for one in inputs)
            + b"".join(_bytes(2, one.encode()) for one in names)
            + _bytes(4, operator.encode())
            + b"".join(_bytes(5, _attribute(name, value)) for name, value in attributes.items())
            + _bytes(7, domain.encode())
        )
        return names

    def write(self, inputs: Mapping[str, tuple[str, Sequence[int | None]]], output: str) -> bytes:
        """Return the network as a file holds it. ``inputs``: type and sizes of each (None: any)."""
        graph = (
            b"".join(_bytes(1, node) for node in self._nodes)
            + _bytes(2, b"network")
            + b"".join(_bytes(5, constant) for constant in self._constants.values())
            + b"".join(_bytes(11, _value(name, *kind)) for name, kind in inputs.items())
            + _bytes(12, _value(output, "float32", None))
        )
        opsets = (_bytes(1, domain.encode()) + _whole(2, version) for domain, version in _OPSETS.items())
        return _whole(1, _IR_VERSION) + _bytes(7, graph) + b"".join(_bytes(8, one) for one in opsets)


def start_network(model: bytes | Path) -> InferenceSession:
    """Return a network, ready to run: one thread, as the rest of the language stage."""
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # its warnings concern its makers
    slow = ["SkipLayerNormFusion"]  # the fused operator takes eight times as long as the two that it stands for
    return InferenceSession(model, options, providers=["CPUExecutionProvider"], disabled_optimizers=slow)


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, str):
        held, kind = _bytes(4, value.encode()), _STRING
    elif isinstance(value, tuple):
        held, kind = b"".join(_whole(8, one) for one in value), _INTS
    elif isinstance(value, float):
        held, kind = b"\x15" + np.float32(value).tobytes(), _FLOAT
    else:
        held, kind = _whole(3, value), _INT
    return _bytes(1, name.encode()) + held + _whole(20, kind)


def _value(name: str, kind: str, sizes: Sequence[int | None] | None) -> bytes:
    held = _whole(1, _TYPES[kind])
    if sizes is not None:
        held += _bytes(2, b"".join(_bytes(1, b"" if size is None else _whole(1, size)) for size in sizes))
    return _bytes(1, name.encode()) + _bytes(2, _bytes(1, held))


def _whole(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value & (2**64 - 1))


def _bytes(number: int, value: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value >= _MORE:
        parts.append(value % _MORE | _MORE)
        value >>= 7
    parts.append(value)
    return bytes(parts)
