"""Feeds made to hang, crash or fool a reader, each around one sound item where its format allows that."""

from __future__ import annotations

from collections.abc import Callable

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'


def make_item(more: str = "", number: int = 1, title: str = "A title") -> str:
    """Return an RSS item."""
    link = f"https://a.example/{number}"
    return f"<item><title>{title}</title><link>{link}</link><guid>{number}</guid>{more}</item>"


def make_rss(items: str, declaration: str = DECLARATION) -> bytes:
    """Return an RSS document."""
    return f'{declaration}<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode()


def make_entity_chain(length: int = 50_000, quote: str = '"') -> bytes:
    """Return a chain of entities, each standing on the one before: expat before 2.7 recurses until the stack ends."""
    links = "".join(f"<!ENTITY e{n} {quote}&e{n - 1};{quote}>" for n in range(1, length))
    declaration = f"{DECLARATION}<!DOCTYPE rss [<!ENTITY e0 {quote}x{quote}>{links}]>"
    return make_rss(make_item() + make_item(number=2, title=f"&e{length - 1};"), declaration)


def make_disguised_chain(encoding: str = "utf-16") -> bytes:
    """Return the chain in an encoding in which no scan of the bytes finds it: it ends the process of an old expat."""
    body = make_entity_chain().decode().replace('encoding="utf-8"', f'encoding="{encoding}"')
    if encoding == "unicode_escape":
        return body.replace("<!ENTITY", r"\x3c!ENTITY").encode()
    return body.encode(encoding)


def make_laughs() -> bytes:
    """Return the billion laughs."""
    calls = [f"&l{n};" * 10 for n in range(9)]
    links = "".join(f"<!ENTITY l{n} '{call}'>" for n, call in enumerate(calls, start=1))
    declaration = f'{DECLARATION}<!DOCTYPE rss [<!ENTITY l0 "ha">{links}]>'
    return make_rss(make_item() + make_item(number=2, title="&l9;"), declaration)


def make_disguised_laughs() -> bytes:
    """Return the billion laughs in UTF-16."""
    return make_laughs().decode().replace("utf-8", "utf-16").encode("utf-16")


def make_blow_up() -> bytes:
    """Return one entity of 100,000 characters, called 10,000 times: plain text, so that it is not left out."""
    declaration = f'{DECLARATION}<!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]>'
    return make_rss(make_item() + make_item(number=2, title="&a;" * 10_000), declaration)


def make_attributes(count: int) -> bytes:
    """Return one element with so many attributes."""
    attributes = " ".join(f"a{n}='1'" for n in range(count))
    return make_rss(make_item(f"<x {attributes}/>"))


# Name, feed, whether its sound item is read (None: it may or may not be).
FEEDS: tuple[tuple[str, Callable[[], bytes], bool | None], ...] = (
    ("entity-chain", make_entity_chain, True),
    ("entity-chain-single-quotes", lambda: make_entity_chain(quote="'"), True),
    ("entity-chain-escaped", lambda: make_disguised_chain("unicode_escape"), None),
    ("billion-laughs", make_laughs, True),
    ("billion-laughs-utf-16", make_disguised_laughs, None),
    ("quadratic-blow-up", make_blow_up, None),
    ("attributes-40k", lambda: make_attributes(40_000), True),
    ("attributes-200k", lambda: make_attributes(200_000), True),
    ("author-digits", lambda: make_rss(make_item(f"<author>{'1' * 100_000}</author>")), True),
    ("author-dashes", lambda: make_rss(make_item(f"<author>{'-' * 100_000}</author>")), True),
    ("publisher", lambda: make_rss(make_item() + f"<webMaster>{'a.' * 50_000}</webMaster>"), True),
    ("categories", lambda: make_rss(make_item("".join(f"<category>c{n}</category>" for n in range(30_000)))), True),
    ("nested-100k", lambda: make_rss(make_item("<d>" * 100_000)), True),
    ("attribute-9MB", lambda: make_rss(make_item(f'<x a="{"b" * 9_000_000}"/>')), True),
    ("open-tags", lambda: make_rss(make_item() + "<item>" + "<a " * 150_000), True),
    ("nul", lambda: make_rss(make_item(title="a\0b")), True),
    ("half-character", lambda: make_rss(make_item(title="a &#xD800; b")), True),
    ("half-character-bytes", lambda: make_rss(make_item(title="a @ b")).replace(b"@", b"\xed\xa0\x80"), True),
    ("cut-off", lambda: make_rss(make_item() + make_item(number=2))[:-70], True),
)
