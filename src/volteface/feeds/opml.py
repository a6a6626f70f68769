"""Feed lists as OPML 2.0, the format in which feed readers hand them over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

import lxml.etree

from volteface.config.feeds import FeedConfig
from volteface.errors import InputError
from volteface.plaintext import clean_text, collapse_whitespace

_SUBJECT = "OPML"  # the caller knows the file
_NOT_ID = re.compile(r"[^a-z0-9]+")


def parse_opml(body: bytes) -> list[dict[str, str]]:
    """Return one row for each feed of an OPML document: id, outlet, url, and language where it is given.

    An id is made of the outlet's name and counted up where it repeats. A URL that repeats is listed once. What else
    feeds.yml needs (who publishes, how independent it is) no OPML says; a person adds it. Entities are not expanded
    and nothing is loaded. Raises InputError where the bytes are no OPML.
    """
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = lxml.etree.fromstring(body, parser)
    except (lxml.etree.XMLSyntaxError, ValueError) as error:
        raise InputError(_SUBJECT, f"not well-formed XML: {error}") from error
    if root.tag != "opml":
        raise InputError(_SUBJECT, f"the root is <{root.tag}>, not <opml>")
    rows: list[dict[str, str]] = []
    ids: set[str] = set()
    for outlet, url, language in _find_outlines(root):
        if any(row["url"] == url for row in rows):
            continue
        row = {"id": _make_id(outlet, ids), "outlet": outlet, "url": url}
        rows.append(row | ({"language": language} if language else {}))
    return rows


def _find_outlines(root: lxml.etree._Element) -> Iterator[tuple[str, str, str]]:
    """Yield name, address and language of each outline with an http(s) feed; folders and other types have none."""
    for outline in root.iter("outline"):
        attributes = {str(name).lower(): clean_text(str(value)).strip() for name, value in outline.attrib.items()}
        url = attributes.get("xmlurl", "")
        if url.lower().startswith(("http://", "https://")):
            name = collapse_whitespace(attributes.get("title") or attributes.get("text") or url)
            language = attributes.get("language", "")[:2].lower()
            yield name, url, language if language.isalpha() and len(language) == 2 else ""  # noqa: PLR2004 -- ISO 639-1


def _make_id(outlet: str, taken: set[str]) -> str:
    base = _NOT_ID.sub("-", outlet.lower()).strip("-")[:56].strip("-") or "feed"
    number, candidate = 1, base
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    taken.add(candidate)
    return candidate


def render_opml(feeds: Iterable[FeedConfig]) -> str:
    """Return the feeds as an OPML 2.0 document, in their order. It holds addresses and names, not the rest."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head><title>volteface feeds</title></head>",
        "  <body>",
        *(
            f'    <outline type="rss" text={quoteattr(feed.outlet)} title={quoteattr(feed.outlet)}'
            f" xmlUrl={quoteattr(feed.url)} language={quoteattr(feed.language)}/>"
            for feed in feeds
        ),
        "  </body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"
