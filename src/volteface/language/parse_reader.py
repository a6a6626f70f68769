"""Parses by the weights of a spaCy dependency parser: what it finds, faster.

spaCy's own loop hands Python's lock over and back for every unit of every state, and reads eight texts at a time. No arc
crosses the start of a sentence that is set, and the stack is empty there: all sentences of a batch are read side by side,
each with the token after it, which a state sees. It needs sentence starts for every token, and ``doc.tensor``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.ml.parser_model import ParserStepModel  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.pipeline import DependencyParser
from spacy.pipeline._parser_internals.stateclass import StateClass  # type: ignore[import-not-found]  # the same
from spacy.tokens import Doc

from volteface.language.batch_reader import BatchReader
from volteface.language.convolutions import Floats

Ints = NDArray[np.int64]
_Sentence = tuple[int, int, int]  # where it starts and ends, and 1 where the text goes on
_TOGETHER = 4_000  # tokens: what is prepared of each takes 8 KB


class ParseReader(BatchReader):
    """A spaCy component that writes heads and relations."""

    def __init__(self, parser: DependencyParser) -> None:
        self._parser = parser
        chained, lower, upper = parser.model.layers
        self._lower, self._upper = lower, upper
        self._linear = next(node for node in chained.walk() if node.name == "linear")
        self._stand_ins: dict[tuple[int, int], Doc] = {}

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Write heads and relations."""
        rows = np.concatenate([doc.tensor for doc in docs])
        edges = np.cumsum([0, *map(len, docs)])
        sentences = [
            (start, end, int(end < edge))
            for doc, edge in zip(docs, edges[1:].tolist(), strict=True)
            for start, end in _list_sentences(doc, edge - len(doc))
        ]
        heads, labels = np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=np.uint64)
        for group in _group(sentences):
            self._parse(rows, group, heads, labels)
        for doc, start, end in zip(docs, edges[:-1], edges[1:], strict=True):
            self._write(doc, heads[start:end], labels[start:end])

    def _parse(self, rows: Floats, sentences: Sequence[_Sentence], heads: Ints, labels: NDArray[np.uint64]) -> None:
        """Find the arcs of some sentences, which stand one after another in ``rows``."""
        first, last = sentences[0][0], sentences[-1][1] + sentences[-1][2]
        tokens = self._linear.predict(rows[first:last])
        model = ParserStepModel(
            [],
            [lambda *_, **__: (tokens, None), self._lower, self._upper],
            has_upper=True,
            train=False,
            unseen_classes=self._parser.model.attrs["unseen_classes"],
        )
        states = [StateClass(self._stand_in(end - start, more), start - first) for start, end, more in sentences]
        open_ = states
        while open_:
            open_ = self._parser.transition_states(open_, model.predict(open_))
        for (start, _, _), state in zip(sentences, states, strict=True):
            for arc in state.arcs:
                heads[start + arc["child"]] = arc["head"] - arc["child"]
                labels[start + arc["child"]] = arc["label"]

    def _stand_in(self, count: int, more: int) -> Doc:
        """Return a Doc of a sentence's length and the token after it: a state sees where sentences start, and no word."""
        if (count, more) not in self._stand_ins:
            starts: list[bool | int | None] = [True, *[False] * (count - 1), *[True] * more]
            self._stand_ins[count, more] = Doc(self._parser.vocab, words=["x"] * len(starts), sent_starts=starts)
        return self._stand_ins[count, more]

    def _write(self, doc: Doc, heads: Ints, labels: NDArray[np.uint64]) -> None:
        labels[heads == 0] = self._parser.moves.root_label
        columns: Any = np.stack([heads.astype(np.uint64), labels], axis=1)
        doc.from_array(["HEAD", "DEP"], columns)
        for process in self._parser.postprocesses:
            process(doc)


def _list_sentences(doc: Doc, offset: int) -> Iterator[tuple[int, int]]:
    values: Any = doc.to_array("SENT_START")
    starts = np.flatnonzero(np.asarray(values).astype(np.int64) == 1).tolist()
    bounds = sorted({0, *starts, len(doc)})
    for start, end in pairwise(bounds):
        yield offset + start, offset + end


def _group(sentences: Sequence[_Sentence]) -> Iterator[list[_Sentence]]:
    """Yield runs of sentences of about so many tokens as are held together."""
    group: list[_Sentence] = []
    for one in sentences:
        if group and one[1] - group[0][0] > _TOGETHER:
            yield group
            group = []
        group.append(one)
    if group:
        yield group
