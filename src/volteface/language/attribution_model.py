"""The trained attribution component: finds cues with their sources and contents, for the rules to take up.

Part of a model package, never of the blank pipeline. Writes ``doc._.attribution_spans``; who the sources are is no
matter of this component. It needs sentence starts, a parse (Universal Dependencies) with tags, and the word vectors of
the pipeline that it was trained in. Trained on PolNeAR (training/attribution).
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from volteface.errors import LanguageError
from volteface.language.attribution_decode import Found, Thresholds, find_attributions
from volteface.language.attribution_features import FEATURES, ROWS, read_layout
from volteface.language.attribution_net import AttributionNet, Shape
from volteface.language.attribution_words import WordTable
from volteface.language.layout import lay_out

FACTORY = "volteface_attribution_model"
_WEIGHTS = "weights"
_SCALE = "scale"


class AttributionModel:
    """A spaCy component around the network. ``net`` is trained by training/attribution; the component only reads.

    ``scale`` is what the word vectors are multiplied by.
    """

    def __init__(self, vocab: Vocab, net: AttributionNet, thresholds: Thresholds) -> None:
        self.vocab = vocab
        self.net = net
        self.thresholds = thresholds
        self.scale = 1.0

    def __call__(self, doc: Doc) -> Doc:
        """Write ``doc._.attribution_spans`` and return the Doc. Raises LanguageError where there is no parse."""
        doc._.attribution_spans = self.find(doc)
        return doc

    def find(self, doc: Doc) -> tuple[Found, ...]:
        """Return the attributions of a Doc in order of their cues."""
        if not len(doc):
            return ()
        if not doc.has_annotation("DEP"):
            raise LanguageError(FACTORY, "a parser must stand before it in the pipeline")
        words = self._words_of(doc.vocab)
        return tuple(find_attributions(self.net, words, read_layout(lay_out(doc)), self.thresholds))

    def _words_of(self, vocab: Vocab) -> WordTable:
        words = WordTable(vocab.vectors, self.scale)
        if words.width != self.net.shape.words:
            raise LanguageError(
                FACTORY,
                f"the pipeline's word vectors are {words.width} wide, those of the training {self.net.shape.words}",
            )
        return words

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002 -- spaCy's signature
        """Return the weights in half precision."""
        stream = io.BytesIO()
        held: dict[str, Any] = {name: value.astype("float16") for name, value in self.net.read_weights().items()}
        held[_SCALE] = np.array(self.scale)
        np.savez_compressed(stream, **held)
        return stream.getvalue()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> AttributionModel:  # noqa: ARG002 -- spaCy's signature
        """Take weights in. Raises LanguageError for those of another shape, and for word vectors of another width."""
        self._words_of(self.vocab)
        try:
            held = np.load(io.BytesIO(data), allow_pickle=False)
            self.net.set_weights(held)
            self.net.freeze()
            self.scale = float(held[_SCALE])
        except (ValueError, KeyError, OSError) as error:
            raise LanguageError(FACTORY, f"weights of another shape: {error}") from error
        return self

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002 -- spaCy's signature
        """Write the weights into a folder."""
        path.mkdir(parents=True, exist_ok=True)
        (path / _WEIGHTS).write_bytes(self.to_bytes())

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> AttributionModel:  # noqa: ARG002 -- spaCy's signature
        """Read the weights from a folder."""
        return self.from_bytes((path / _WEIGHTS).read_bytes())


def make_attribution_model(
    nlp: Language,
    name: str,  # noqa: ARG001 -- spaCy's signature
    thresholds: dict[str, Any],
    width: int,
    words: int,
) -> AttributionModel:
    """Return the component with untrained weights; a model package brings its own. ``words``: width of its vectors."""
    net = AttributionNet(Shape(rows=ROWS, features=FEATURES, words=words, width=width, link_width=width))
    return AttributionModel(nlp.vocab, net, Thresholds(**thresholds))
