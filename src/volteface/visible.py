"""How ids and what others wrote are shown to people: nothing invisible, links only to the web.

Feeds are written by others. A right-to-left override can turn a sentence round on the screen, an escape sequence can
repaint a terminal, a line break can forge the next line of a message. What is kept in the warehouse stays verbatim;
this is for showing. It does not escape HTML: the template does that.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

# Joiners shape Arabic, Persian and emoji; the soft hyphen is layout. They cannot reorder or hide words.
_HARMLESS = frozenset("\u200c\u200d\u00ad")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_URL_SAFE = "%/:?#@!$&'()*+,;=-._~"  # RFC 3986; all else is percent-encoded: spaces, quotes, brackets of Markdown


def show_line(text: str) -> str:
    """Return text as one line: line breaks as " ¶ ", tabs as spaces, everything invisible as <U+XXXX>."""
    parts = (" ".join(line.split("\t")).strip() for line in text.splitlines())
    return "".join(_show(character) for character in " ¶ ".join(part for part in parts if part))


def show_text(text: str) -> str:
    """Return text with its line breaks (LF) kept and everything invisible as <U+XXXX>."""
    return "\n".join("".join(_show(character) for character in line) for line in text.split("\n"))


def show_link(url: str) -> str | None:
    """Return a link that is safe to show (http or https with a host, percent-encoded), or None."""
    try:
        parts = urlsplit(url.strip())
        is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:  # a broken port or IPv6 address
        return None
    return quote(url.strip().encode("utf-8", "replace"), safe=_URL_SAFE) if is_web else None


def show_actor(actor_id: str, actor_names: Mapping[str, str]) -> str:
    """Return the words for an actor id: its configured name, "unnamed officials of ..." or the name in an other: id."""
    if actor_id in actor_names:
        return actor_names[actor_id]
    kind, separator, rest = actor_id.partition(":")
    if not separator:
        return actor_id
    if kind == "anonymous":
        return f"unnamed officials of {actor_names.get(rest, rest)}"
    return f"{rest.replace('-', ' ')} ({kind}: no configured actor)"


def _show(character: str) -> str:
    if character in _HARMLESS or unicodedata.category(character) not in _INVISIBLE:
        return character
    return f"<U+{ord(character):04X}>"
