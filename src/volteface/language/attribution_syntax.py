"""What the trained attribution component reads of a parse: attributes of tokens, and how tokens stand to a cue in it.

Labels are those of Universal Dependencies, as the shipped parser gives them. A label that is not known here counts as
any other one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.strings import StringStore
from spacy.tokens import Doc

Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]

SYNTAX_ROWS = (96, 96, 1500, 1000)  # label, tag, the head's word, the labels of the children

_BRANCHES = (
    "nsubj", "nsubj:pass", "ccomp", "parataxis", "xcomp", "obj", "obl", "advcl", "acl", "acl:relcl", "conj", "nmod",
    "appos", "mark", "aux", "punct", "advmod", "obl:agent", "nmod:poss", "case",
)  # fmt: skip
_ABOVE = ("parataxis", "ccomp", "conj", "advcl", "acl", "acl:relcl", "xcomp", "appos", "nmod", "obl")
_CHILDREN = (
    "nsubj", "nsubj:pass", "ccomp", "parataxis", "xcomp", "obj", "obl", "mark", "aux", "aux:pass", "cop", "advcl",
    "conj", "punct", "case", "nmod:poss",
)  # fmt: skip
_OTHER = 2 + len(_BRANCHES)  # a branch of any other label; 0 is elsewhere, 1 is the cue itself
_DEEPEST = 24
"""How many steps up from a token are looked for the cue."""

BELOW = _OTHER + 1
"""How many places below a cue are told apart."""

SIDES = 3  # nowhere, above the cue itself, beside it
ABOVE = SIDES * (len(_ABOVE) + 2)
"""How many places around a cue are told apart: what its head is to it, and where a token is below that head."""

_STORE = StringStore()
_BRANCH_IDS = {_STORE.add(label): 2 + number for number, label in enumerate(_BRANCHES)}
_ABOVE_IDS = {_STORE.add(label): 1 + number for number, label in enumerate(_ABOVE)}
_CHILD_BITS = {_STORE.add(label): 1 << number for number, label in enumerate(_CHILDREN)}


@dataclass(frozen=True, slots=True)
class Tree:
    """The parse of a text. ``heads``: the token above each, itself for a root; ``labels``: hashes of the labels."""

    heads: Ints
    branches: Ints
    above: Ints
    hashes: Hashes


def read_tree(doc: Doc) -> Tree:
    """Return the parse of a Doc, flat where it has none."""
    count = len(doc)
    columns: Any = doc.to_array(["HEAD", "DEP", "TAG", "NORM"])
    columns = columns.reshape(count, 4)
    heads = np.arange(count) + columns[:, 0].astype("int64")
    labels = columns[:, 1]
    children = np.zeros(count, dtype="int64")
    bits = _map(labels, _CHILD_BITS, 0)
    below = heads != np.arange(count)
    np.bitwise_or.at(children, heads[below], bits[below])
    hashes = np.stack([labels, columns[:, 2], np.where(below, columns[heads, 3], 1), children.astype("uint64")], axis=1)
    return Tree(heads, _map(labels, _BRANCH_IDS, _OTHER), _map(labels, _ABOVE_IDS, len(_ABOVE) + 1), hashes)


def _map(labels: Hashes, ids: dict[int, int], other: int) -> Ints:
    kinds, places = np.unique(labels, return_inverse=True)
    mapped: Ints = np.array([ids.get(int(kind), other) for kind in kinds], dtype="int64")[places.reshape(-1)]
    return mapped


def find_heads(tree: Tree, starts: Ints, ends: Ints) -> Ints:
    """Return the first token of each cue whose own head stands outside the cue."""
    found = [
        next(
            (
                index
                for index in range(start, end)
                if not start <= tree.heads[index] < end or tree.heads[index] == index
            ),
            start,
        )
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    return np.array(found, dtype="int64")


def place_in_tree(tree: Tree, heads: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Return where the tokens of each window (cues x tokens) are: below the cue, and around it.

    The first is the branch of the cue that a token is in; the second, for tokens below the cue's own head but not below
    the cue, what the cue is to that head.
    """
    cues = np.broadcast_to(heads[:, None], rows.shape)
    tops = tree.heads[cues]
    below = np.where(rows == cues, 1, 0)
    around = np.where((rows == tops) & (rows != cues), 1, 0)
    at, open_ = rows, (below == 0) & (around == 0)
    for _ in range(_DEEPEST):
        up = tree.heads[at]
        open_ = open_ & (up != at)
        if not open_.any():
            break
        below = np.where(open_ & (up == cues), tree.branches[at], below)
        around = np.where(open_ & (up == tops) & (up != cues), 2, around)
        open_ = open_ & (up != cues) & (up != tops)
        at = np.where(open_, up, at)
    own = np.where(tops == cues, 0, tree.above[cues])
    return below, around * (len(_ABOVE) + 2) + own
