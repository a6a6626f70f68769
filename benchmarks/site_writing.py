"""Write the pages and feeds of a small news site: for the demo capture and for the replay measure.

Pure text out of values; the templates stand beside this file. It serves nothing and stores nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

import jinja2

SUMMARY_WORDS = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """One article as its outlet publishes it. ``published_at`` is None where the site gives no date."""

    url: str
    outlet: str
    title: str
    paragraphs: tuple[str, ...]
    published_at: datetime | None
    author: str | None = None

    @property
    def guid(self) -> str:
        """Return what the feed calls the entry: its address."""
        return self.url

    @property
    def summary(self) -> str:
        """Return the beginning of the text, as feeds give it."""
        words = " ".join(self.paragraphs).split()
        return " ".join(words[:SUMMARY_WORDS]) + (" [...]" if len(words) > SUMMARY_WORDS else "")


def _build_environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters["rfc822"] = format_datetime
    return environment


_TEMPLATES = _build_environment()


def render_page(page: SitePage, template: str) -> bytes:
    """Return an article's HTML page by one of templates/*.html, in UTF-8."""
    metadata = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "datePublished": page.published_at.isoformat() if page.published_at else None,
        "author": {"@type": "Person", "name": page.author},
    }
    escaped = json.dumps(metadata, ensure_ascii=False).replace("</", "<\\/")
    return _TEMPLATES.get_template(f"{template}.html").render(page=page, metadata=escaped).encode()


def render_rss(title: str, link: str, pages: Sequence[SitePage]) -> bytes:
    """Return an RSS 2.0 feed of the pages, in their order."""
    return _TEMPLATES.get_template("rss.xml").render(title=title, link=link, pages=pages).encode()


def render_atom(title: str, link: str, pages: Sequence[SitePage], *, updated: datetime) -> bytes:
    """Return an Atom 1.0 feed of the pages, in their order. Every page needs a date and an author."""
    text = _TEMPLATES.get_template("atom.xml").render(title=title, link=link, pages=pages, updated=updated)
    return text.encode()


def render_json_feed(title: str, link: str, pages: Sequence[SitePage]) -> bytes:
    """Return a JSON Feed 1.1 of the pages, in their order. Every page needs a date and an author."""
    items = [
        {
            "id": page.guid,
            "url": page.url,
            "title": page.title,
            "content_text": page.summary,
            "date_published": page.published_at.isoformat() if page.published_at else None,
            "authors": [{"name": page.author}],
        }
        for page in pages
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": title, "home_page_url": link, "items": items}
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()
