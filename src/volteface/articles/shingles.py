"""The word shingles of a text: what two texts are compared by, whatever their case, punctuation, layout and credits.

Words in quotation marks are kept apart: a quotation is the speaker's wording, which every reporter has from the speaker.
Two reports that share nothing but a quoted statement are two reports; a copy shares the reporter's own wording.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

WIDTH = 4  # words in a shingle
Hashes = npt.NDArray[np.uint64]

_WORD = re.compile(r"\w+")
_APOSTROPHES = re.compile(r"(?<=\w)['\u2019\u02bc](?=\w)")
_QUOTE_MARK = re.compile(r"[\"\u201c\u201d\u201e\u00ab\u00bb]|(?<!')''(?!')|``")
_CLOSING = frozenset("\u201d\u00bb")
_OPENING = frozenset("\u201c\u201e\u00ab")
# A short line that says whose the text is, or sends the reader elsewhere: not part of the report. Not configured, as
# what is left out decides what stored signatures mean.
_BOILERPLATE = re.compile(
    r"\b(?:all rights reserved|copyright|reprint rights|subscribe|sign up|newsletters?|click here|read (?:more|also|next)|"
    r"also read|follow us|delivered by|contributed to this (?:report|story)|reporting by|editing by|written by|"
    r"with (?:inputs?|files|reporting) from|agencies|not been edited by|syndicated feed|photo|image credit|via getty|"
    r"this (?:story|article|report) (?:was|is|has been) (?:originally )?(?:published|produced|updated))\b|^\W*by [A-Z]|\u00a9|https?://",
    re.IGNORECASE,
)
_BOILERPLATE_WORDS = 20  # a longer line is prose that merely has such words
_DATELINE = re.compile(
    r"^[^a-z\n]{2,60}?(?:, [A-Z][a-z]+\.? \d{1,2})?\s*(?:\([^)\n]{2,40}\)\s*)?[\u2013\u2014:-]+\s+(?=\S)"
)

# Odd factors of a multiply-shift hash, one for each place in a shingle, and the two of splitmix64's finalizer.
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


@dataclass(frozen=True, slots=True, eq=False)
class Shingles:
    """The distinct shingles of a text as sorted 64-bit hashes: the reporter's own, and those wholly within quotations."""

    own: Hashes
    quoted: Hashes
    word_count: int

    @property
    def all(self) -> Hashes:
        """Return both kinds together, sorted."""
        return np.union1d(self.own, self.quoted)


def build_shingles(text: str) -> Shingles:
    """Return the shingles of a text. Credits, datelines and lines of boilerplate are left out; numbers are kept.

    The hashes depend on the words alone, not on the process or the machine.
    """
    words: list[str] = []
    marks: list[bool] = []
    for line in text.split("\n"):
        if not _is_boilerplate(line):
            _read_line(_DATELINE.sub("", line.strip(), count=1), words, marks)
    codes = np.fromiter((zlib.crc32(word.encode()) for word in words), dtype=np.uint64, count=len(words))
    hashes = _hash_windows(codes)
    quoted = _all_in_window(np.array(marks, dtype=bool))
    own = np.unique(hashes[~quoted])
    return Shingles(own=own, quoted=np.setdiff1d(hashes[quoted], own), word_count=len(words))


def _is_boilerplate(line: str) -> bool:
    return line.count(" ") < _BOILERPLATE_WORDS and _BOILERPLATE.search(line) is not None


def _read_line(line: str, words: list[str], marks: list[bool]) -> None:
    """Add the words of a line, each with whether it stands in quotation marks. A quotation ends with its line."""
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", line))
    is_quoted = False
    place = 0
    for mark in _QUOTE_MARK.finditer(plain):
        _add_words(plain[place : mark.start()], words, marks, is_quoted=is_quoted)
        is_quoted = mark[0] in _OPENING or (mark[0] not in _CLOSING and not is_quoted)
        place = mark.end()
    _add_words(plain[place:], words, marks, is_quoted=is_quoted)


def _add_words(piece: str, words: list[str], marks: list[bool], *, is_quoted: bool) -> None:
    found = _WORD.findall(piece.casefold())
    words += found
    marks += [is_quoted] * len(found)


def _hash_windows(codes: Hashes) -> Hashes:
    count = max(0, len(codes) - WIDTH + 1)
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(WIDTH):
        mixed += codes[place : place + count] * _FACTORS[place]
    mixed ^= mixed >> np.uint64(30)
    mixed *= _MIX[0]
    mixed ^= mixed >> np.uint64(27)
    mixed *= _MIX[1]
    return mixed ^ (mixed >> np.uint64(31))


def _all_in_window(marks: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    count = max(0, len(marks) - WIDTH + 1)
    held = np.ones(count, dtype=bool)
    for place in range(WIDTH):
        held &= marks[place : place + count]
    return held
