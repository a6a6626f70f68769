"""Serve pages and feeds on loopback, each outlet at its own port: a small web for the measures. Not for production."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

Pages = dict[str, tuple[str, bytes]]  # path -> (content type, body)


class _Handler(BaseHTTPRequestHandler):
    """Answers GET from a table, with keep-alive; everything else is 404."""

    protocol_version = "HTTP/1.1"
    pages: ClassVar[Mapping[str, tuple[str, bytes]]] = {}

    def do_GET(self) -> None:
        content_type, body = self.pages.get(self.path, ("text/plain", b""))
        self.send_response(HTTPStatus.OK if self.path in self.pages else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's signature
        """Keep quiet: a line a request would be the measure's output."""


@contextmanager
def serve(outlet_count: int) -> Iterator[list[tuple[str, Pages]]]:
    """Serve so many outlets; yield their addresses ("http://127.0.0.1:PORT") with their tables, empty at first."""
    servers, sites = [], []
    for _ in range(outlet_count):
        pages: Pages = {}
        handler = type("Handler", (_Handler,), {"pages": pages})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        sites.append((f"http://127.0.0.1:{server.server_port}", pages))
        Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield sites
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
