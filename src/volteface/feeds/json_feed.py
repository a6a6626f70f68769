"""Read JSON Feed 1.0 and 1.1 (jsonfeed.org): a feed whose body is one JSON object."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from volteface.feeds.dates import check_date
from volteface.feeds.identity import assign_entry_ids, canonicalize_url
from volteface.feeds.limits import MAX_AUTHOR, MAX_DATE, MAX_SUMMARY, MAX_TITLE, MAX_URL
from volteface.models import Entry, ParsedFeed, ParseStatus
from volteface.plaintext import clean_text, collapse_whitespace, cut_text, strip_markup


def parse_json_feed(body: bytes, *, feed_id: str, fetched_at: datetime | None) -> ParsedFeed:
    """Return the entries of a JSON Feed, or ``failed`` where the body is other JSON or none."""
    try:
        document = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        return ParsedFeed(status=ParseStatus.FAILED, error=f"the body is not JSON: {cut_text(str(error), 200)}")
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(document.get("version", "")):
        return ParsedFeed(status=ParseStatus.FAILED, error="the body is JSON, but no JSON Feed")
    entries = [_build_entry(item, feed_id, fetched_at) for item in items if isinstance(item, dict)]
    return ParsedFeed(
        status=ParseStatus.OK if len(entries) == len(items) else ParseStatus.RECOVERED,
        entries=assign_entry_ids(entries),
        title=_read_line(document, "title", MAX_TITLE) or None,
    )


def _build_entry(item: Mapping[str, object], feed_id: str, fetched_at: datetime | None) -> Entry:
    published_raw = _read_line(item, "date_published", MAX_DATE) or _read_line(item, "date_modified", MAX_DATE) or None
    url = _read_url(item)
    text = next((value for name in ("summary", "content_text", "content_html") if (value := _read(item, name))), "")
    identifier = item.get("id")
    return Entry(
        entry_id="",
        feed_id=feed_id,
        guid=clean_text(str(identifier)).strip()[:MAX_URL] or None if identifier is not None else None,
        url=url,
        canonical_url=canonicalize_url(url) if url else None,
        title=_read_line(item, "title", MAX_TITLE),
        summary=cut_text(strip_markup(text), MAX_SUMMARY),
        published_raw=published_raw,
        published_at=_read_date(published_raw, fetched_at),
        author=_read_author(item),
    )


def _read_url(item: Mapping[str, object]) -> str | None:
    for name in ("url", "external_url", "id"):
        url = clean_text(_read(item, name)).strip()
        if url.lower().startswith(("http://", "https://")) and len(url) <= MAX_URL:
            return url
    return None


def _read_author(item: Mapping[str, object]) -> str | None:
    """Return the first author's name: ``authors`` of version 1.1, ``author`` of version 1.0."""
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return (_read_line(first, "name", MAX_AUTHOR) or None) if isinstance(first, dict) else None


def _read_date(raw: str | None, fetched_at: datetime | None) -> datetime | None:
    """Read an RFC 3339 instant; one without a zone is not an instant."""
    try:
        instant = datetime.fromisoformat(raw) if raw else None
        if instant is None or instant.tzinfo is None:
            return None
        return check_date(instant.astimezone(UTC), fetched_at=fetched_at)
    except (ValueError, OverflowError):
        return None


def _read(item: Mapping[str, object], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _read_line(item: Mapping[str, object], name: str, limit: int) -> str:
    return cut_text(collapse_whitespace(strip_markup(_read(item, name))), limit)
