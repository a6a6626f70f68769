"""The trained attribution component: finds cues with their sources and contents, for the rules to take up.

Part of a model package, never of the blank pipeline. Writes ``doc._.attribution_spans``; who the sources are is no
matter of this component. It needs sentence starts. Trained on PolNeAR (training/attribution).
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from volteface.errors import LanguageError
from volteface.language.attribution_decode import Found, Thresholds, find_attributions
from volteface.language.attribution_features import FEATURES, ROWS, read_layout
from volteface.language.attribution_net import AttributionNet, Shape
from volteface.language.attribution_words import WordTable, no_words
from volteface.language.layout import lay_out

FACTORY = "volteface_attribution_model"
_WEIGHTS = "weights"


class AttributionModel:
    """A spaCy component around the network. ``net`` is trained by training/attribution; the component only reads."""

    def __init__(self, net: AttributionNet, words: WordTable, thresholds: Thresholds) -> None:
        self.net = net
        self.words = words
        self.thresholds = thresholds

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc._.attribution_spans`` and return the Doc."""
        doc._.attribution_spans = self.find(doc)
        return doc

    def find(self, doc: Doc) -> tuple[Found, ...]:
        """Return the attributions of a Doc in order of their cues."""
        layout = lay_out(doc)
        return tuple(find_attributions(self.net, self.words, read_layout(layout), self.thresholds))

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002 -- spaCy's signature
        """Return the weights and the words."""
        table = self.words.to_dict()
        stream = io.BytesIO()
        np.savez(stream, net=np.frombuffer(self.net.root.to_bytes(), dtype="uint8"), **table)
        return stream.getvalue()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> AttributionModel:  # noqa: ARG002 -- spaCy's signature
        """Take weights in. Raises LanguageError for those of another shape."""
        try:
            held = np.load(io.BytesIO(data), allow_pickle=False)
            words = WordTable(held["keys"], held["rows"])
            self.net.root.from_bytes(held["net"].tobytes())
        except (ValueError, KeyError, OSError) as error:
            raise LanguageError(FACTORY, f"weights of another shape: {error}") from error
        if words.rows.shape[1] != self.net.shape.words:
            raise LanguageError(FACTORY, f"words of width {words.rows.shape[1]}, not {self.net.shape.words}")
        self.words = words
        return self

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002 -- spaCy's signature
        """Write the weights into a folder."""
        path.mkdir(parents=True, exist_ok=True)
        (path / _WEIGHTS).write_bytes(self.to_bytes())

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> AttributionModel:  # noqa: ARG002 -- spaCy's signature
        """Read the weights from a folder."""
        return self.from_bytes((path / _WEIGHTS).read_bytes())


def make_attribution_model(
    nlp: Language,  # noqa: ARG001 -- spaCy's signature
    name: str,  # noqa: ARG001 -- spaCy's signature
    thresholds: dict[str, Any],
    width: int,
    words: int,
) -> AttributionModel:
    """Return the component with untrained weights; a model package brings its own. ``words``: width of its vectors."""
    net = AttributionNet(Shape(rows=ROWS, features=FEATURES, words=words, width=width))
    return AttributionModel(net, no_words(words), Thresholds(**thresholds))
