"""Fixed word vectors for the trained attribution component: rare verbs are like common ones.

The component brings its own few, so that it works in any pipeline, whatever vectors that has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from volteface.language.attribution_net import Floats, Hashes


@dataclass(frozen=True, slots=True)
class WordTable:
    """Vectors by the hash of a word in lower case. ``keys`` are sorted; ``rows`` has a row for each."""

    keys: Hashes
    rows: NDArray[np.float16]

    def look_up(self, words: Hashes) -> Floats:
        """Return a row for each word; zeros for one that is not here."""
        found = np.zeros((len(words), self.rows.shape[1]), dtype="float32")
        if len(self.keys):
            places = np.minimum(np.searchsorted(self.keys, words), len(self.keys) - 1)
            known = self.keys[places] == words
            found[known] = self.rows[places[known]]
        return found

    def to_dict(self) -> dict[str, Any]:
        """Return what from_dict reads."""
        return {"keys": self.keys, "rows": self.rows}


def build_table(keys: Hashes, rows: Floats) -> WordTable:
    """Return a table of vectors, scaled to a length of one on average."""
    order = np.argsort(keys)
    scale = float(np.sqrt((rows.astype("float64") ** 2).sum(axis=1).mean())) if len(rows) else 1.0
    return WordTable(keys[order].astype("uint64"), (rows[order] / scale).astype("float16"))


def no_words(width: int) -> WordTable:
    """Return a table that knows no word."""
    return WordTable(np.zeros(0, dtype="uint64"), np.zeros((0, width), dtype="float16"))
