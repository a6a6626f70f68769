"""Split a Doc into sentences where no parser has: paragraphs, quotation marks, abbreviations.

A sentence ends at . ! ? … (with the closing marks that follow), or at the end of a paragraph. It does not end where
the next word begins in lower case, after an initial or an abbreviation, or between a quotation and the verb of saying
that belongs to it ("...?" he said; "...!" Ms Example said).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.tokens import Doc

from volteface.language.columns import read_strings
from volteface.language.lexicon import ABBREVIATIONS, SUBJECT_PRONOUNS, words

MAX_SENTENCE = 300
"""Tokens; a longer run is no sentence but a list or noise, and is cut so that no rule takes quadratic time."""

_TERMINALS = frozenset((".", "!", "?", "…", "...", "?!", "!!", "..", "....", "!?"))
_CLOSERS = frozenset(('"', "”", "’", "'", ")", "]", "»", "''"))
_DOUBLE_CLOSERS = frozenset(('"', "”", "''"))
_OPENERS = frozenset(("“", "‘", '"', "(", "[", "«", "'", "``"))
_SAYING = words(
    "said says say asked asks told tells added adds wrote writes replied replies tweeted posted declared insisted"
    " argued warned continued explained concluded recalled shouted exclaimed responded"
)
_DOTTED = frozenset(
    ("u.s.", "u.k.", "u.n.", "e.u.", "d.c.", "a.m.", "p.m.", "inc.", "ltd.", "co.", "corp.", "jr.", "etc.")
)
_STARTERS = words(
    "the he she they it we i in on at but and a an this that these those after before when while as if for his her"
    " their its there what who how why meanwhile however"
)


def split_sentences(doc: Doc) -> Doc:
    """Set ``token.is_sent_start`` for the whole Doc, unless a component before this one has. Returns the Doc."""
    if doc.has_annotation("SENT_START"):
        return doc
    texts = read_strings(doc, "ORTH")
    marks = [1 if is_start else -1 for is_start in find_starts(texts)]
    # all at once: setting token.is_sent_start looks through the whole Doc each time
    column: Any = np.array(marks, dtype="int64").astype("uint64").reshape(-1, 1)
    return doc.from_array(["SENT_START"], column) if marks else doc


def find_starts(texts: list[str]) -> list[bool]:
    """Tell for each token whether a sentence starts there."""
    starts = [False] * len(texts)
    begins_next, index, last_start = True, 0, 0
    while index < len(texts):
        text = texts[index]
        if text.isspace():
            begins_next = begins_next or _ends_paragraph(texts, index)
            index += 1
            continue
        if begins_next or index - last_start >= MAX_SENTENCE:
            starts[index], last_start, begins_next = True, index, False
        if text in _TERMINALS or text.lower() in _DOTTED:
            last = _find_last_closer(texts, index)
            begins_next = _ends_sentence(texts, index, last)
            index = last
        index += 1
    if texts:
        starts[0] = True
    return starts


def _ends_paragraph(texts: list[str], index: int) -> bool:
    """A blank line always does; a single line break does unless the next line goes on in lower case."""
    lines = texts[index].count("\n")
    following = next((text for text in texts[index + 1 : index + 3] if not text.isspace()), "")
    return lines > 1 or (lines == 1 and not following[:1].islower())


def _find_last_closer(texts: list[str], index: int) -> int:
    last = index
    while last + 1 < len(texts) and (texts[last + 1] in _CLOSERS or texts[last + 1] in _TERMINALS):
        if texts[last + 1] in _OPENERS and not _closes(texts, last + 1):
            break
        last += 1
    return last


def _closes(texts: list[str], index: int) -> bool:
    """A straight mark after a full stop closes if an odd number of its kind stands before it in the paragraph."""
    mark, count, at = texts[index], 0, index - 1
    while at >= 0 and index - at < 400 and "\n" not in texts[at]:  # noqa: PLR2004 -- a paragraph's length at most
        count += texts[at] == mark
        at -= 1
    return count % 2 == 1


def _ends_sentence(texts: list[str], index: int, last: int) -> bool:
    following = [text for text in texts[last + 1 : last + 9] if not text.isspace()]
    if not following:
        return True
    first = following[0]
    if texts[index].lower() in _DOTTED and last == index:
        return first.lower() in _STARTERS and first[:1].isupper()
    if first[:1].islower() or first in (",", ";", ":", "—", "–", "-"):
        return False
    if texts[index] == "." and last == index and _abbreviates(texts, index):
        return False
    closed_quote = any(text in _DOUBLE_CLOSERS for text in texts[index + 1 : last + 1])
    return not (closed_quote and texts[index] != "." and _is_said_by(following))


def _abbreviates(texts: list[str], index: int) -> bool:
    before = texts[index - 1] if index else ""
    if before.lower() == "no":
        return texts[index + 1 : index + 2] != [] and texts[index + 1].isdigit()
    return before.lower() in ABBREVIATIONS or (len(before) == 1 and before.isupper())


def _is_said_by(following: list[str]) -> bool:
    """As in "...?" then a name of at most five words and a verb of saying: the sentence goes on."""
    for number, text in enumerate(following[:6]):
        if text.lower() in _SAYING:
            return number > 0 or text[:1].islower()
        if not (text[:1].isupper() or text in ("-", ".") or text.lower() in SUBJECT_PRONOUNS):
            return False
    return False
