"""Hosts that mean harm, on loopback, and a reader that is watched: how long, how much memory, what came of it."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from volteface.adapters.web.http import Fetcher, FetchRequest
from volteface.config.settings import Collection
from volteface.models import FetchResult

MIB = 1024 * 1024
NOW = datetime(2024, 3, 27, 12, tzinfo=UTC)
COLLECTION = Collection(
    user_agent="volteface/1 test",
    allow_private_addresses=True,
    connect_timeout_seconds=1,
    read_timeout_seconds=1,
    total_timeout_seconds=1.5,
    host_pause_seconds=0,
)
GUARDED = COLLECTION.model_copy(update={"allow_private_addresses": False})

Answer = Callable[[socket.socket, bytes], None]


def fetch(url: str, collection: Collection = COLLECTION, **known: object) -> FetchResult:
    """Fetch one address in this process."""
    with Fetcher(collection, clock=lambda: NOW) as fetcher:
        return fetcher.fetch(FetchRequest(url=url, **known))  # type: ignore[arg-type]


@contextmanager
def serve(answer: Answer, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[str]:
    """Lend the address of a host that answers each connection, given the request's head, as it likes: HTTP or not."""
    with socket.create_server((host, 0), backlog=64) as server:

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=talk, args=(connection,), daemon=True).start()

        def talk(connection: socket.socket) -> None:
            try:
                if tls is not None:
                    connection = tls.wrap_socket(connection, server_side=True)
                with connection:
                    answer(connection, connection.recv(65536))
            except OSError:
                return

        threading.Thread(target=accept, daemon=True).start()
        yield f"http{'s' if tls else ''}://127.0.0.1:{server.getsockname()[1]}/"


def say(text: str, body: bytes = b"") -> Answer:
    """Return an answer of these lines of a head and this body."""
    head = text.replace("\n", "\r\n").encode() + b"\r\n\r\n"
    return lambda connection, _request: connection.sendall(head + body)


def pour(head: bytes, piece: bytes) -> Answer:
    """Return an answer that begins with ``head`` and never ends."""

    def answer(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)

    return answer


def drip(head: bytes, piece: bytes = b"x", every: float = 0.2) -> Answer:
    """Return an answer that begins with ``head`` and goes on with a piece now and then, far beyond any deadline."""

    def answer(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(head)
        for _ in range(200):
            time.sleep(every)
            connection.sendall(piece)

    return answer


def make_gzip_bomb(mebibytes: int) -> bytes:
    """Return about 1 kB of gzip for each MiB of zeros that it unpacks to."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + block * mebibytes


def make_double_bomb(mebibytes: int) -> bytes:
    """Return a bomb packed once more: 2 kB that unpack, twice, to a gigabyte."""
    return gzip.compress(make_gzip_bomb(mebibytes), 9)


@dataclass(frozen=True)
class Cost:
    """What reading one address came to in a process of its own."""

    outcome: str
    error: str | None
    body_bytes: int | None
    seconds: float
    grown_megabytes: float


_CHILD = """
import json, sys, time
from pathlib import Path
sys.path.insert(0, {here!r})
from hostile_hosts import fetch, fetch_many

def peak():
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024

fetch("http://127.0.0.1:1/")  # whatever is loaded late is loaded now
before, started = peak(), time.monotonic()
result = fetch_many({url!r}, {hosts}, max_bytes={max_bytes})
print(json.dumps([result.outcome, result.error, None if result.body is None else len(result.body),
                  time.monotonic() - started, peak() - before]))
"""


def fetch_many(url: str, hosts: int, **known: object) -> FetchResult:
    """Fetch one address from so many hosts of the loopback network at once; return what the last one gave."""
    patient = COLLECTION.model_copy(update={"total_timeout_seconds": 20, "read_timeout_seconds": 10})
    collection = COLLECTION if hosts == 1 else patient
    urls = [f"http://127.0.0.{number + 1}:{url.rpartition(':')[2]}" for number in range(hosts)]
    with Fetcher(collection, clock=lambda: NOW) as fetcher:
        results = list(fetcher.fetch_all([FetchRequest(url=each, **known) for each in urls]))  # type: ignore[arg-type]
    assert len({result.outcome for result in results}) == 1
    return results[-1]


def fetch_in_child(url: str, max_bytes: int = 10 * MIB, hosts: int = 1) -> Cost:
    """Fetch one address in a process of its own, to see what it costs at most."""
    here = str(__file__).rpartition("/")[0]
    script = _CHILD.format(here=here, url=url, max_bytes=max_bytes, hosts=hosts)
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=60)
    return Cost(*json.loads(done.stdout))
