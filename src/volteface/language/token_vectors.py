"""Vectors of tokens in their context, by the weights of a spaCy Tok2Vec: what it gives but for rounding, faster.

A word's embedding does not hang on its context: each is made once for a batch, however often the word stands there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Model

from volteface.language.convolutions import Convolutions, Floats

_ROWS = 512  # that are read at a time: what is made of more fits no cache
_REACH = 4  # layers, so tokens to both sides that are seen
_ATTRIBUTES: list[int | str] = ["ORTH", "NORM", "PREFIX", "SUFFIX", "SHAPE"]


class TokenVectors:
    """Reads Docs with the weights of a Tok2Vec of hashed NORM, PREFIX, SUFFIX, SHAPE and the pipeline's word vectors."""

    def __init__(self, model: Model[Any, Any]) -> None:
        nodes = list(model.get_ref("embed").walk())
        self._tables = [node for node in nodes if node.name == "hashembed"]
        self._static = next(node for node in nodes if node.name == "static_vectors")
        self._mix = next(node for node in nodes if node.name == "maxout")
        self._norm = next(node for node in nodes if node.name == "layernorm")
        self._encoder = Convolutions([model.get_ref("encode")], [1] * _REACH)

    def read(self, docs: Sequence[Doc]) -> list[Floats]:
        """Return a row for each token of each Doc."""
        columns = np.concatenate([_list_attributes(doc) for doc in docs])
        if not len(columns):
            return [np.zeros((0, self._mix.get_dim("nO")), dtype=np.float32) for _ in docs]
        # both are hashes already: their mixture tells words apart as well as either
        words = columns[:, 0] ^ (columns[:, 1] << np.uint64(1))
        _, first, place = np.unique(words, return_index=True, return_inverse=True)
        rows = self._embed(columns[first], docs[0])[place]
        edges = np.cumsum([len(doc) for doc in docs])[:-1]
        return self._encode(np.split(rows, edges))

    def _embed(self, columns: NDArray[np.uint64], doc: Doc) -> Floats:
        hashed = [
            table.predict(np.ascontiguousarray(columns[:, number])) for number, table in enumerate(self._tables, 1)
        ]
        vectors = doc.vocab.vectors
        found = np.asarray(vectors.find(keys=columns[:, 0]))
        static = vectors.data[found] @ self._static.get_param("W").T
        static[found < 0] = 0
        mixed: Floats = self._norm.predict(self._mix.predict(np.hstack([*hashed, static])))
        return mixed

    def _encode(self, texts: Sequence[Floats]) -> list[Floats]:
        """Read each token with its neighbours. Texts do not see one another: rows of zeros stand between them."""
        gap = np.zeros((_REACH, texts[0].shape[1]), dtype=np.float32)
        rows = np.concatenate([part for text in texts for part in (gap, text)] + [gap])
        read = np.empty_like(rows)
        for at in range(0, len(rows), _ROWS):
            start = max(0, at - _REACH)
            found = self._encoder.read(rows[None, start : at + _ROWS + _REACH])[0]
            read[at : at + _ROWS] = found[at - start : at - start + _ROWS]
        ends = np.cumsum([_REACH + len(text) for text in texts]).tolist()
        return [read[end - len(text) : end] for text, end in zip(texts, ends, strict=True)]


def _list_attributes(doc: Doc) -> NDArray[np.uint64]:
    columns: Any = doc.to_array(_ATTRIBUTES)
    return np.asarray(columns, dtype=np.uint64).reshape(len(doc), len(_ATTRIBUTES))
