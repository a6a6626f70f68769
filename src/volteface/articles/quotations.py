"""Where a plain text stands in quotation marks, by characters, paragraph by paragraph.

Knows nothing of grammar or speakers: it is for comparing two versions of a page, where both are read the same way.
A quotation that a paragraph leaves open ends with the paragraph.
"""

from __future__ import annotations

import re

_DOUBLE = re.compile(r"“([^“”\n]*)(?:”|$)|«([^«»\n]*)(?:»|$)|\"([^\"\n]*)(?:\"|$)", re.MULTILINE)
# An apostrophe is no mark: a single one opens only before a word and closes only behind one.
_SINGLE = re.compile(r"(?<![\w'\u2019])['\u2018](?=\S)([^\n\u2018]*?\S)['\u2019](?![\w])")
MIN_SINGLE_WORDS = 3  # between single marks; fewer are a nickname, or two apostrophes


def find_quoted(text: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches between quotation marks, the marks left out, in text order; they never overlap."""
    found = [
        (match.start(group), match.end(group))
        for match in _DOUBLE.finditer(text)
        for group in (1, 2, 3)
        if match[group] is not None and match[group].strip()
    ]
    singles = [match.span(1) for match in _SINGLE.finditer(text) if len(match[1].split()) >= MIN_SINGLE_WORDS]
    alone = [one for one in singles if not any(one[0] < end and start < one[1] for start, end in found)]
    return tuple(sorted([*found, *alone]))
