"""What goes between this process and its workers: length, then pickle. What a worker sends back is not trusted.

A worker has read hostile bytes with C libraries, so its answer may be anything: it is taken up to a length, within a
time, and only builtin values, datetimes and the classes of ``volteface.models`` are made of it.
"""

from __future__ import annotations

import io
import pickle
import socket
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

NUMBER_BYTES = 8
_CHUNK = 1 << 20
_DATETIME = frozenset({"datetime", "date", "timedelta", "timezone"})


class FaultKind(StrEnum):
    """How a call ended that brought no value."""

    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Fault:
    """A call that brought no value, and the reason in words, on one line."""

    kind: FaultKind
    reason: str


def send_message(channel: socket.socket, message: bytes, *, deadline: float | None = None) -> None:
    """Send one message. Raises TimeoutError past the deadline (of time.monotonic) and OSError where nobody listens."""
    _set_timeout(channel, deadline)
    channel.sendall(len(message).to_bytes(NUMBER_BYTES) + message)


def receive_message(channel: socket.socket, *, max_bytes: int | None = None, deadline: float | None = None) -> bytes:
    """Return one message. Raises EOFError at the end, ValueError past the length, TimeoutError past the deadline."""
    length = int.from_bytes(_receive(channel, NUMBER_BYTES, deadline))
    if max_bytes is not None and length > max_bytes:
        message = f"more than {max_bytes} bytes"
        raise ValueError(message)
    return _receive(channel, length, deadline)


def load_answer(message: bytes) -> Any:
    """Return the value that a worker sent. Raises pickle.UnpicklingError for anything but plain values and models."""
    try:
        return _PlainUnpickler(io.BytesIO(message)).load()
    except pickle.UnpicklingError:
        raise
    except Exception as error:  # bytes that are no pickle raise nearly anything
        reason = f"no answer can be made of it: {type(error).__name__}"
        raise pickle.UnpicklingError(reason) from error


class _PlainUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Return a class that an answer may hold. Raises UnpicklingError."""
        is_model = module.split(".")[:2] == ["volteface", "models"] or (module, name) in {
            (__name__, "Fault"),
            (__name__, "FaultKind"),
        }
        if (is_model and "." not in name) or (module == "datetime" and name in _DATETIME):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        reason = f"{module}.{name} is nothing that a worker may send"
        raise pickle.UnpicklingError(reason)


def _receive(channel: socket.socket, length: int, deadline: float | None) -> bytes:
    pieces = bytearray()
    while len(pieces) < length:
        _set_timeout(channel, deadline)
        piece = channel.recv(min(_CHUNK, length - len(pieces)))
        if not piece:
            raise EOFError
        pieces += piece
    return bytes(pieces)


def _set_timeout(channel: socket.socket, deadline: float | None) -> None:
    if deadline is None:
        channel.settimeout(None)
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    channel.settimeout(left)
