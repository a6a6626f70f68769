"""The lower layer of spaCy's transition models: what each token adds to a state, by the place that it has there."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import Model

from volteface.language.convolutions import Floats, read_weights


class StateFeatures:
    """Sums the tokens of a state and takes the greatest piece of each unit; ``score`` gives the scores of the moves."""

    def __init__(self, model: Model[Any, Any]) -> None:
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        linear = next(node for node in model.get_ref("tok2vec").walk() if node.name == "linear")
        self.pieces, self.places = lower.get_dim("nP"), lower.get_dim("nF")
        self._linear, self._linear_bias = read_weights(linear, "W").T, read_weights(linear, "b")
        weight = read_weights(lower, "W")
        self._weight = weight.reshape(-1, weight.shape[-1]).T
        self._bias, self._pad = (
            read_weights(lower, "b").reshape(-1),
            read_weights(lower, "pad").reshape(1, self.places, -1),
        )
        self._upper, self._upper_bias = read_weights(upper, "W").T, read_weights(upper, "b")

    def prepare(self, rows: Floats) -> Floats:
        """Return what the tokens add (tokens + 1 x places x units * pieces); the last stands for no token."""
        hidden = rows @ self._linear + self._linear_bias
        return np.concatenate([(hidden @ self._weight).reshape(len(rows), self.places, -1), self._pad])

    def score(self, prepared: Floats, tokens: NDArray[np.int64]) -> Floats:
        """Return the scores of the moves (states x moves). ``tokens``: states x places, -1 for none."""
        total = prepared[tokens, np.arange(self.places)].sum(axis=1) + self._bias
        hidden = total.reshape(len(tokens), -1, self.pieces).max(axis=2)
        scores: Floats = hidden @ self._upper + self._upper_bias
        return scores
