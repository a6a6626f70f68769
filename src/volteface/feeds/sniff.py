"""What a body is that should be a feed, by its first bytes."""

from __future__ import annotations

import re
from enum import StrEnum

HEAD_BYTES = 65_536
_SKIPPED = re.compile(rb"\s+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_FIRST_TAG = re.compile(rb"<([A-Za-z][\w:.-]*)")
_HTML_TAGS = frozenset({b"html", b"head", b"body", b"meta", b"title", b"script", b"link"})
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"\xff\xfe", b"\xfe\xff")


class BodyKind(StrEnum):
    """What the first bytes look like."""

    EMPTY = "empty"
    HTML = "html"
    JSON = "json"
    MARKUP = "markup"
    OTHER = "other"


def sniff_body(body: bytes) -> BodyKind:
    """Return what a body looks like. Reads at most its first 64 KiB and decides nothing by the server's word."""
    head = body[:HEAD_BYTES]
    for bom in _BOMS:
        head = head.removeprefix(bom)
    head = head.replace(b"\0", b"")  # UTF-16 and UTF-32 keep their ASCII letters so
    position = 0
    while match := _SKIPPED.match(head, position):
        position = match.end()
    rest = head[position:]
    if not rest:
        return BodyKind.EMPTY if len(body) <= HEAD_BYTES and not head.strip() else BodyKind.MARKUP
    if rest.startswith((b"{", b"[")):
        return BodyKind.JSON
    tag = _FIRST_TAG.match(rest)
    if tag is None:
        return BodyKind.MARKUP if b"<" in rest else BodyKind.OTHER
    return BodyKind.HTML if tag[1].lower() in _HTML_TAGS else BodyKind.MARKUP
