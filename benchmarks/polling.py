"""Measure polling: 500 TLS feeds at 50 ms, 32 at a time, against a bare asyncio client in the same run.

usage: polling.py [--feeds N] [--latency-ms MS] [--concurrency N] [--rounds N] [--json]

Each round polls all-healthy feeds with the bare client and with ours, then feeds of which one in ten is hostile with
ours; all answer 304 to a validator, or what benchmarks/polling_site.py makes of hostile. The figures are medians of the
rounds; both ratios are against the bare client on healthy feeds. Exits 1 where one is above its limit.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import certifi
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from polling_site import DOMAIN

HERE = Path(__file__).resolve().parent
HOSTILE_EVERY = 10
LIMITS = {"healthy": 1.25, "hostile": 1.5}  # times the bare client's wall
MEMORY_LIMIT_MB = 150


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for all hosts, and the bundle that a client trusts: certifi's roots and ours. Return both."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DOMAIN)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(f"*.{DOMAIN}")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    public = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "site.pem").write_bytes(private + public)
    (folder / "bundle.pem").write_bytes(Path(certifi.where()).read_bytes() + b"\n" + public)
    return folder / "site.pem", folder / "bundle.pem"


@contextmanager
def serve(certificate: Path, latency_ms: float, every: int) -> Iterator[int]:
    """Run the site as a process of its own; yield its port."""
    command = [sys.executable, str(HERE / "polling_site.py"), str(certificate), str(latency_ms), str(every)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as site:
        assert site.stdout is not None
        try:
            yield int(site.stdout.readline())
        finally:
            site.kill()


def run_client(kind: str, port: int, bundle: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """Poll once in a fresh process; return what it printed."""
    command = [sys.executable, str(HERE / "polling_clients.py"), kind, port, bundle, arguments.feeds]
    done = subprocess.run([*map(str, command), str(arguments.concurrency)], check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def measure(arguments: argparse.Namespace) -> dict[str, list[dict[str, Any]]]:
    """Run all rounds, the clients taking turns."""
    rows: dict[str, list[dict[str, Any]]] = {"bare": [], "healthy": [], "hostile": []}
    with tempfile.TemporaryDirectory() as folder:
        certificate, bundle = make_certificate(Path(folder))
        with (
            serve(certificate, arguments.latency_ms, 0) as good,
            serve(certificate, arguments.latency_ms, HOSTILE_EVERY) as mixed,
        ):
            for _ in range(arguments.rounds):
                rows["bare"].append(run_client("bare", good, bundle, arguments))
                rows["healthy"].append(run_client("ours", good, bundle, arguments))
                rows["hostile"].append(run_client("ours", mixed, bundle, arguments))
    return rows


def summarise(rows: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Return the median wall, CPU and ratio of each kind, its highest memory, and how its last round's feeds ended."""
    bare = [row["wall"] for row in rows["bare"]]
    return {
        kind: {
            "wall": statistics.median(row["wall"] for row in found),
            "cpu": statistics.median(row["cpu"] for row in found),
            "ratio": statistics.median(row["wall"] / base for row, base in zip(found, bare, strict=True)),
            "memory": max(row["memory"] for row in found),
            "ends": found[-1]["ends"],
        }
        for kind, found in rows.items()
    }


def main() -> int:
    """Measure, print, and tell whether the limits hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--latency-ms", type=float, default=50)
    parser.add_argument("--concurrency", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures = summarise(measure(arguments))
    if arguments.json:
        print(json.dumps(figures))
    else:
        for kind, row in figures.items():
            times = f"{row['wall']:.2f} s wall  {row['cpu']:.2f} s CPU  {row['ratio']:.2f} times bare"
            print(f"{kind:8} {times}  {row['memory']:.0f} MB  {row['ends']}")
    is_fast = all(figures[kind]["ratio"] <= limit for kind, limit in LIMITS.items())
    return 0 if is_fast and all(figures[kind]["memory"] <= MEMORY_LIMIT_MB for kind in LIMITS) else 1


if __name__ == "__main__":
    sys.exit(main())
