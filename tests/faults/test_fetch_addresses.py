"""F5: nothing that a feed, a redirect or a name server says leads into a private network."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hostile_hosts import COLLECTION, GUARDED, fetch, say, serve
from pydantic import ValidationError

from volteface.adapters.web import connections
from volteface.adapters.web.addresses import NOT_GLOBAL, WRONG_PORT, find_refusal
from volteface.config.settings import Collection
from volteface.models import FetchOutcome

PAGE = say("HTTP/1.1 200 OK\nContent-Length: 6", b"secret")
PUBLIC = "93.184.215.14"


@contextmanager
def resolve(*answers: list[str]) -> Iterator[list[str]]:
    """Have the resolver give each list in turn, the last for ever; yield the names it was asked for."""
    asked: list[str] = []
    patch = pytest.MonkeyPatch()

    def answer(host: str, *_rest: object, **_named: object) -> list[tuple[object, ...]]:
        asked.append(host)
        found = answers[min(len(asked), len(answers)) - 1]
        family = {True: socket.AF_INET6, False: socket.AF_INET}
        return [(family[":" in ip], socket.SOCK_STREAM, 6, "", (ip, 0)) for ip in found]

    patch.setattr(socket, "getaddrinfo", answer)
    try:
        yield asked
    finally:
        patch.undo()


def dial_to(monkeypatch: pytest.MonkeyPatch, host: str, port: int) -> list[str]:
    """Have every connection go to one place on loopback, whatever the address; return the addresses dialled."""
    dialled: list[str] = []

    def dial(_family: int, address: str, _port: int, end: float) -> socket.socket:
        dialled.append(address)
        sock = socket.socket()
        sock.settimeout(end - time.monotonic())
        sock.connect((host, port))
        return sock

    monkeypatch.setattr(connections, "_dial", dial)
    return dialled


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.9.9.9", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
     "169.254.169.254", "100.64.0.1", "100.127.255.254", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.19.255.255",
     "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1",
     "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:0:7f00:1", "64:ff9b::7f00:1",
     "64:ff9b::5db8:d70e", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:5db8:d70e::", "2001:0:7f00:1::", "2001:db8::1",
     "100::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "5f00::1"],
)  # fmt: skip
def test_address_that_is_no_host_of_the_public_internet_is_refused(address: str):
    assert NOT_GLOBAL in str(find_refusal(address, 443, private=False, ports=(80, 443)))


@pytest.mark.parametrize(
    "address", [PUBLIC, "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "100.128.0.1", "172.32.0.1"]
)
def test_address_of_the_public_internet_is_reached_on_the_listed_ports(address: str):
    assert [find_refusal(address, port, private=False, ports=(80, 443)) for port in (80, 443)] == [None, None]
    assert find_refusal(address, 6379, private=False, ports=(80, 443)) == f"{WRONG_PORT}: 6379"


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "100.64.0.1", "64:ff9b::7f00:1"]
)
def test_setting_for_private_networks_lets_nothing_else_in(address: str):
    assert NOT_GLOBAL in str(find_refusal(address, 80, private=True, ports=(80, 443)))
    assert find_refusal("::ffff:127.0.0.1", 8080, private=True, ports=(80, 443)) is None


def test_loopback_is_reached_by_explicit_setting_alone():
    assert Collection(user_agent="x").allow_private_addresses is False
    requests: list[bytes] = []
    with serve(lambda connection, request: (requests.append(request), PAGE(connection, request))[1]) as url:
        assert fetch(url, GUARDED).outcome is FetchOutcome.REFUSED
        assert requests == []
        assert fetch(url, COLLECTION).body == b"secret"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "[::1]", "[::ffff:7f00:1]", "[::ffff:127.0.0.1]",
     "localhost", "localhost.", "LOCALHOST", "127.0.0.1.", "user@127.0.0.1", "example.org@127.0.0.1", "①②⑦.0.0.1",
     "127。0。0。1"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["http://{host}:{port}/", "http:\\\\{host}:{port}/", "http://{host}:{port}\\@example.org/",
                                  "http://{host}:{port}#@example.org/", "http://{host}:{port}?@example.org/"])  # fmt: skip
def test_no_way_to_write_it_reaches_loopback(host: str, form: str):
    requests: list[bytes] = []
    with serve(lambda connection, request: (requests.append(request), PAGE(connection, request))[1]) as url:
        port = url.rpartition(":")[2].strip("/")
        result = fetch(form.format(host=host, port=port), GUARDED)

    assert result.outcome in {FetchOutcome.REFUSED, FetchOutcome.NETWORK_ERROR}
    assert (requests, result.body) == ([], None)
    assert result.duration_ms < 1_500


@pytest.mark.parametrize(
    "answer", [["127.0.0.1"], [PUBLIC, "127.0.0.1"], ["::1", PUBLIC], ["169.254.169.254"], ["::ffff:10.0.0.1"]]
)
def test_name_with_one_private_address_is_refused_before_any_connection(
    monkeypatch: pytest.MonkeyPatch, answer: list[str]
):
    dialled = dial_to(monkeypatch, "127.0.0.1", 1)
    with resolve(answer):
        result = fetch("http://rebind.example/", GUARDED)

    assert result.outcome is FetchOutcome.REFUSED
    assert NOT_GLOBAL in (result.error or "")
    assert dialled == []


def test_address_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch):
    """A name server that says another thing the second time is not asked a second time."""
    dialled = dial_to(monkeypatch, "127.0.0.1", 1)
    with resolve([PUBLIC], ["127.0.0.1"]) as asked:
        fetch("http://rebind.example/", GUARDED)

    assert (asked, dialled) == (["rebind.example"], [PUBLIC])


def test_rebinding_between_two_hops_is_refused(monkeypatch: pytest.MonkeyPatch):
    requests: list[bytes] = []

    def redirect(connection: socket.socket, request: bytes) -> None:
        requests.append(request)
        say("HTTP/1.1 302 Found\nLocation: /secret\nContent-Length: 0")(connection, request)

    monkeypatch.setattr(connections.socket.socket, "getpeername", lambda _sock: (PUBLIC, 80))
    with serve(redirect) as url:
        dial_to(monkeypatch, "127.0.0.1", int(url.rpartition(":")[2].strip("/")))
        with resolve([PUBLIC], ["127.0.0.1"]) as asked:
            result = fetch("http://rebind.example/", GUARDED)

    assert (result.outcome, len(asked), len(requests)) == (FetchOutcome.REFUSED, 2, 1)


def test_peer_is_asked_for_once_connected(monkeypatch: pytest.MonkeyPatch):
    requests: list[bytes] = []
    with serve(lambda connection, request: (requests.append(request), PAGE(connection, request))[1]) as url:
        dial_to(monkeypatch, "127.0.0.1", int(url.rpartition(":")[2].strip("/")))
        with resolve([PUBLIC]):
            result = fetch("http://elsewhere.example/", GUARDED)

    assert (result.outcome, any(requests)) == (FetchOutcome.REFUSED, False)
    assert "the peer of elsewhere.example" in (result.error or "")


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_port_that_is_not_listed_is_refused(monkeypatch: pytest.MonkeyPatch, port: int):
    dialled = dial_to(monkeypatch, "127.0.0.1", 1)
    with resolve([PUBLIC]):
        assert WRONG_PORT in (fetch(f"http://public.example:{port}/", GUARDED).error or "")
    assert dialled == []


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"])
def test_no_proxy_by_accident(monkeypatch: pytest.MonkeyPatch, name: str):
    proxied: list[bytes] = []
    with (
        serve(lambda _connection, request: proxied.append(request)) as proxy,
        serve(PAGE) as url,
    ):
        monkeypatch.setenv(name, proxy)
        assert fetch(url).body == b"secret"
        assert fetch("http://169.254.169.254/", GUARDED).outcome is FetchOutcome.REFUSED
    assert proxied == []


def test_netrc_and_a_urls_user_name_are_not_sent(monkeypatch: pytest.MonkeyPatch, tmp_path: object):
    path = f"{tmp_path}/netrc"
    with open(path, "w", encoding="ascii") as file:  # noqa: PTH123 -- a plain path is all that is needed
        file.write("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", path)
    requests: list[bytes] = []
    with serve(lambda connection, request: (requests.append(request), PAGE(connection, request))[1]) as url:
        fetch(url)
        fetch(url.replace("://", "://me:secret@"))

    assert [b"authorization" in request.lower() for request in requests] == [False, False]


def test_ports_are_numbers():
    with pytest.raises(ValidationError):
        Collection(user_agent="x", ports=("http",))  # type: ignore[arg-type]
