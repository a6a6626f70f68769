"""Make a text safe to tokenise without moving a single character.

spaCy's tokenizer takes quadratic time on long runs without a space (100,000 brackets do not finish in five minutes).
``mask_text`` blanks the tail of such runs: the result has the same length, so every offset stays true of the original.
Nothing here shortens, normalises or repairs a text.
"""

from __future__ import annotations

import re

MAX_RUN = 400
"""Characters without a space that are still read; longer ones are no words (data, encoded images)."""

MAX_SYMBOLS = 8
"""Symbols in a row that are still read; longer ones are ornament."""

_LONG_RUN = re.compile(rf"(\S{{{MAX_RUN}}})(\S+)")
_SURROGATES = re.compile("[\ud800-\udfff]")  # halves of a pair, which no encoder takes
_SPACES = re.compile(
    "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
)  # no-break, thin, ideographic: to spaCy parts of a word
_SYMBOLS = re.compile(rf"([^\w\s]{{{MAX_SYMBOLS}}})([^\w\s]+)")


def mask_text(text: str) -> str:
    """Return the text with every kind of space plain, the tails of overlong runs replaced by spaces and half characters
    by U+FFFD; its length is the same.
    """
    masked = _SYMBOLS.sub(_blank_tail, _SURROGATES.sub("\ufffd", _SPACES.sub(" ", text)))
    return _LONG_RUN.sub(_blank_tail, masked)


def find_readable_end(text: str, max_characters: int) -> int:
    """Return how far the text is read: all of it, or up to the last paragraph or space before ``max_characters``."""
    if len(text) <= max_characters:
        return len(text)
    for boundary in ("\n", " "):
        end = text.rfind(boundary, max_characters // 2, max_characters)
        if end >= 0:
            return end
    return max_characters


def _blank_tail(match: re.Match[str]) -> str:
    return match[1] + " " * len(match[2])
