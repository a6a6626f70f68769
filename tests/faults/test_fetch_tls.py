"""TLS: only a host that proves its name is read, and the roots are read once for all."""

from __future__ import annotations

import ipaddress
import ssl
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hostile_hosts import COLLECTION, NOW, fetch, say, serve

from volteface.adapters.web import http
from volteface.adapters.web.http import Fetcher, FetchRequest
from volteface.adapters.web.tls import load_tls_context
from volteface.models import FetchOutcome

PAGE = say("HTTP/1.1 200 OK\nContent-Length: 4", b"page")
Certify = Callable[..., ssl.SSLContext]


@pytest.fixture
def certify(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Certify:
    """Return a function that makes a server's context; only certificates made ``is_trusted`` are trusted."""
    trusting = ssl.create_default_context()
    trusting.minimum_version = load_tls_context().minimum_version
    monkeypatch.setattr(http, "load_tls_context", lambda: trusting)

    def make(*, name: str = "127.0.0.1", days: int = 1, is_trusted: bool = True) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
        is_address = name[0].isdigit()
        names = [x509.IPAddress(ipaddress.ip_address(name)) if is_address else x509.DNSName(name)]
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=9))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        pem = certificate.public_bytes(serialization.Encoding.PEM)
        form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        path = tmp_path / "host.pem"
        path.write_bytes(pem + key.private_bytes(serialization.Encoding.PEM, *form))
        if is_trusted:
            trusting.load_verify_locations(cadata=pem.decode())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    return make


def test_host_that_proves_its_name_is_read(certify: Certify):
    with serve(PAGE, certify()) as url:
        assert fetch(url).body == b"page"


@pytest.mark.parametrize(
    ("flaw", "words"),
    [
        ({"is_trusted": False}, "self-signed certificate"),
        ({"name": "other.example"}, "not valid for '127.0.0.1'"),
        ({"days": -1}, "certificate has expired"),
    ],
)
def test_host_that_does_not_is_not(certify: Certify, flaw: dict[str, object], words: str):
    requests: list[bytes] = []
    with serve(lambda _connection, request: requests.append(request), certify(**flaw)) as url:
        result = fetch(url)

    assert result.outcome is FetchOutcome.NETWORK_ERROR
    assert (result.error or "").startswith("TLS: ")
    assert words in (result.error or "")
    assert not any(requests)


def test_old_tls_is_refused(certify: Certify):
    context = certify()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    with serve(PAGE, context) as url:
        result = fetch(url)

    assert (result.outcome, (result.error or "")[:5]) == (FetchOutcome.NETWORK_ERROR, "TLS: ")


def test_roots_are_read_once_for_all_hosts(certify: Certify, monkeypatch: pytest.MonkeyPatch):
    """A context for each connection would cost 16 ms of CPU each."""
    loads: list[object] = []
    load = ssl.SSLContext.load_verify_locations

    def count(context: ssl.SSLContext, *what: object, **how: object) -> None:
        loads.append(what)
        load(context, *what, **how)  # type: ignore[arg-type]

    tls = certify()
    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", count)
    with serve(PAGE, tls) as one, serve(PAGE, tls) as two, Fetcher(COLLECTION, clock=lambda: NOW) as fetcher:
        results = [fetcher.fetch(FetchRequest(url=url)) for url in (one, two, one)]

    assert [result.body for result in results] == [b"page"] * 3
    assert loads == []
