"""What stands before a feed's first element, made harmless before feedparser and expat read it.

Reads bytes, so a prolog in UTF-16 or under another disguise passes as it is: it is the business of the process limits.
"""

from __future__ import annotations

import re

MAX_DECLARATION = 1_000  # bytes of <?xml ...?>, and of its line
_FIRST_ELEMENT = re.compile(rb"<\w")
_DECLARATION = b"<!ENTITY"
_REFERENCE = re.compile(rb"%|&(?!#)")
_SPACES = re.compile(rb"\s{100,}")


def drop_nested_entities(body: bytes) -> bytes:
    """Return the body without the entity declarations before its first element that refer to entities.

    No feed needs them, and a chain of 50,000 ends the process in expat before 2.7. Declarations of characters and
    plain text stay: some feeds declare &nbsp;.
    """
    end = _find_end(body)
    position = body.find(_DECLARATION, 0, end)
    if position < 0:
        return body
    kept, done = [], 0
    while position >= 0:
        close = body.find(b">", position, end)
        if close < 0:
            break
        if _REFERENCE.search(body, position, close):
            kept.append(body[done:position])
            done = close + 1
        position = body.find(_DECLARATION, close, end)
    return b"".join((*kept, body[done:])) if kept else body


def bound_prolog(body: bytes) -> bytes:
    """Return the body so that feedparser's searches in its prolog end: they grow with its square, or its cube.

    An XML declaration on a very long line gets a line of its own, very long white space becomes a line end, and a
    declaration that is not closed before the first element is left out. None of it means anything to a reader.
    """
    end = _find_end(body)
    prolog = body[:end]
    if b"<!" in prolog[prolog.rfind(b">") + 1 :]:
        prolog = prolog[: prolog.rfind(b">") + 1]
    prolog = _SPACES.sub(b"\n", prolog)
    start = prolog.find(b"<?", 0, MAX_DECLARATION)
    if start >= 0 and body.find(b"\n", start, start + MAX_DECLARATION) < 0:
        close = prolog.find(b"?>", start, start + MAX_DECLARATION)
        cut = close + 2 if close >= 0 else start + MAX_DECLARATION
        prolog = prolog[:cut] + b"\n" + prolog[cut:]
    return prolog + body[end:]


def _find_end(body: bytes) -> int:
    first = _FIRST_ELEMENT.search(body)
    return first.start() if first else len(body)
