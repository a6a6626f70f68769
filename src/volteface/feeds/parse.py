"""Read a feed body: RSS, Atom, RDF and CDF with feedparser, JSON Feed here. Any bytes give a value, never an exception."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import feedparser

import volteface.feeds.bounded_parser  # noqa: F401 -- puts its parsers in place of feedparser's own
from volteface.feeds.dates import read_date
from volteface.feeds.identity import assign_entry_ids, canonicalize_url
from volteface.feeds.json_feed import parse_json_feed
from volteface.feeds.limits import MAX_AUTHOR, MAX_DATE, MAX_SUMMARY, MAX_TITLE, MAX_URL
from volteface.feeds.prolog import bound_prolog, drop_nested_entities
from volteface.feeds.sniff import BodyKind, sniff_body
from volteface.models import Entry, ParsedFeed, ParseStatus
from volteface.plaintext import clean_text, collapse_whitespace, cut_text, strip_markup

MAX_TTL_MINUTES = 7 * 24 * 60

_HALF_CHARACTER = re.compile(
    rb"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));"
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def parse_feed(
    body: bytes,
    *,
    feed_id: str,
    fetched_at: datetime | None = None,
    content_type: str | None = None,
    max_entries: int = 500,
) -> ParsedFeed:
    """Return what a feed body holds.

    ``ok``: a feed, empty or not. ``recovered``: a feed that is not well-formed, is in another encoding than it says or
    has no known root; ``error`` says so, and entries may be missing. ``failed``: no feed, and ``error`` says what it is
    instead. At most ``max_entries`` entries are kept, the newest ones, in the document's order. Titles and summaries
    are plain text.

    Does not open what the body names: feedparser is given a BytesIO, as it would open a path or a URL. Does not shield
    from a body that takes too long, too much memory or the process's life: call it in a worker. Raises MemoryError alone.
    """
    kind = sniff_body(body)
    if kind is BodyKind.EMPTY:
        return _fail("the body is empty")
    if kind is BodyKind.HTML:
        return _fail("the body is an HTML page, not a feed")
    if kind is BodyKind.OTHER:
        return _fail("the body holds no feed: there is no markup in it")
    try:
        if kind is BodyKind.JSON:
            return keep_newest(parse_json_feed(body, feed_id=feed_id, fetched_at=fetched_at), max_entries)
        return keep_newest(_parse_markup(body, feed_id, fetched_at, content_type), max_entries)
    except MemoryError:  # not the bytes' fault alone: it ends the worker, which knows what to make of it
        raise
    except Exception as error:  # noqa: BLE001 -- feedparser raises nearly anything on hostile bytes; one feed is one value
        return _fail(f"the parser gave up: {type(error).__name__}: {cut_text(str(error), 200)}")


def _parse_markup(body: bytes, feed_id: str, fetched_at: datetime | None, content_type: str | None) -> ParsedFeed:
    flat = drop_nested_entities(body)
    bounded = bound_prolog(flat)
    whole = _HALF_CHARACTER.sub(b"&#xFFFD;", bounded)  # feedparser raises on them, and the whole feed would be lost
    document = feedparser.parse(  # noqa: TID251 -- the one place, with BytesIO
        io.BytesIO(whole),
        response_headers=_build_headers(content_type),
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    problem = _describe_problem(document) or _describe_repair(is_flat=flat == body, is_whole=whole == bounded)
    raw_entries = document.get("entries") or []
    head = document.get("feed") or {}
    is_known = bool(document.get("version"))
    if not raw_entries and not (is_known and (head or not problem)):
        return _fail(f"the body holds no feed{': ' + problem if problem else ''}")
    entries = [_build_entry(raw, feed_id, fetched_at) for raw in raw_entries]
    return ParsedFeed(
        status=ParseStatus.OK if is_known and not problem else ParseStatus.RECOVERED,
        entries=assign_entry_ids(entries),
        title=_read_line(head, "title", MAX_TITLE) or None,
        ttl_minutes=_read_ttl(head.get("ttl")),
        error=problem or (None if is_known else "the root element is of no known feed format"),
    )


def _build_headers(content_type: str | None) -> dict[str, str]:
    """Tell feedparser the charset that the server declared, and nothing else.

    Without a charset, text/xml means US-ASCII by an old standard; passing the type on would flag sound UTF-8 feeds.
    """
    match = _CHARSET.search(content_type or "")
    return {"content-type": f"application/xml; charset={match[1]}"} if match else {}


def _describe_problem(document: Mapping[str, Any]) -> str | None:
    if not document.get("bozo"):
        return None
    error = document.get("bozo_exception")
    return cut_text(collapse_whitespace(clean_text(f"{type(error).__name__}: {error}")), 300)


def _describe_repair(*, is_flat: bool, is_whole: bool) -> str | None:
    if not is_flat:
        return "entities that stand on entities are left out"
    return None if is_whole else "a reference to half a character"


def _build_entry(raw: Mapping[str, Any], feed_id: str, fetched_at: datetime | None) -> Entry:
    """Return one entry with its id still open. The summary is the description, else the content."""
    published_raw, parsed = _read_published(raw)
    url = _read_url(raw)
    summary = strip_markup(_read_text(raw, "summary")) or strip_markup(_read_content(raw))
    source = raw.get("source")
    return Entry(
        entry_id="",
        feed_id=feed_id,
        guid=collapse_whitespace(clean_text(_read_text(raw, "id")))[:MAX_URL] or None,
        url=url,
        canonical_url=canonicalize_url(url) if url else None,
        title=_read_line(raw, "title", MAX_TITLE),
        summary=cut_text(summary, MAX_SUMMARY),
        published_raw=published_raw,
        published_at=read_date(published_raw, parsed, fetched_at=fetched_at),
        source_title=_read_line(source, "title", MAX_TITLE) or None if isinstance(source, Mapping) else None,
        author=_read_line(raw, "author", MAX_AUTHOR) or None,
    )


def _read_published(raw: Mapping[str, Any]) -> tuple[str | None, Any]:
    """Return the entry's own date as written and as read: published, else updated, else created."""
    for name in ("published", "updated", "created"):
        text = raw.get(name)
        if isinstance(text, str) and text.strip():
            return cut_text(clean_text(text).strip(), MAX_DATE), raw.get(f"{name}_parsed")
    return None, None


def _read_url(raw: Mapping[str, Any]) -> str | None:
    """Return the entry's own http(s) address: its link, else a guid that is one. Other schemes are no page."""
    for candidate in (_read_text(raw, "link"), _read_text(raw, "id")):
        url = clean_text(candidate).strip()
        if url.lower().startswith(("http://", "https://")) and len(url) <= MAX_URL:
            return url
    return None


def _read_content(raw: Mapping[str, Any]) -> str:
    parts = raw.get("content")
    values = [part.get("value") for part in parts if isinstance(part, Mapping)] if isinstance(parts, Sequence) else []
    return next((value for value in values if isinstance(value, str)), "")


def _read_text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    return value if isinstance(value, str) else ""


def _read_line(raw: Mapping[str, Any], name: str, limit: int) -> str:
    return cut_text(collapse_whitespace(strip_markup(_read_text(raw, name))), limit)


def _read_ttl(value: object) -> int | None:
    """Return RSS <ttl> in minutes where it is a whole number from 1 minute to a week."""
    text = str(value).strip() if value is not None else ""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(MAX_TTL_MINUTES)):
        return None
    return int(text) if 1 <= int(text) <= MAX_TTL_MINUTES else None


def keep_newest(feed: ParsedFeed, limit: int) -> ParsedFeed:
    """Return the feed with its ``limit`` newest entries in the document's order, the others counted.

    Dated entries go before undated ones; among equals the document's order decides, as feeds list the newest first.
    """
    excess = len(feed.entries) - limit
    if excess <= 0:
        return feed
    order = sorted(range(len(feed.entries)), key=lambda index: _rank(feed.entries[index]))
    kept = sorted(order[:limit])
    return ParsedFeed(
        status=feed.status,
        entries=tuple(feed.entries[index] for index in kept),
        title=feed.title,
        ttl_minutes=feed.ttl_minutes,
        error=feed.error,
        truncated_entry_count=excess,
    )


def _rank(entry: Entry) -> float:
    return -entry.published_at.timestamp() if entry.published_at else 0.0


def _fail(reason: str) -> ParsedFeed:
    return ParsedFeed(status=ParseStatus.FAILED, error=cut_text(collapse_whitespace(clean_text(reason)), 500))
