"""Names in a text by the weights of a spaCy entity recognizer: what it finds, faster.

spaCy takes a text token by token. No entity crosses the start of a sentence, and outside of an entity a state holds
nothing of what was before: all sentences of a batch can be read side by side. It needs sentence starts, and Docs without
entities.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from volteface.language.batch_reader import BatchReader
from volteface.language.convolutions import Floats
from volteface.language.state_features import StateFeatures
from volteface.language.token_vectors import TokenVectors

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
_NEVER = np.float32(-np.inf)


class EntityReader(BatchReader):
    """A spaCy component that writes ``doc.ents``."""

    def __init__(self, recognizer: EntityRecognizer) -> None:
        model = recognizer.model
        tok2vec = next(node for node in model.get_ref("tok2vec").walk() if node.has_ref("encode"))
        self._vectors = TokenVectors(tok2vec)
        self._features = StateFeatures(model)
        moves = recognizer.moves
        self._moves = _Moves([moves.get_class_name(number) for number in range(moves.n_moves)])

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Write ``doc.ents``."""
        prepared = self._features.prepare(np.concatenate(self._vectors.read(docs)))
        edges = np.cumsum([0, *map(len, docs)])
        starts = np.flatnonzero(np.concatenate([_find_starts(doc) for doc in docs]))
        spaces = np.concatenate([np.asarray(doc.to_array("IS_SPACE"), dtype=bool) for doc in docs])
        chosen = self._choose(prepared, starts, spaces)
        for doc, start, end in zip(docs, edges[:-1], edges[1:], strict=True):
            doc.set_ents(list(self._moves.list_spans(doc, chosen[start:end])), default="outside")

    def _choose(self, prepared: Floats, starts: Ints, spaces: Flags) -> Ints:
        """Return the move of each token: the likeliest that is allowed, sentence by sentence from its start."""
        count, moves = len(spaces), self._moves
        ends = np.append(starts[1:], count)
        chosen = np.zeros(count, dtype=np.int64)
        at, opened = starts.copy(), np.full(len(starts), -1)
        last = ends - 1
        while len(at):
            is_open = opened >= 0
            tokens = np.stack([at, opened, np.where(is_open, at - 1, -1)], axis=1)
            scores = self._features.score(prepared, tokens)
            label = np.where(is_open, moves.labels[chosen[opened]], 0)
            allowed = moves.allow(label, is_open, is_last=at == last, is_space=spaces[at])
            move = np.where(allowed, scores, _NEVER).argmax(axis=1)
            chosen[at] = move
            opened = np.where(moves.begins[move], at, np.where(moves.goes_on[move], opened, -1))
            at = at + 1
            left = at <= last
            at, opened, last = at[left], opened[left], last[left]
        return chosen


class _Moves:
    """The moves of spaCy's transition system for entities, by their numbers."""

    def __init__(self, names: Sequence[str]) -> None:
        kinds = np.array([name[0] for name in names])
        kinds_labels = [name[2:] for name in names]
        self.names = sorted(set(kinds_labels))
        self.labels = np.array([self.names.index(label) for label in kinds_labels])
        self.begins, self.inside, self.lasts = kinds == "B", kinds == "I", kinds == "L"
        self.goes_on = self.inside
        self._units, self._outside = (kinds == "U") & (self.labels > 0), kinds == "O"
        assert self.names[0] == ""

    def allow(self, label: Ints, is_open: Flags, *, is_last: Flags, is_space: Flags) -> Flags:
        """Return which moves each state may make (states x moves)."""
        free = self._outside | ((self._units | (self.begins & ~is_last[:, None])) & ~is_space[:, None])
        held = (self.lasts | (self.inside & ~is_last[:, None])) & (self.labels == label[:, None])
        allowed: Flags = np.where(is_open[:, None], held, free)
        return allowed

    def list_spans(self, doc: Doc, moves: Ints) -> Iterator[Span]:
        """Yield the entities that a Doc's moves make."""
        start = 0
        for token in np.flatnonzero(self.begins[moves] | self.lasts[moves] | self._units[moves]).tolist():
            move = moves[token]
            if not self.lasts[move]:
                start = token
            if not self.begins[move]:
                yield Span(doc, start, token + 1, label=self.names[self.labels[move]])


def _find_starts(doc: Doc) -> Flags:
    """Return which tokens start a sentence; the first one always does."""
    values: Any = doc.to_array("SENT_START")
    starts: Flags = np.asarray(values).astype(np.int64) == 1
    starts[0] = True
    return starts
