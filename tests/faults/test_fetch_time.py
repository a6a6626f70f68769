"""F3: whatever a host does with time, a request ends at its deadline."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import pytest
from hostile_hosts import COLLECTION, NOW, Answer, drip, fetch, make_gzip_bomb, pour, say, serve

from volteface.adapters.web.http import Fetcher, FetchRequest
from volteface.models import FetchOutcome

OK = b"HTTP/1.1 200 OK\r\n"
PACKED = OK + b"Content-Encoding: gzip\r\n\r\n" + make_gzip_bomb(1)[:10]
NOTHING = b"\x00\x00\x00\xff\xff"  # a block of deflate that unpacks to no byte
HANDLES = Path("/proc/self/fd")
DEADLINE = COLLECTION.total_timeout_seconds


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(drip(b"H"), id="status line"),
        pytest.param(drip(OK + b"X-"), id="header"),
        pytest.param(drip(OK, b"X: y\r\n"), id="headers"),
        pytest.param(drip(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"), id="100 for ever"),
        pytest.param(drip(OK + b"\r\n"), id="body"),
        pytest.param(drip(OK + b"Content-Length: 100000\r\n\r\n"), id="body of a length"),
        pytest.param(drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"), id="chunks"),
        pytest.param(drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0"), id="chunk size"),
        pytest.param(drip(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n"), id="trailers"),
        pytest.param(drip(PACKED, NOTHING), id="gzip of nothing"),
        pytest.param(pour(PACKED, NOTHING * 1000), id="gzip of nothing, much of it"),
    ],
)
def test_drip_ends_at_the_deadline(answer: Answer):
    with serve(answer) as url:
        result = fetch(url)

    assert (result.outcome, result.body) == (FetchOutcome.TIMEOUT, None)
    assert DEADLINE * 900 < result.duration_ms < DEADLINE * 1000 + 500
    assert result.error == "not finished after 1.5 s"


def test_silence_ends_sooner_at_the_idle_timeout():
    with serve(lambda _connection, _request: time.sleep(5)) as url:
        result = fetch(url)

    assert result.outcome is FetchOutcome.TIMEOUT
    assert result.duration_ms < COLLECTION.read_timeout_seconds * 1000 + 300


def test_handshake_that_drips_ends_at_the_connect_timeout():
    with serve(drip(b"\x16\x03\x03\x40\x00", b"\0")) as url:
        result = fetch(url.replace("http:", "https:"))

    assert result.outcome is FetchOutcome.TIMEOUT
    assert result.duration_ms < COLLECTION.connect_timeout_seconds * 1000 + 300


def test_hops_share_one_deadline():
    def redirect(connection: socket.socket, _request: bytes) -> None:
        time.sleep(0.6)
        say(f"HTTP/1.1 302 Found\nLocation: /{time.monotonic()}\nContent-Length: 0")(connection, b"")

    with serve(redirect) as url:
        result = fetch(url)

    assert result.outcome is FetchOutcome.TIMEOUT
    assert result.duration_ms < DEADLINE * 1000 + 500


def test_resolver_that_hangs_ends_at_the_connect_timeout(monkeypatch: pytest.MonkeyPatch):
    released = threading.Event()

    def hang(*_arguments: object, **_named: object) -> list[object]:
        released.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    try:
        result = fetch("http://slow.example/")
    finally:
        released.set()

    assert result.outcome is FetchOutcome.TIMEOUT
    assert result.duration_ms < COLLECTION.connect_timeout_seconds * 1000 + 300


def test_name_with_many_dead_addresses_costs_one_connect_timeout(monkeypatch: pytest.MonkeyPatch):
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))] * 50
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_what, **_how: rows)
        result = fetch(f"http://many.example:{port}/")
        for filler in fillers:
            filler.close()

    assert result.outcome is FetchOutcome.TIMEOUT
    assert result.duration_ms < COLLECTION.connect_timeout_seconds * 1000 + 300


def test_dripping_hosts_hold_up_nobody_else():
    """Ten that drip and forty that do not, fifteen at a time: the drips cost their own deadlines and nothing more."""
    collection = COLLECTION.model_copy(update={"concurrency": 15})
    page = say("HTTP/1.1 200 OK\nContent-Length: 2", b"ok")
    with serve(drip(OK), host="0.0.0.0") as bad, serve(page, host="0.0.0.0") as good:
        bad_port, good_port = (url.rpartition(":")[2] for url in (bad, good))
        urls = [f"http://127.0.1.{number + 1}:{bad_port}" for number in range(10)]
        urls += [f"http://127.0.2.{number + 1}:{good_port}" for number in range(40)]
        bad_urls = set(urls[:10])
        started = time.monotonic()
        with Fetcher(collection, clock=lambda: NOW) as fetcher:
            results = list(fetcher.fetch_all([FetchRequest(url=url) for url in urls]))

    late = {result.url for result in results if result.outcome is FetchOutcome.TIMEOUT}
    assert time.monotonic() - started < DEADLINE + 1
    assert len(results) == 50
    assert late == bad_urls


def test_a_hundred_bad_ends_leave_no_thread_and_no_handle_behind():
    answers = [say("junk"), say("HTTP/1.1 302 Found\nLocation: /"), say("HTTP/1.1 200 OK\nContent-Length: 9", b"half")]
    fetch("http://127.0.0.1:1/")
    handles, threads = len(list(HANDLES.iterdir())), threading.active_count()
    with serve(answers[0]) as one, serve(answers[1]) as two, serve(answers[2]) as three:
        for _ in range(10):
            with Fetcher(COLLECTION, clock=lambda: NOW) as fetcher:
                urls = [f"{url}{number}" for url in (one, two, three) for number in range(3)] + ["http://127.0.0.1:1/"]
                assert len(list(fetcher.fetch_all([FetchRequest(url=url) for url in urls]))) == 10
    time.sleep(0.5)  # the servers' own

    assert len(list(HANDLES.iterdir())) <= handles + 1
    assert threading.active_count() <= threads + 4  # the resolver keeps a few
