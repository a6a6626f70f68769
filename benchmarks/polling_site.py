"""A small web of TLS hosts on loopback for the measure of polling, one in so many of them hostile. Not for production.

Every feed is a host of its own, ``feed-N.polling.test``, on an address of its own, so no connection is shared. A healthy
one answers 304 after the latency; what the hostile ones do is HOSTILE, each after the same latency.
"""

from __future__ import annotations

import asyncio
import gzip
import ssl
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

DOMAIN = "polling.test"
MIB = 1024 * 1024
_ZEROS = gzip.compress(bytes(32 * MIB), 9)
_NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\nDate: Wed, 27 Mar 2024 12:00:00 GMT\r\n\r\n'

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


def name_host(number: int) -> str:
    """Return the name of the feed's host."""
    return f"feed-{number}.{DOMAIN}"


def find_address(host: str) -> str:
    """Return the loopback address of a host: what a name server would say."""
    number = int(host.removeprefix("feed-").removesuffix(f".{DOMAIN}"))
    return f"127.10.{number // 250}.{number % 250 + 1}"


def is_hostile(number: int, every: int) -> bool:
    """Tell whether a feed is one of the hostile ones: every so-manieth, none for 0."""
    return every > 0 and number % every == every - 1


def _say(head: str, body: bytes = b"") -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 {head}\r\n\r\n".replace("\n", "\r\n").replace("\r\r", "\r").encode() + body)
        await writer.drain()

    return answer


async def _pour(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x" * 65536)
        await writer.drain()
        await asyncio.sleep(0)  # drain alone need not yield, and the loop would not hear of the end of the connection


async def _cut(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


HOSTILE: dict[str, Answer] = {
    "32 MiB in 32 kB of gzip": _say(f"200 OK\nContent-Encoding: gzip\nContent-Length: {len(_ZEROS)}", _ZEROS),
    "a body without end": _pour,
    "a body of 10 GB, announced": _say("200 OK\nContent-Length: 10000000000", b"x" * 1000),
    "a redirect to itself": _say("302 Found\nLocation: /"),
    "a redirect to the metadata address": _say("302 Found\nLocation: http://169.254.169.254/latest/"),
    "a redirect to a file": _say("301 Moved Permanently\nLocation: file:///etc/passwd"),
    "a coding that was not asked for": _say("200 OK\nContent-Encoding: br\nContent-Length: 4", b"????"),
    "no HTTP at all": _say("not http"),
    "ten thousand header lines": _say("200 OK\n" + "\n".join(f"X-{n}: y" for n in range(10_000))),
    "a connection cut": _cut,
}


async def _serve(port: int, certificate: Path, latency: float, every: int) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    kinds = list(HOSTILE.values())

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(latency)
                number = int(head.split(b"feed-", 1)[1].split(b".", 1)[0])
                answer = kinds[number // every % len(kinds)] if is_hostile(number, every) else None
                if answer is not None:
                    await answer(writer)
                    return
                writer.write(_NOT_MODIFIED)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError, ssl.SSLError):
            return
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "0.0.0.0", port, ssl=context, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    certificate_path, milliseconds, one_in = Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    asyncio.run(_serve(0, certificate_path, milliseconds / 1000, one_in))
