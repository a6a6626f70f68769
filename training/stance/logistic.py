"""Logistic regressions over named features, as the package reads them. Needs scikit-learn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

FEWEST = 3  # rows that must have a feature
DIGITS = 4


def fit_linear(rows: Sequence[Mapping[str, float]], truths: Sequence[bool], strictness: float = 0.1) -> dict[str, Any]:
    """Return {"weights", "bias"}, fitted with an L2 penalty of 1 / ``strictness``. Rare features are left out."""
    counts = Counter(name for row in rows for name in row)
    table = DictVectorizer(dtype=np.float64)
    matrix = table.fit_transform([{n: v for n, v in row.items() if counts[n] >= FEWEST} for row in rows])
    model = LogisticRegression(C=strictness, max_iter=1000).fit(matrix, truths)
    return _write(table.get_feature_names_out(), model.coef_[0], model.intercept_[0])


def fit_scaled(rows: Sequence[Mapping[str, float]], truths: Sequence[bool], strictness: float) -> dict[str, Any]:
    """Return the same for a few dense features, fitted on their standard scores and written for their values."""
    names = sorted(rows[0])
    matrix = np.array([[row[name] for name in names] for row in rows])
    scaler = StandardScaler().fit(matrix)
    model = LogisticRegression(C=strictness, max_iter=3000).fit(scaler.transform(matrix), truths)
    weights = model.coef_[0] / scaler.scale_
    return _write(names, weights, model.intercept_[0] - float(weights @ scaler.mean_))


def _write(names: Sequence[str], weights: Sequence[float], bias: float) -> dict[str, Any]:
    kept = {name: round(float(weight), DIGITS) for name, weight in zip(names, weights, strict=True)}
    return {"weights": {name: weight for name, weight in kept.items() if weight}, "bias": round(float(bias), DIGITS)}
