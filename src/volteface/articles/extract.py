"""Find the article in a page with trafilatura. Any bytes give a value; why a page holds none is recorded."""

from __future__ import annotations

import logging
import re

import lxml.html
import trafilatura
from lxml.etree import LxmlError
from trafilatura.core import bare_extraction
from trafilatura.settings import Document
from trafilatura.utils import decode_file, load_html

from volteface.articles.agencies import find_credited_agency
from volteface.articles.page_metadata import read_metadata
from volteface.models import ExtractedPage, ExtractOutcome
from volteface.plaintext import clean_text, collapse_whitespace, cut_text

MAX_PAGE_BYTES = 10 * 1024 * 1024
MIN_TEXT = 60  # characters; below, it is a consent wall's or an error page's line, no article
SHORT_TEXT = 250  # characters; below, the fast algorithm is not trusted and the full one is tried too
EXTRACTOR = f"trafilatura {trafilatura.__version__}"

# What trafilatura logs about a page that it discards is in the outcome.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_TYPES = ("text/html", "application/xhtml+xml", "text/xml", "application/xml", "text/plain", "application/octet-stream")
_TAG = re.compile(
    rb"<\s*(?:!doctype|html|head|body|div|p|article|main|section|h1|title|meta|span|table)\b", re.IGNORECASE
)
# References to controls and non-characters. lxml refuses to set a text that holds one, and trafilatura then gives up the
# whole article without a word.
_CONTROL_REFERENCE = re.compile(
    rb"&#(?:0*(?:[1-8]|1[124-9]|2\d|3[01]|127|6553[45])(?!\d)"
    rb"|[xX]0*(?:[1-8bBcCeEfF]|1[0-9a-fA-F]|7[fF]|[fF]{3}[eEfF])(?![0-9a-fA-F]));?"
)
_SPACES = str.maketrans(
    dict.fromkeys("\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
    | dict.fromkeys("\xad\u200b\u2060\ufeff", "")
)
_QUOTES = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
_BLANKS = re.compile(r"[ \t]+")
_DEEP = 250  # elements; libxml2 gives up at 256, or at 2,048 where it is told that the page is huge
_DEEP_PARSER = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
_BOMS = (b"\xff\xfe", b"\xfe\xff")


def extract_page(body: bytes, *, url: str, content_type: str | None = None) -> ExtractedPage:
    """Return the article that a page holds: its text, one line a paragraph, and what its metadata says.

    The text is NFC with LF line ends and plain spaces; soft hyphens and zero-width spaces are taken out. Dates,
    authors and title are the page's own or absent. Does not fetch, does not follow frames or further pages, and does
    not tell a paywall's teaser from an article. ``url`` only helps trafilatura to resolve links. Does not shield from a
    page that takes too long, too much memory or the process's life: call it in a worker. Raises MemoryError alone.
    """
    refusal = _find_refusal(body, content_type)
    if refusal is not None:
        return refusal
    body = _CONTROL_REFERENCE.sub(b"", body)
    try:
        tree = load_html(body)
        if tree is None:
            return ExtractedPage(outcome=ExtractOutcome.NOT_HTML, error="the body cannot be parsed as HTML")
        return _extract_tree(tree, body, url)
    except MemoryError:  # not the bytes' fault alone: it ends the worker, which knows what to make of it
        raise
    except Exception as error:  # noqa: BLE001 -- trafilatura and lxml raise what they like; one page is one value
        reason = f"{type(error).__name__}: {cut_text(collapse_whitespace(clean_text(str(error))), 200)}"
        return ExtractedPage(outcome=ExtractOutcome.FAILED, error=f"the extractor gave up: {reason}")


def _find_refusal(body: bytes, content_type: str | None) -> ExtractedPage | None:
    """Return the outcome of a body that is not worth parsing, or None."""
    if not body.strip():
        return ExtractedPage(outcome=ExtractOutcome.EMPTY, error="the body is empty")
    if len(body) > MAX_PAGE_BYTES:
        return ExtractedPage(outcome=ExtractOutcome.TOO_LARGE, error=f"more than {MAX_PAGE_BYTES} bytes")
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind and kind not in _TYPES:
        return ExtractedPage(outcome=ExtractOutcome.NOT_HTML, error=f"the page is {cut_text(kind, 100)}")
    head = body.replace(b"\0", b"") if body.startswith(_BOMS) else body
    if not _TAG.search(head):
        return ExtractedPage(outcome=ExtractOutcome.NOT_HTML, error="there is no HTML tag in the body")
    return None


def _extract_tree(tree: lxml.html.HtmlElement, body: bytes, url: str) -> ExtractedPage:
    is_deep = False
    metadata = read_metadata(tree)
    text = _drop_headline(_extract_text(tree, url, fast=True), metadata.title)
    if len(text) < SHORT_TEXT:
        fresh = load_html(body)  # the first pass may have changed the tree
        is_deep = fresh is not None and _is_deep(fresh)
        if is_deep:
            fresh = _parse_deep(body)
        longer = _extract_text(fresh, url, fast=is_deep) if fresh is not None else ""
        text = max(text, _drop_headline(longer, metadata.title), key=len)
    is_article = len(text) >= MIN_TEXT
    missing = ExtractOutcome.TOO_DEEP if is_deep else ExtractOutcome.EMPTY
    return ExtractedPage(
        outcome=ExtractOutcome.OK if is_article else missing,
        title=metadata.title,
        text=text if is_article else "",
        authors=metadata.authors,
        published_at=metadata.published_at,
        language=metadata.language,
        site_name=metadata.site_name,
        credited_agency=find_credited_agency(text, metadata.bylines),
        error=None if is_article else _describe_miss(text, is_deep=is_deep),
    )


def _describe_miss(text: str, *, is_deep: bool) -> str:
    depth = f", and elements more than {_DEEP} deep" if is_deep else ""
    return f"no article in the page: only {len(text)} characters of text{depth}"


def _is_deep(tree: lxml.html.HtmlElement) -> bool:
    """Tell whether the parser gave up at its depth: what stands deeper or later is then missing without a word."""
    return bool(tree.xpath(f"boolean(//*[count(ancestor::*) >= {_DEEP}])"))


def _parse_deep(body: bytes) -> lxml.html.HtmlElement | None:
    """Return the page as a parser reads it that goes 2,048 elements deep; at that depth, only the fast way is tried."""
    try:
        return lxml.html.document_fromstring(decode_file(body).encode("utf-8", "replace"), parser=_DEEP_PARSER)
    except LxmlError:
        return None


def _extract_text(tree: lxml.html.HtmlElement, url: str, *, fast: bool) -> str:
    """Return the article's text, or "" where trafilatura finds none."""
    document = bare_extraction(tree, url=url, fast=fast, include_comments=False)
    text = document.text if isinstance(document, Document) and document.text else ""
    lines = (_BLANKS.sub(" ", line).strip() for line in clean_text(text).translate(_SPACES).split("\n"))
    return "\n".join(line for line in lines if line)


def _drop_headline(text: str, title: str) -> str:
    """Return the text without a first line that only repeats the title: it is kept as the title."""
    first, _, rest = text.partition("\n")
    return rest if rest and _fold(first) == _fold(title) else text


def _fold(text: str) -> str:
    return text.translate(_QUOTES).casefold()
