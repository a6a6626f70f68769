"""The two clients of the measure of polling, each run as a process of its own: ours, and a bare one that guards nothing.

usage: polling_clients.py ours|bare PORT BUNDLE FEEDS CONCURRENCY

Prints one JSON object: wall and CPU seconds of the poll (imports left out), the highest memory of the process in MB, and
how many feeds ended how.
"""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from polling_site import DOMAIN, find_address, name_host


def poll_bare(port: int, bundle: Path, feeds: int, concurrency: int) -> Counter[str]:
    """Poll with asyncio's streams: connect, ask, read the status line and the headers. No guard of any kind.

    It is handed the addresses, so it resolves no names.
    """

    async def ask(number: int, context: ssl.SSLContext, gate: asyncio.Semaphore) -> str:
        host = name_host(number)
        async with gate:
            reader, writer = await asyncio.open_connection(find_address(host), port, ssl=context, server_hostname=host)
            writer.write(
                f'GET /feed HTTP/1.1\r\nHost: {host}:{port}\r\nIf-None-Match: "v1"\r\n'
                "User-Agent: bare\r\nAccept-Encoding: gzip\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            writer.close()
            return head.split(b" ", 2)[1].decode()

    async def ask_all() -> Counter[str]:
        context = ssl.create_default_context(cafile=bundle)
        gate = asyncio.Semaphore(concurrency)
        return Counter(await asyncio.gather(*(ask(number, context, gate) for number in range(feeds))))

    return asyncio.run(ask_all())


def poll_ours(port: int, bundle: Path, feeds: int, concurrency: int) -> Counter[str]:
    """Poll with the Fetcher, every guard on. Only the names' addresses, and what CA is trusted, are the measure's."""
    import certifi  # noqa: PLC0415 -- the bare client's memory is without it

    from volteface.adapters.clock import utc_now  # noqa: PLC0415 -- as above
    from volteface.adapters.web.http import Fetcher, FetchRequest  # noqa: PLC0415 -- as above
    from volteface.config.settings import Collection  # noqa: PLC0415 -- as above

    certifi.where = lambda: str(bundle)
    _answer_names(socket.getaddrinfo)
    collection = Collection(user_agent="polling measure", concurrency=concurrency, allow_private_addresses=True)
    requests = [FetchRequest(url=f"https://{name_host(number)}:{port}/feed", etag='"v1"') for number in range(feeds)]
    global _started  # noqa: PLW0603 -- the clock starts after the imports
    _started = _Clock()
    with Fetcher(collection, clock=utc_now) as fetcher:
        return Counter(str(result.http_status or result.outcome) for result in fetcher.fetch_all(requests))


def read_peak_memory() -> float:
    """Return the most memory that this process ever held, in MB. What getrusage says begins with the parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _answer_names(resolve: Callable[..., Any]) -> None:
    """Have the resolver know the measure's hosts."""

    def answer(host: Any, *rest: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        return resolve(find_address(name) if str(name).endswith(DOMAIN) else name, *rest, **named)

    socket.getaddrinfo = answer


class _Clock:
    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()


_started = _Clock()

if __name__ == "__main__":
    kind, port_text, bundle_text, feeds_text, concurrency_text = sys.argv[1:]
    poll = poll_ours if kind == "ours" else poll_bare
    _started = _Clock()
    ends = poll(int(port_text), Path(bundle_text), int(feeds_text), int(concurrency_text))
    print(
        json.dumps(
            {
                "wall": time.perf_counter() - _started.wall,
                "cpu": time.process_time() - _started.cpu,
                "memory": read_peak_memory(),
                "ends": ends,
            }
        )
    )
