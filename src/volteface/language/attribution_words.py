"""The pipeline's own word vectors for the trained attribution component: rare verbs are like common ones.

The component brings no vectors. It was trained on a table that the pipeline must have, or one with more words in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from spacy.vectors import Vectors  # type: ignore[import-not-found]  # compiled, without stubs

from volteface.language.attribution_net import Floats, Hashes


@dataclass(frozen=True, slots=True)
class WordTable:
    """Vectors by the hash of a word in lower case, times ``scale``, which brings them to a length of about one."""

    vectors: Vectors
    scale: float = 1.0

    @property
    def width(self) -> int:
        """How many numbers a word has; 0 where there are no vectors."""
        return int(self.vectors.shape[1])

    def look_up(self, words: Hashes) -> Floats:
        """Return a row for each word; zeros for one that is not here."""
        found = np.zeros((len(words), self.width), dtype="float32")
        if self.width and len(words):
            rows = np.asarray(self.vectors.find(keys=words.tolist())).reshape(-1)
            found[rows >= 0] = self.vectors.data[rows[rows >= 0]] * np.float32(self.scale)
        return found


def measure_scale(vectors: Vectors) -> float:
    """Return what brings the vectors to a length of one on average."""
    rows = np.asarray(vectors.data, dtype="float64")
    return float(1 / np.sqrt((rows**2).sum(axis=1).mean())) if rows.size else 1.0


def no_words() -> WordTable:
    """Return a table that knows no word."""
    return WordTable(Vectors(shape=(0, 0)))
