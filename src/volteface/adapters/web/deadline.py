"""Bound the wait for a response's head: a read timeout starts anew with each byte, a deadline does not."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import HTTPResponse

_LATE = "the head of the response was not finished in time"
_local = threading.local()


@contextmanager
def set_deadline(deadline: float) -> Iterator[None]:
    """Set this thread's deadline, in seconds of ``time.monotonic``, for what it sends inside the block."""
    _local.deadline = deadline
    try:
        yield
    finally:
        del _local.deadline


class _Connection(HTTPConnection):
    """An HTTP connection that is cut when the deadline passes before the head of the response is whole."""

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 itself
        return _wait(self.sock, super().getresponse)


class _SecureConnection(HTTPSConnection):
    """The same over TLS."""

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 itself
        return _wait(self.sock, super().getresponse)


def _wait(sock: socket.socket | None, get_response: Callable[[], HTTPResponse]) -> HTTPResponse:
    """Return the response. Raises TimeoutError past this thread's deadline, and what the connection raises."""
    deadline: float | None = getattr(_local, "deadline", None)
    if deadline is None:
        return get_response()
    is_late = threading.Event()
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), _cut, (sock, is_late))
    timer.daemon = True
    timer.start()
    try:
        response = get_response()
    except (OSError, HTTPException) as error:
        if is_late.is_set():
            raise TimeoutError(_LATE) from error
        raise
    finally:
        timer.cancel()
    if is_late.is_set():  # a head that was cut in the middle reads like a short one that is whole
        raise TimeoutError(_LATE)
    return response


def _cut(sock: socket.socket | None, is_late: threading.Event) -> None:
    is_late.set()
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:  # closed already, which is all that is wanted
            return


class _Pool(HTTPConnectionPool):
    ConnectionCls: Any = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls: Any = _SecureConnection


POOLS: dict[str, type[HTTPConnectionPool]] = {"http": _Pool, "https": _SecurePool}
