"""What our quick readers have in common as components of spaCy: they read Docs by the batch. Knows no model."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from spacy.tokens import Doc


class BatchReader(ABC):
    """A spaCy component. What it annotates is up to ``annotate``."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc and return it."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Annotate Docs, so many at a time, and yield them in order. An empty one stays as it is."""
        stream = iter(docs)
        while batch := list(islice(stream, batch_size)):
            held = [doc for doc in batch if len(doc)]
            if held:
                self.annotate(held)
            yield from batch

    @abstractmethod
    def annotate(self, docs: Sequence[Doc]) -> None:
        """Write into some Docs what the reader finds; none of them is empty."""
