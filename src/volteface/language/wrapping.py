"""Join the lines of a text that was wrapped at a column, without moving a single character.

Transcripts and readouts often come with a line break every seventy characters; to a sentence splitter each is the end
of a paragraph. Here such a break becomes a space of the same length, so that every offset stays true of the original.
"""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

_MAX_COLUMN = 100
_MIN_TYPICAL = 45  # characters of a line that a wrap, not a writer, has ended
_MIN_LINES = 3
_SINGLE_BREAK = re.compile(r"(?<=[^\s\\])[ \t]*\n(?=[^\s•*\-])")


def unwrap_text(text: str) -> str:
    """Return the text with its column breaks as spaces, if it is wrapped; its length is the same."""
    return _SINGLE_BREAK.sub(lambda match: " " * len(match[0]), text) if is_wrapped(text) else text


def is_wrapped(text: str) -> bool:
    """Tell whether the text's lines end at a column: none is long, and most that are followed by another are full."""
    lines = [line.rstrip() for line in text.split("\n")]
    if max(map(len, lines)) > _MAX_COLUMN:
        return False
    followed = [len(line) for line, after in pairwise(lines) if line and after]
    return len(followed) >= _MIN_LINES and median(followed) >= _MIN_TYPICAL
