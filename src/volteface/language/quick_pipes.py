"""Put quicker readers in the place of a spaCy pipeline's own, for the pipeline that comes with the package.

They take the weights over and give what spaCy's give: the same entities, heads and relations, vectors but for rounding.
Whoever trains a pipeline trains spaCy's; another pipeline than the shipped one stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.language import Language
from spacy.pipeline import DependencyParser, EntityRecognizer, Tok2Vec
from spacy.tokens import Doc

from volteface.language.batch_reader import BatchReader
from volteface.language.entity_reader import EntityReader
from volteface.language.parse_reader import ParseReader
from volteface.language.token_vectors import TokenVectors

_KINDS = {"tok2vec": Tok2Vec, "parser": DependencyParser, "ner": EntityRecognizer}


class VectorWriter(BatchReader):
    """A spaCy component that writes ``doc.tensor``, which tagger, lemmatizer and parser read."""

    def __init__(self, tok2vec: Tok2Vec) -> None:
        self._vectors = TokenVectors(tok2vec.model)

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Write the vectors of the Docs' tokens."""
        found: list[Any] = list(self._vectors.read(docs))
        for doc, rows in zip(docs, found, strict=True):
            doc.tensor = rows


def quicken(nlp: Language) -> Language:
    """Replace the token encoder, the parser and the entity recognizer of a pipeline by quicker readers; return it."""
    _register()
    for name, kind in _KINDS.items():
        if isinstance(nlp.get_pipe(name), kind):
            nlp.add_pipe(f"volteface_quick_{name}", before=name)
            nlp.remove_pipe(name)
            nlp.rename_pipe(f"volteface_quick_{name}", name)
    return nlp


def _register() -> None:
    if not Language.has_factory("volteface_quick_tok2vec"):
        Language.factory("volteface_quick_tok2vec", assigns=["doc.tensor"], func=make_vector_writer)
        Language.factory("volteface_quick_parser", assigns=["token.dep", "token.head"], func=make_parse_reader)
        Language.factory("volteface_quick_ner", assigns=["doc.ents"], func=make_entity_reader)


def make_vector_writer(nlp: Language, name: str) -> VectorWriter:  # noqa: ARG001 -- spaCy's signature
    """Return the quick reader with the weights of the pipeline's own ``tok2vec``."""
    return VectorWriter(nlp.get_pipe("tok2vec"))  # type: ignore[arg-type]  # spaCy types it as a function


def make_parse_reader(nlp: Language, name: str) -> ParseReader:  # noqa: ARG001 -- spaCy's signature
    """Return the quick reader with the weights of the pipeline's own ``parser``."""
    return ParseReader(nlp.get_pipe("parser"))


def make_entity_reader(nlp: Language, name: str) -> EntityReader:  # noqa: ARG001 -- spaCy's signature
    """Return the quick reader with the weights of the pipeline's own ``ner``."""
    return EntityReader(nlp.get_pipe("ner"))
