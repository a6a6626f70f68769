"""What tests share: homes made in a temporary folder, and small sites on loopback."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from pytest_httpserver import HTTPServer

ROOT = Path(__file__).resolve().parents[1]

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="{published}"></head>
<body><nav><a href="/">Home</a></nav><article><h1>{title}</h1>{paragraphs}</article><footer>All rights</footer></body></html>"""

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title><link>{link}</link>
<description>A feed</description>{items}</channel></rss>"""


def render_page(title: str, paragraphs: list[str], published: str = "2024-03-27T12:00:00Z") -> str:
    """Return a plain article page."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return PAGE.format(title=title, published=published, paragraphs=body)


def render_rss(link: str, items: list[tuple[str, str, str]]) -> str:
    """Return an RSS document of items (title, url, pubDate)."""
    rows = "".join(
        f"<item><title>{title}</title><link>{url}</link><guid>{url}</guid><pubDate>{date}</pubDate></item>"
        for title, url, date in items
    )
    return RSS.format(title="Test outlet", link=link, items=rows)


@pytest.fixture
def httpserver(httpserver: HTTPServer) -> HTTPServer:
    """Lend the plugin's server, on a host without a robots.txt: what it does not know it answers with 500."""
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    return httpserver


@pytest.fixture
def make_home(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that makes a home: the shipped configuration with other feeds, loopback allowed."""

    def make(feeds: list[dict[str, object]], **collection: object) -> Path:
        home = tmp_path / "home"
        shutil.copytree(ROOT / "config", home / "config")
        (home / "config" / "feeds.yml").write_text(yaml.safe_dump({"feeds": feeds}))
        settings = yaml.safe_load((ROOT / "config" / "settings.yml").read_text())
        settings["collection"] |= {
            "allow_private_addresses": True,
            "connect_timeout_seconds": 1,
            "host_pause_seconds": 0,
            **collection,
        }
        settings["min_free_megabytes"] = 0  # of a test machine nothing is asked
        settings["language"]["isolated"] = False  # a worker loads the model anew: seconds for each test
        (home / "config" / "settings.yml").write_text(yaml.safe_dump(settings))
        return home

    return make


def describe_feed(feed_id: str, url: str, **more: object) -> dict[str, object]:
    """Return a feed's entry of feeds.yml."""
    return {
        "id": feed_id,
        "outlet": feed_id.title(),
        "url": url,
        "publisher_family": feed_id,
        "source_type": "national",
        "language": "en",
        **more,
    }
