"""Whatever a server does is a value, in bounded time and space."""

from __future__ import annotations

import gzip
import hashlib
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import requests
from pytest_httpserver import HTTPServer
from urllib3 import HTTPResponse
from werkzeug import Request, Response

from volteface.adapters.web import addresses
from volteface.adapters.web.http import Fetcher, FetchRequest
from volteface.adapters.web.responses import find_host, read_retry_after
from volteface.adapters.web.tls import SharedTlsAdapter, load_tls_context
from volteface.config.settings import Collection
from volteface.models import FetchOutcome, FetchResult

NOW = datetime(2024, 3, 27, 12, tzinfo=UTC)
COLLECTION = Collection(
    user_agent="volteface test",
    allow_private_addresses=True,
    connect_timeout_seconds=1,
    read_timeout_seconds=1,
    total_timeout_seconds=1.5,
    host_pause_seconds=0,
    concurrency=8,
)


def fetch(url: str, collection: Collection = COLLECTION, **known: object) -> FetchResult:
    with Fetcher(collection, clock=lambda: NOW) as fetcher:
        return fetcher.fetch(FetchRequest(url=url, **known))  # type: ignore[arg-type]


@pytest.fixture
def threaded_server() -> Iterator[HTTPServer]:
    """Lend a server that answers several requests at once."""
    with HTTPServer(host="127.0.0.1", threaded=True) as server:
        yield server


@contextmanager
def serve_raw(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """Lend the address of a server that does with each connection what it is told, HTTP or not."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=talk, args=(connection,), daemon=True).start()

        def talk(connection: socket.socket) -> None:
            with connection:
                try:
                    connection.recv(65536)
                    answer(connection)
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


def test_page_comes_with_its_validators_verbatim(httpserver: HTTPServer):
    headers = {"ETag": 'W/"a b"', "Last-Modified": "some day", "Content-Type": "text/xml; charset=x"}
    httpserver.expect_request("/x").respond_with_data(b"hello", headers=headers)

    result = fetch(httpserver.url_for("/x"))

    assert (result.outcome, result.http_status, result.body) == (FetchOutcome.OK, 200, b"hello")
    assert (result.etag, result.last_modified, result.content_type) == ('W/"a b"', "some day", "text/xml; charset=x")
    assert result.body_sha256 == hashlib.sha256(b"hello").hexdigest()
    assert (result.fetched_at, result.url, result.final_url) == (
        NOW,
        httpserver.url_for("/x"),
        httpserver.url_for("/x"),
    )
    assert result.error is None


def test_request_says_who_asks_and_what_is_known(httpserver: HTTPServer):
    httpserver.expect_request("/x").respond_with_data(b"", status=304)

    result = fetch(httpserver.url_for("/x"), etag='"v"', last_modified="yesterday")

    sent = httpserver.log[0][0].headers
    assert (result.outcome, result.body) == (FetchOutcome.NOT_MODIFIED, None)
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"v"', "yesterday")
    assert (sent["User-Agent"], sent["Accept-Encoding"]) == ("volteface test", "gzip")
    assert "Cookie" not in sent


def test_environment_is_not_used(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1/")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    httpserver.expect_request("/x").respond_with_data(b"direct")

    assert fetch(httpserver.url_for("/x")).body == b"direct"


def test_same_bytes_are_unchanged(httpserver: HTTPServer):
    httpserver.expect_request("/x").respond_with_data(b"same")

    result = fetch(httpserver.url_for("/x"), body_sha256=hashlib.sha256(b"same").hexdigest())

    assert (result.outcome, result.body) == (FetchOutcome.UNCHANGED, b"same")


def test_gzip_is_unpacked_and_counted_unpacked(httpserver: HTTPServer):
    packed = gzip.compress(b"a" * 100_000)
    httpserver.expect_request("/x").respond_with_data(packed, headers={"Content-Encoding": "gzip"})

    assert fetch(httpserver.url_for("/x"), max_bytes=100_000).body == b"a" * 100_000
    assert fetch(httpserver.url_for("/x"), max_bytes=99_999).outcome is FetchOutcome.TOO_LARGE


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "gzip,gzip,gzip"])
def test_coding_that_was_not_asked_for_is_refused(httpserver: HTTPServer, coding: str):
    httpserver.expect_request("/x").respond_with_data(b"?", headers={"Content-Encoding": coding})

    assert fetch(httpserver.url_for("/x")).outcome is FetchOutcome.REFUSED


def test_coding_that_does_not_decode_is_an_error(httpserver: HTTPServer):
    httpserver.expect_request("/x").respond_with_data(b"not gzip", headers={"Content-Encoding": "gzip"})

    result = fetch(httpserver.url_for("/x"))

    assert result.outcome is FetchOutcome.NETWORK_ERROR
    assert "cannot be decoded" in (result.error or "")


def test_announced_length_over_the_limit_is_not_read():
    def announce(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n")
        time.sleep(5)

    with serve_raw(announce) as url:
        result = fetch(url, max_bytes=1000)

    assert result.outcome is FetchOutcome.TOO_LARGE
    assert result.duration_ms < 900


def test_endless_body_is_cut_off():
    def pour(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    with serve_raw(pour) as url:
        assert fetch(url, max_bytes=1_000_000).outcome is FetchOutcome.TOO_LARGE


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-", b"", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n"],
)
def test_dripping_head_or_body_ends_at_the_deadline(head: bytes):
    def drip(connection: socket.socket) -> None:
        connection.sendall(head or b"H")
        for _ in range(40):
            time.sleep(0.2)
            connection.sendall(b"x")

    with serve_raw(drip) as url:
        result = fetch(url)

    assert result.outcome is FetchOutcome.TIMEOUT
    assert result.duration_ms < 2_600
    assert result.error


def test_silent_server_ends_at_the_read_timeout():
    with serve_raw(lambda _connection: time.sleep(5)) as url:
        result = fetch(url)

    assert (result.outcome, result.http_status) == (FetchOutcome.TIMEOUT, None)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        b"junk\r\n\r\n",
        b"",
    ],
)
def test_broken_answer_is_an_error(answer: bytes):
    with serve_raw(lambda connection: connection.sendall(answer)) as url:
        result = fetch(url)

    assert (result.outcome, result.body) == (FetchOutcome.NETWORK_ERROR, None)
    assert result.error


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_followed(httpserver: HTTPServer, status: int):
    httpserver.expect_request("/a").respond_with_data(b"", status=status, headers={"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data(b"there")

    result = fetch(httpserver.url_for("/a"))

    assert (result.body, result.url) == (b"there", httpserver.url_for("/a"))
    assert result.final_url == httpserver.url_for("/b")


def test_redirects_have_an_end(httpserver: HTTPServer):
    for number in range(9):
        headers = {"Location": f"/{number + 1}"}
        httpserver.expect_request(f"/{number}").respond_with_data(b"", status=302, headers=headers)

    result = fetch(httpserver.url_for("/0"))

    assert (result.outcome, result.error) == (FetchOutcome.HTTP_ERROR, "more than 5 redirects")
    assert len(httpserver.log) == 6


def test_redirects_in_a_circle_are_followed_once(httpserver: HTTPServer):
    httpserver.expect_request("/a").respond_with_data(b"", status=302, headers={"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data(b"", status=301, headers={"Location": "/a"})

    result = fetch(httpserver.url_for("/a"))

    assert (result.outcome, result.error) == (FetchOutcome.HTTP_ERROR, "redirects that go in a circle")
    assert [request.path for request, _ in httpserver.log] == ["/a", "/b"]


def test_body_of_a_redirect_is_not_read(httpserver: HTTPServer):
    httpserver.expect_request("/b").respond_with_data(b"there")
    target = httpserver.url_for("/b").encode()

    def redirect(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: " + target + b"\r\nContent-Length: 999999999\r\n\r\n")
        for _ in range(100):
            connection.sendall(b"x" * 65536)
            time.sleep(0.05)

    with serve_raw(redirect) as url:
        result = fetch(url)

    assert result.body == b"there"
    assert result.duration_ms < 1_000


@pytest.mark.parametrize(
    "target", ["ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "gopher://127.0.0.1/"]
)
def test_redirect_to_another_scheme_is_refused(httpserver: HTTPServer, target: str):
    httpserver.expect_request("/a").respond_with_data(b"", status=302, headers={"Location": target})

    assert fetch(httpserver.url_for("/a")).outcome is FetchOutcome.REFUSED


class _Redirecting(requests.adapters.BaseAdapter):
    """A transport that redirects everything to plain http."""

    def send(self, request: requests.PreparedRequest, *_args: object, **_kwargs: object) -> requests.Response:
        response = requests.Response()
        response.status_code, response.url = 301, request.url or ""
        response.headers["Location"] = "http://a.example/"
        response.raw = HTTPResponse()
        return response

    def close(self) -> None:
        pass


def test_redirect_from_https_to_http_is_refused():
    with Fetcher(COLLECTION, clock=lambda: NOW, transport=_Redirecting()) as fetcher:
        result = fetcher.fetch(FetchRequest(url="https://a.example/"))

    assert (result.outcome, result.error) == (FetchOutcome.REFUSED, "a redirect from https to http")


@pytest.mark.parametrize("status", [400, 403, 404, 410, 429, 500, 503])
def test_error_status_is_told(httpserver: HTTPServer, status: int):
    httpserver.expect_request("/x").respond_with_data(b"page", status=status, headers={"Retry-After": "120"})

    result = fetch(httpserver.url_for("/x"))

    assert (result.outcome, result.http_status, result.body) == (FetchOutcome.HTTP_ERROR, status, None)
    assert result.retry_after_seconds == 120
    assert (result.error or "").startswith(f"HTTP {status} ")


def test_dead_host_is_told():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    result = fetch(f"http://127.0.0.1:{port}/")

    assert result.outcome is FetchOutcome.NETWORK_ERROR
    assert "refused" in (result.error or "")


def test_name_that_does_not_resolve_is_told(monkeypatch: pytest.MonkeyPatch):
    def fail(*_args: object, **_kwargs: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    assert fetch("http://nowhere.example/").error == "the host's name does not resolve"
    guarded = COLLECTION.model_copy(update={"allow_private_addresses": False})
    assert fetch("http://nowhere.example/", guarded).error == "the host's name does not resolve"


@pytest.mark.parametrize(
    "url", ["", "junk", "ftp://a.example/", "file:///etc/passwd", "http://", "http://[::1", "http://a b/"]
)
def test_address_that_is_none_is_refused(url: str):
    result = fetch(url)

    assert result.outcome in {FetchOutcome.REFUSED, FetchOutcome.NETWORK_ERROR}
    assert result.error


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:7f00:1]", "0.0.0.0", "10.0.0.1",
     "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fd00::1]", "[fe80::1]", "[64:ff9b::7f00:1]",
     "[2002:7f00:1::]", "224.0.0.1", "192.0.2.1", "198.18.0.1", "240.0.0.1"],
)  # fmt: skip
def test_private_address_is_refused_before_connecting(host: str):
    guarded = COLLECTION.model_copy(update={"allow_private_addresses": False})

    result = fetch(f"http://{host}/", guarded)

    assert result.outcome is FetchOutcome.REFUSED
    assert addresses.NOT_GLOBAL in (result.error or "")


def test_redirect_to_a_private_address_is_refused(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch):
    """Only the first hop is let through, as if it were a public host."""
    httpserver.expect_request("/a").respond_with_data(b"", status=302, headers={"Location": "/secret"})
    answers = iter([None, None, "not that one"])  # the name's address, the peer's, and that of the second hop
    monkeypatch.setattr("volteface.adapters.web.http.find_refusal", lambda *_what, **_rules: next(answers))
    guarded = COLLECTION.model_copy(update={"allow_private_addresses": False})

    result = fetch(httpserver.url_for("/a"), guarded)

    assert (result.outcome, result.error) == (FetchOutcome.REFUSED, "not that one (localhost)")
    assert [request.path for request, _ in httpserver.log] == ["/a"]


def test_address_is_judged_as_it_will_be_connected_to(httpserver: HTTPServer):
    """The backslash makes two parsers see two hosts."""
    guarded = COLLECTION.model_copy(update={"allow_private_addresses": False})

    result = fetch(f"http://127.0.0.1:{httpserver.port}\\@example.org/", guarded)

    assert result.outcome is FetchOutcome.REFUSED
    assert httpserver.log == []


def test_all_are_fetched_with_one_at_a_time_to_a_host(threaded_server: HTTPServer):
    lock, running, most = threading.Lock(), Counter[str](), Counter[str]()

    def answer(request: Request) -> Response:
        with lock:
            running[request.host] += 1
            most[request.host] = max(most[request.host], running[request.host])
        time.sleep(0.02)
        with lock:
            running[request.host] -= 1
        return Response(request.path)

    threaded_server.expect_request("/a").respond_with_handler(answer)
    urls = [f"http://{host}:{threaded_server.port}/a" for host in ("127.0.0.1", "localhost") for _ in range(6)]
    with Fetcher(COLLECTION, clock=lambda: NOW) as fetcher:
        results = list(fetcher.fetch_all([FetchRequest(url=url) for url in urls]))

    assert Counter(result.url for result in results) == Counter(urls)
    assert max(most.values()) == 1


def test_slow_host_does_not_hold_up_the_others(threaded_server: HTTPServer):
    def wait(_request: Request) -> Response:
        time.sleep(0.5)
        return Response("slow")

    threaded_server.expect_request("/slow").respond_with_handler(wait)
    threaded_server.expect_request("/fast").respond_with_data("fast")
    requested = [
        *(FetchRequest(url=f"http://127.0.0.1:{threaded_server.port}/slow") for _ in range(3)),
        *(FetchRequest(url=f"http://localhost:{threaded_server.port}/fast") for _ in range(3)),
    ]

    with Fetcher(COLLECTION, clock=lambda: NOW) as fetcher:
        order = [result.body for result in fetcher.fetch_all(requested)]

    assert order == [b"fast"] * 3 + [b"slow"] * 3


def test_nothing_to_fetch_is_nothing():
    with Fetcher(COLLECTION, clock=lambda: NOW) as fetcher:
        assert list(fetcher.fetch_all([])) == []


def test_one_tls_context_serves_every_host_and_the_bundle_is_read_once():
    adapter = SharedTlsAdapter(load_tls_context(), pool_connections=8, pool_maxsize=2)
    pools = [
        adapter.get_connection_with_tls_context(requests.Request("GET", url).prepare(), verify=True)
        for url in ("https://a.example/", "https://b.example/")
    ]

    assert load_tls_context() is load_tls_context()
    assert {id(pool.conn_kw["ssl_context"]) for pool in pools} == {id(load_tls_context())}
    assert [pool.ca_certs for pool in pools] == [None, None]
    assert load_tls_context().verify_mode is ssl.CERT_REQUIRED
    assert load_tls_context().check_hostname


def test_server_without_a_trusted_certificate_is_refused():
    def greet(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")

    with serve_raw(greet) as url:
        result = fetch(url.replace("http:", "https:"))

    assert result.outcome is FetchOutcome.NETWORK_ERROR
    assert (result.error or "").startswith("TLS: ")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("30", 30.0),
        ("-5", None),
        ("soon", None),
        ("999999999999999", 999999999999.0),
        ("Wed, 27 Mar 2024 12:02:00 GMT", 120.0),
        ("Wed, 27 Mar 2024 11:00:00 GMT", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None):
    assert read_retry_after(value, NOW) == seconds


def test_host_of_a_url():
    assert find_host("https://A.Example/x") == find_host("https://a.example/y")
    assert find_host("http://a.example:8080/") != find_host("http://a.example/")
    assert find_host("http://[::1") == "http://[::1"
