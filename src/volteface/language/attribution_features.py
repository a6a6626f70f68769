"""What the trained attribution component reads of a text: attributes of tokens, and how tokens stand to a cue.

Words, sentences, paragraphs, quotation marks and the parse; no list of cues, so that no configuration changes what it
finds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from volteface.language.attribution_net import LEFT, WINDOW, Floats, Hashes, Ints
from volteface.language.attribution_syntax import ABOVE, BELOW, SYNTAX_ROWS, Tree, find_heads, place_in_tree, read_tree
from volteface.language.layout import Layout

ATTRIBUTES = ("NORM", "PREFIX", "SUFFIX", "SHAPE")  # of spaCy; a fifth column tells the place of the token
ROWS = (4500, 1500, 2000, 1000, 64, *SYNTAX_ROWS)
"""Rows of the embedding tables: of the attributes, of the place, of the parse."""

_EDGES = np.array([-40, -27, -18, -12, *range(-8, 10), 13, 19, 28, 41, 60])
_NEAR_SENTENCES = 2
_FEW = 3
_SIDES = 2
_DISTANCES = len(_EDGES) + 1
_SENTENCES = (2 * _NEAR_SENTENCES + 1) * 2
_QUOTE_STARTS = 2 * _NEAR_SENTENCES + 2
_COUNTS = (_FEW + 1) * _SIDES
_SIZES = (_DISTANCES, _SENTENCES, _QUOTE_STARTS, _COUNTS, _COUNTS, _COUNTS, _SIDES, _SIDES, BELOW, ABOVE)
GROUPS = len(_SIZES)
FEATURES = sum(_SIZES)
"""How many features a token of a window has: one of each group is one, the others are zero."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as arrays over its tokens. The counts are of marks before each token."""

    hashes: Hashes
    words: Hashes  # of the lower-case form of each token
    sentence_of: Ints
    paragraph_of: Ints
    quote_start: Ints  # the sentence in which the quotation of a token begins, or -1
    commas: Ints
    quote_edges: Ints
    tree: Tree


def read_layout(layout: Layout) -> Reading:
    """Return what the network reads of a text."""
    count = len(layout.texts)
    edges = np.zeros(count + 1, dtype="int64")
    for quotation in layout.quotations:
        edges[quotation.start] = edges[quotation.end] = 1
    quote_of = np.array(layout.quote_of, dtype="int64").reshape(-1)
    sentence_of = np.array(layout.sentence_of, dtype="int64").reshape(-1)
    starts = np.array([sentence_of[quotation.start] for quotation in layout.quotations] + [-1], dtype="int64")
    tree = read_tree(layout.doc)
    commas = np.array([text in (",", ";", ":", "—", "–", "--") for text in layout.texts], dtype="int64")
    return Reading(
        hashes=np.hstack([_hash_tokens(layout, quote_of, edges), tree.hashes]),
        words=np.asarray(layout.doc.to_array(["LOWER"]), dtype="uint64").reshape(-1),
        sentence_of=sentence_of,
        paragraph_of=np.array(layout.paragraph_of, dtype="int64").reshape(-1),
        quote_start=np.where(quote_of >= 0, starts[quote_of], -1),
        commas=np.cumsum(commas) - commas,
        quote_edges=np.cumsum(edges[:count]),
        tree=tree,
    )


def _hash_tokens(layout: Layout, quote_of: Ints, edges: Ints) -> Hashes:
    columns: Any = layout.doc.to_array(list(ATTRIBUTES))
    count = len(quote_of)
    opens_sentence = np.zeros(count, dtype="int64")
    opens_sentence[[start for start, _ in layout.sentences]] = 1
    opens_paragraph = np.zeros(count, dtype="int64")
    opens_paragraph[[start for start, _ in layout.paragraphs if start < count]] = 1
    place = 1 + (quote_of >= 0) + 2 * edges[:count] + 4 * edges[1:] + 8 * opens_sentence + 16 * opens_paragraph
    return np.hstack([columns.reshape(count, len(ATTRIBUTES)), place.astype("uint64")[:, None]])


def find_windows(cues: Ints, count: int) -> Ints:
    """Return the tokens in the window of each cue, -1 where there is none. ``cues``: the first token of each."""
    rows = cues[:, None] + np.arange(WINDOW) - LEFT
    return np.where((rows >= 0) & (rows < count), rows, -1)


def place_tokens(reading: Reading, cues: Ints, ends: Ints, windows: Ints, first: int = 0) -> Floats:
    """Return the features of the tokens of all windows: their places as seen from the cue of the window.

    ``cues`` and ``ends`` bound every cue of the text; the windows are of those from ``first`` on.
    """
    rows = np.maximum(windows, 0)
    own = cues[first : first + len(windows), None]
    after = (rows >= own).astype("int64")
    of_cue = np.zeros(len(reading.sentence_of) + 1, dtype="int64")
    for start, end in zip(cues, ends, strict=True):
        of_cue[start:end] = 1
    starts = np.zeros(len(reading.sentence_of), dtype="int64")
    starts[cues] = 1
    before = np.cumsum(starts)
    is_own = (rows >= own) & (rows < ends[first : first + len(windows), None])
    sentence = _near(reading.sentence_of[rows] - reading.sentence_of[own])
    quoted = reading.quote_start[rows]
    opened = np.where(quoted >= 0, 1 + _near(quoted - reading.sentence_of[own]), 0)
    groups = (
        np.searchsorted(_EDGES, rows - own, side="right"),
        sentence * 2 + (quoted >= 0),
        opened,
        _few(reading.commas[rows] - reading.commas[own]) * _SIDES + after,
        _few(reading.quote_edges[rows] - reading.quote_edges[own]) * _SIDES + after,
        _few(np.where(after == 1, before[rows] - before[own], before[own] - before[rows] - 1)) * _SIDES + after,
        is_own,
        (of_cue[rows] > 0) & ~is_own,
        *place_in_tree(reading.tree, find_heads(reading.tree, own[:, 0], ends[first : first + len(windows)]), rows),
    )
    return _one_hot(groups)


def _near(difference: Ints) -> Ints:
    near: Ints = np.clip(difference, -_NEAR_SENTENCES, _NEAR_SENTENCES) + _NEAR_SENTENCES
    return near


def _few(count: Ints) -> Ints:
    few: Ints = np.minimum(np.abs(count), _FEW)
    return few


def _one_hot(groups: tuple[NDArray[Any], ...]) -> Floats:
    length = groups[0].size
    features = np.zeros((length, FEATURES), dtype="float32")
    offset, lines = 0, np.arange(length)
    for size, group in zip(_SIZES, groups, strict=True):
        features[lines, offset + group.ravel().astype("int64")] = 1
        offset += size
    return features
