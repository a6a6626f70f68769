"""A small web of own-worded articles in two rounds, and a home that collects them: for the measures that kill cycles.

Round by round the feeds list more articles, and in the last one a page of the first is edited. Alerts go to webhooks of
the same site, which remember what they were told. Not for production.
"""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
BEGIN = datetime(2024, 4, 2, 6, tzinfo=UTC)
ROUNDS = tuple(BEGIN + timedelta(hours=hours) for hours in (0, 8))  # the last is past the first re-reading for edits
FEEDS = ("north", "south")
_KEY = re.compile(r"alert ([0-9a-f]{8,})")


def _load_articles() -> list[dict[str, Any]]:
    files = sorted((ROOT / "tests" / "golden" / "scenario").glob("*.json"))
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]


class Site:
    """Two feeds, their pages, two webhooks. ``round`` says what is listed; ``told`` holds the alert keys by webhook."""

    def __init__(self) -> None:
        self.round = 0
        self.told: defaultdict[str, list[str]] = defaultdict(list)
        self.articles = _load_articles()
        self.lock = threading.Lock()
        self.address = ""

    def list_items(self, feed: str) -> str:
        """Return a feed's RSS as of this round."""
        share = len(self.articles) * (self.round + 1) // len(ROUNDS)
        listed = [(n, a) for n, a in enumerate(self.articles[:share]) if FEEDS[n % len(FEEDS)] == feed]
        items = "".join(
            f"<item><title>{_escape(a['title'])}</title><link>{self.address}/page/{n}</link><guid>{a['id']}</guid>"
            f"<pubDate>{a['published_at']}</pubDate></item>"
            for n, a in listed
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{feed}</title>{items}</channel></rss>'

    def show_page(self, number: int) -> str:
        """Return an article's page; the first one gains a paragraph in the last round."""
        article = self.articles[number]
        more = ["The ministry said on Tuesday that nothing was decided."] if self.round and number == 0 else []
        paragraphs = "".join(f"<p>{_escape(text)}</p>" for text in [*article["paragraphs"], *more])
        title = _escape(article["title"])
        meta = f'<meta property="article:published_time" content="{article["published_at"]}">'
        return (
            f"<!doctype html><html lang=en><head><title>{title}</title>{meta}</head><body><article><h1>{title}</h1>"
            f"{paragraphs}</article></body></html>"
        )


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        kind, _, name = self.path.strip("/").partition("/")
        if kind == "round":
            self.site.round = int(name)
        body = {"feed": self.site.list_items, "page": lambda n: self.site.show_page(int(n))}.get(kind, str)(name)
        self._answer("text/html" if kind == "page" else "application/rss+xml", body, is_known=kind != "robots.txt")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with self.site.lock:
            self.site.told[self.path].extend(_KEY.findall(body))
        self._answer("text/plain", "", is_known=True)

    def _answer(self, content_type: str, body: str, *, is_known: bool) -> None:
        self.send_response(HTTPStatus.OK if is_known else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", f"{content_type}; charset=utf-8")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's signature
        """Keep quiet."""


@contextmanager
def serve_site(site: Site | None = None) -> Iterator[Site]:
    """Serve a site on loopback, the usual one if none is given."""
    site = site or Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": site}))
    site.address = f"http://127.0.0.1:{server.server_port}"
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who is killed hangs up in the middle
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def make_home(home: Path, site: Site, *, language: Mapping[str, object] | None = None) -> Path:
    """Make a home that collects from the site and tells its webhooks; ``language`` goes into settings.yml."""
    shutil.copytree(ROOT / "config", home / "config", ignore=shutil.ignore_patterns("__pycache__"))
    feeds = [
        {"id": feed, "outlet": feed.title(), "url": f"{site.address}/feed/{feed}", "publisher_family": feed}
        | {"source_type": "national", "language": "en", "in_scope": True}
        for feed in FEEDS
    ]
    channels = [{"id": name, "kind": "apprise", "url_env": f"HOOK_{name.upper()}"} for name in FEEDS]
    settings = yaml.safe_load((home / "config" / "settings.yml").read_text())
    settings["collection"] |= {"allow_private_addresses": True, "host_pause_seconds": 0}
    settings["min_free_megabytes"] = 0
    settings["language"] |= language or {}
    for name, document in (("feeds", {"feeds": feeds}), ("channels", {"channels": channels}), ("settings", settings)):
        (home / "config" / f"{name}.yml").write_text(yaml.safe_dump(document))
    return home


def list_hooks(site: Site) -> dict[str, str]:
    """Return the environment with the webhooks' addresses."""
    return {f"HOOK_{name.upper()}": f"{site.address.replace('http', 'json')}/hook/{name}" for name in FEEDS}
