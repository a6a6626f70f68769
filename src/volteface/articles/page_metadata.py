"""What a page says of itself: title, authors, date, language, site. Only explicit metadata; nothing is inferred."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import lxml.html
from trafilatura.metadata import examine_meta, extract_author, extract_meta_json, extract_sitename, extract_title

from volteface.plaintext import clean_text, collapse_whitespace, cut_text

MAX_TITLE = 1_000
MAX_AUTHOR = 200
MAX_AUTHORS = 20
MIN_HEADLINE = 15  # characters: a shorter <h1> may be a section's name
MAX_JSON_NODES = 5_000
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)

# In this order: what names the first publication, before what may name any date of the page.
DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "citation_publication_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "article.published",
    "date_published",
)
_ARTICLE_TYPES = ("article", "posting", "report")
Node = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """What the metadata of a page gives. ``bylines`` also hold what the page's other fields name as its author."""

    title: str
    authors: tuple[str, ...]
    bylines: tuple[str, ...]
    published_at: datetime | None
    language: str | None
    site_name: str | None


def read_metadata(tree: lxml.html.HtmlElement) -> PageMetadata:
    """Return what a parsed page says of itself. Does not look at the URL and searches no dates in the running text.

    A date without a zone is read as UTC and a day as its midnight: what the page gives is kept, at its precision.
    """
    found = examine_meta(tree)
    with suppress(RecursionError):  # JSON-LD nested 1,000 deep costs itself, not the page
        found = extract_meta_json(tree, found)
    nodes = [node for node in _read_json_ld(tree) if _is_article(node)]
    authors = _find_authors(nodes) or _split_names(found.author or extract_author(tree) or "")
    return PageMetadata(
        title=_drop_site_name(tree, _tidy(found.title or extract_title(tree) or "", MAX_TITLE)),
        authors=authors,
        bylines=tuple(dict.fromkeys((*authors, *_split_names(found.author or ""), *_read_meta_authors(tree)))),
        published_at=_find_date(tree, nodes),
        language=_read_language(tree),
        site_name=_tidy(found.sitename or extract_sitename(tree) or "", MAX_AUTHOR).lstrip("@") or None,
    )


def _find_authors(nodes: list[Node]) -> tuple[str, ...]:
    """Return the authors that the article's JSON-LD names, people or organisations, as it writes them."""
    names = (_tidy(name, MAX_AUTHOR) for node in nodes for name in _list_names(node.get("author")))
    return tuple(dict.fromkeys(name for name in names if name and "://" not in name))[:MAX_AUTHORS]


def _split_names(author: str) -> tuple[str, ...]:
    """Return the names that trafilatura found in tags and bylines, which it joins by semicolons."""
    return tuple(dict.fromkeys(name for part in author.split(";") if (name := _tidy(part, MAX_AUTHOR))))[:MAX_AUTHORS]


def _drop_site_name(tree: lxml.html.HtmlElement, title: str) -> str:
    """Return the page's headline where the title is that and something after it: the outlet's name, most often."""
    for heading in tree.iter("h1"):
        text = _tidy(heading.text_content(), MAX_TITLE)
        if len(text) >= MIN_HEADLINE and title.startswith(text):
            return text
    return title


def parse_date(text: str) -> datetime | None:
    """Return an ISO 8601 or RFC 2822 date as an aware instant in UTC; None for anything else or before 1995."""
    text = text.strip()
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        try:
            instant = parsedate_to_datetime(text)
        except (ValueError, IndexError):  # IndexError on a few malformed ones
            return None
    try:
        aware = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except OverflowError:  # year 1 or 9999 with an offset
        return None
    return aware if aware >= EARLIEST else None


def _find_date(tree: lxml.html.HtmlElement, nodes: list[Node]) -> datetime | None:
    candidates = [str(node["datePublished"]) for node in nodes if isinstance(node.get("datePublished"), str)]
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in DATE_NAMES:
            found.setdefault(name, meta.get("content") or "")
    candidates += [found[name] for name in DATE_NAMES if name in found]
    for element in tree.iter("time"):
        if (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None:
            candidates.append(element.get("datetime") or "")
    return next((date for text in candidates if (date := parse_date(text)) is not None), None)


def _read_json_ld(tree: lxml.html.HtmlElement) -> Iterator[Node]:
    """Yield every object of the page's JSON-LD, outer ones first; a block that is no JSON is passed over."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json" or not script.text:
            continue
        try:
            stack: list[object] = [json.loads(script.text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(MAX_JSON_NODES):
            if not stack:
                break
            item = stack.pop(0)
            if isinstance(item, dict):
                yield item
                stack.extend(value for value in item.values() if isinstance(value, (dict, list)))
            elif isinstance(item, list):
                stack.extend(item)


def _is_article(node: Node) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(str(name).lower().endswith(_ARTICLE_TYPES) for name in names)


def _list_names(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and name.strip():
            yield name


def _read_meta_authors(tree: lxml.html.HtmlElement) -> tuple[str, ...]:
    names = {"author", "byl", "article:author", "parsely-author", "dc.creator"}
    found = (
        _tidy(meta.get("content") or "", MAX_AUTHOR)
        for meta in tree.iter("meta")
        if (meta.get("name") or meta.get("property") or "").lower() in names
    )
    return tuple(name for name in found if name and not name.startswith("http"))[:MAX_AUTHORS]


def _read_language(tree: lxml.html.HtmlElement) -> str | None:
    """Return the primary language subtag of <html lang>, in lower case."""
    root = tree.getroottree().getroot()
    declared = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip().lower()
    primary = declared.replace("_", "-").partition("-")[0]
    return primary if primary.isascii() and primary.isalpha() and len(primary) in {2, 3} else None


def _tidy(text: str, limit: int) -> str:
    return cut_text(collapse_whitespace(clean_text(text)), limit)
