"""Connections that go only where they may, and end when their time is up.

The address that is checked is the one connected to: a name is resolved once for each connection, every address of it is
judged, and the peer is asked for again once connected. So neither a redirect nor a name server that changes its answer
leads into a private network. A watch cuts the connection at the deadline, whatever it is doing: a read timeout starts
anew with each byte, a deadline does not.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.response import HTTPResponse

from volteface.adapters.web.addresses import RefusedAddressError
from volteface.adapters.web.names import MAX_ADDRESSES, Resolver

TICK_SECONDS = 0.1
_resolver = Resolver()
_local = threading.local()


class Judge(Protocol):
    """Says why an address and port are not to be reached, or None."""

    def __call__(self, address: str, port: int) -> str | None:
        """Judge an IP address."""
        ...


@dataclass(eq=False, slots=True)
class Watch:
    """One request under watch: until when, by which rules it connects, where it is by now, its present connection."""

    deadline: float  # of time.monotonic
    judge: Judge
    url: str
    sock: socket.socket | None = None
    is_late: bool = field(default=False)

    def left(self) -> float:
        """Return the seconds that are left, at least a moment."""
        return max(0.001, self.deadline - time.monotonic())


class Watchdog:
    """One thread that cuts the connections of requests whose deadline has passed."""

    def __init__(self) -> None:
        self._watches: set[Watch] = set()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None

    @contextmanager
    def watch(self, url: str, deadline: float, judge: Judge) -> Iterator[Watch]:
        """Watch what this thread sends inside the block."""
        watch = Watch(deadline, judge, url)
        with self._lock:
            self._watches.add(watch)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="watchdog", daemon=True)
                self._thread.start()
        outer, _local.watch = getattr(_local, "watch", None), watch
        try:
            yield watch
        finally:
            _local.watch = outer
            with self._lock:
                self._watches.discard(watch)

    def close(self) -> None:
        """End the thread."""
        self._closed.set()

    def _work(self) -> None:
        while not self._closed.wait(TICK_SECONDS):
            now = time.monotonic()
            with self._lock:
                late = [watch for watch in self._watches if watch.deadline <= now]
            for watch in late:
                watch.is_late = True
                _cut(watch.sock)


def _cut(sock: socket.socket | None) -> None:
    if sock is not None:
        try:
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # not SSLSocket's own, which would go on in clear text
        except OSError:  # closed already, which is all that is wanted
            return


def _open_socket(connection: HTTPConnection) -> socket.socket:
    """Resolve, judge, connect: at most MAX_ADDRESSES, in the resolver's order, all within the connect timeout."""
    watch: Watch = _local.watch
    timeout = connection.timeout if isinstance(connection.timeout, (int, float)) else watch.left()
    end = min(time.monotonic() + timeout, watch.deadline)
    host, port = connection._dns_host.strip("[]"), connection.port  # noqa: SLF001 -- the name with its dot, as urllib3 dials it
    try:
        addresses = _resolver.resolve(host, end - time.monotonic())
    except socket.gaierror as error:
        raise NameResolutionError(connection.host, connection, error) from error
    for _, address in addresses:
        if refusal := watch.judge(address, port):
            message = f"{refusal} ({host})"
            raise RefusedAddressError(message)
    problem: OSError = TimeoutError("timed out")
    for family, address in addresses[:MAX_ADDRESSES]:
        try:
            sock = _dial(family, address, port, end)
        except OSError as error:
            problem = error
            continue
        peer = sock.getpeername()[0]
        if refusal := watch.judge(peer, port):
            sock.close()
            message = f"{refusal} (the peer of {host})"
            raise RefusedAddressError(message)
        sock.settimeout(max(0.001, end - time.monotonic()))  # what is left is the TLS handshake's
        return sock
    if isinstance(problem, TimeoutError):
        raise ConnectTimeoutError(connection, f"Connection to {host} timed out") from problem
    raise NewConnectionError(connection, f"Failed to establish a new connection: {problem}") from problem


def _dial(family: socket.AddressFamily, address: str, port: int, end: float) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(max(0.001, end - time.monotonic()))
        sock.connect((address, port))
    except BaseException:
        sock.close()
        raise
    return sock


class _Connection(HTTPConnection):
    """An HTTP connection under watch."""

    def _new_conn(self) -> socket.socket:
        return _open_socket(self)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 itself
        _local.watch.sock = self.sock
        return super().getresponse()


class _SecureConnection(HTTPSConnection):
    """The same over TLS."""

    def _new_conn(self) -> socket.socket:
        return _open_socket(self)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 itself
        _local.watch.sock = self.sock
        return super().getresponse()


class _Pool(HTTPConnectionPool):
    ConnectionCls: Any = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls: Any = _SecureConnection


POOLS: dict[str, type[HTTPConnectionPool]] = {"http": _Pool, "https": _SecurePool}
