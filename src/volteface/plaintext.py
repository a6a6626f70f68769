"""Text from outside made safe to store: Unicode NFC, LF line ends, no controls, no lone surrogates, no markup."""

from __future__ import annotations

import re
import unicodedata

import lxml.html
from lxml.etree import LxmlError

# C0 controls except tab and line feed, and DEL. NUL in a title ends up in terminals and breaks databases.
_CONTROLS = {code: None for code in (*range(0x20), 0x7F) if code not in {0x09, 0x0A}}
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MARKUP = re.compile(r"</?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>]*)?/?>|<!--|&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|\w{2,31});")
# Without huge_tree libxml2 silently leaves out what stands more than 256 elements deep; with it, 2,048.
_PARSER = lxml.html.HTMLParser(huge_tree=True)
_SILENT = frozenset({"script", "style", "template", "head", "noscript"})
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)


def clean_text(text: str) -> str:
    """Return the text in NFC with LF line ends, without C0 controls (tab and LF stay); lone surrogates become U+FFFD."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    return unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", text))


def collapse_whitespace(text: str) -> str:
    """Return the text on one line: every run of white space is one space, none at the ends."""
    return " ".join(text.split())


def cut_text(text: str, limit: int) -> str:
    """Return at most ``limit`` characters of the text, with nothing added where it was cut."""
    return text if len(text) <= limit else text[:limit].rstrip()


def strip_markup(text: str) -> str:
    """Return what a reader would see of an HTML fragment, one line a block; text without markup comes back as it is.

    Makes text, not safe HTML: what it returns must still be escaped where HTML is written. Never raises.
    """
    text = clean_text(text)
    if not _MARKUP.search(text):
        return _tidy_lines(text)
    try:
        root = lxml.html.fromstring(f"<div>{text}</div>", parser=_PARSER)
    except (LxmlError, ValueError):  # a fragment that holds nothing but comments or processing instructions
        return ""
    return _tidy_lines(clean_text("".join(_walk(root))))


def _walk(root: lxml.html.HtmlElement) -> list[str]:
    """Return the text pieces in document order, a line end at each edge of a block; iterative, so depth is no limit."""
    pieces: list[str] = []
    stack: list[tuple[lxml.html.HtmlElement, bool]] = [(root, False)]
    while stack:
        node, is_closing = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if tag in _BLOCKS:
            pieces.append("\n")
        if is_closing:
            pieces.append((node.tail or "") if node is not root else "")
            continue
        stack.append((node, True))
        if tag and tag not in _SILENT:
            pieces.append(node.text or "")
            stack.extend((child, False) for child in reversed(node))
    return pieces


def _tidy_lines(text: str) -> str:
    lines = (collapse_whitespace(line) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
