"""Resolve host names in bounded time: the system's resolver may wait for minutes, and cannot be told not to."""

from __future__ import annotations

import socket
import threading
from queue import Empty, SimpleQueue

Address = tuple[socket.AddressFamily, str]

MAX_ADDRESSES = 4  # of a name are tried; one with hundreds would cost a connect timeout for each


class Resolver:
    """Resolves names in threads of its own. One that hangs is left behind: it ends with the system's own patience."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[tuple[str, SimpleQueue[list[Address] | OSError]]] = SimpleQueue()
        self._lock = threading.Lock()
        self._idle = 0

    def resolve(self, host: str, timeout: float) -> list[Address]:
        """Return the addresses of a host, each once. Raises OSError where it has none, TimeoutError past the time."""
        reply: SimpleQueue[list[Address] | OSError] = SimpleQueue()
        with self._lock:
            is_busy = self._idle == 0
            self._idle -= 0 if is_busy else 1
        self._jobs.put((host, reply))
        if is_busy:
            threading.Thread(target=self._work, name="resolve", daemon=True).start()
        try:
            found = reply.get(timeout=max(0.001, timeout))
        except Empty:
            message = "the host's name was not resolved in time"
            raise TimeoutError(message) from None
        if isinstance(found, OSError):
            raise found
        return found

    def _work(self) -> None:
        while True:
            host, reply = self._jobs.get()
            reply.put(_resolve(host))
            with self._lock:
                self._idle += 1


def _resolve(host: str) -> list[Address] | OSError:
    try:
        rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError as error:
        return error
    except UnicodeError:  # a label that is empty or too long for IDNA
        return socket.gaierror(socket.EAI_NONAME, "not a host name")
    return list(dict.fromkeys((family, str(sockaddr[0])) for family, _, _, _, sockaddr in rows))
