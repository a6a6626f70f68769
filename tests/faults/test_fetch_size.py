"""F1, F2: a body of any size, packed or not, costs no more than its limit."""

from __future__ import annotations

import zlib

import pytest
from hostile_hosts import MIB, Answer, fetch_in_child, make_double_bomb, make_gzip_bomb, pour, say, serve

BOMB = make_gzip_bomb(1024)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def pack(coding: str, body: bytes) -> Answer:
    return say(f"HTTP/1.1 200 OK\nContent-Encoding: {coding}\nContent-Length: {len(body)}", body)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(
            say("HTTP/1.1 200 OK\nContent-Length: 209715200", b"x" * 65536), "too_large", id="200 MB announced"
        ),
        pytest.param(pour(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536), "too_large", id="endless"),
        pytest.param(pour(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"), "too_large", id="endless chunks"),
        pytest.param(pack("gzip", BOMB), "too_large", id="gzip of 1 GiB"),
        pytest.param(pack("x-gzip", BOMB), "too_large", id="x-gzip of 1 GiB"),
        pytest.param(pack("gzip, gzip", make_double_bomb(1024)), "refused", id="gzip of gzip"),
        pytest.param(pack("deflate", zlib.compress(bytes(64 * MIB), 9)), "refused", id="deflate"),
        pytest.param(pack("br", b"\x1b" * 1617), "refused", id="brotli"),
        pytest.param(pack("zstd", b"\x28" * 1617), "refused", id="zstd"),
        pytest.param(pack(", ".join(["gzip"] * 100), BOMB), "refused", id="a hundred codings"),
        pytest.param(pour(CHUNKED, b"1" * 65536), "network_error", id="endless chunk size"),
        pytest.param(pour(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 65536), "network_error", id="endless header"),
        pytest.param(say("HTTP/1.1 200 OK\n" + "\n".join(["X: y"] * 5_000)), "network_error", id="5,000 headers"),
    ],
)
def test_no_body_costs_more_than_its_limit(answer: Answer, outcome: str):
    with serve(answer) as url:
        cost = fetch_in_child(url)

    assert (cost.outcome, cost.body_bytes) == (outcome, None)
    assert cost.error
    assert cost.seconds < 2
    assert cost.grown_megabytes < 60


def test_bombs_are_as_small_as_told():
    assert len(BOMB) < 1.1 * MIB
    assert len(make_double_bomb(1024)) < 8_000


@pytest.mark.parametrize("status", [302, 404])
@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_body_of_a_redirect_or_an_error_is_never_read(status: int, coding: str):
    """requests' own Session unpacks a redirect's body: 302 and 1 MB of gzip cost it 2 GB."""
    requests: list[bytes] = []
    head = f"HTTP/1.1 {status} X\r\nLocation: ftp://a.example/\r\nContent-Encoding: {coding}\r\n\r\n".encode()

    def answer(connection: object, request: bytes) -> None:
        requests.append(request)
        pour(head, BOMB)(connection, request)  # type: ignore[arg-type]

    with serve(answer) as url:  # type: ignore[arg-type]
        cost = fetch_in_child(url)

    assert cost.outcome == ("refused" if status == 302 else "http_error")
    assert len(requests) == 1
    assert cost.seconds < 1
    assert cost.grown_megabytes < 20


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(pack("gzip", BOMB), id="gzip"),
        pytest.param(pour(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536), id="endless"),
    ],
)
def test_thirty_two_bombs_at_once_do_not_add_up(answer: Answer):
    with serve(answer, host="0.0.0.0") as url:
        cost = fetch_in_child(url, hosts=32)

    assert cost.outcome == "too_large"
    assert cost.seconds < 8
    assert cost.grown_megabytes < 105


def test_body_just_within_the_limit_is_whole():
    with serve(pack("gzip", zlib.compress(bytes(2 * MIB), 9, 31))) as url:
        cost = fetch_in_child(url, max_bytes=2 * MIB)

    assert (cost.outcome, cost.body_bytes) == ("ok", 2 * MIB)
