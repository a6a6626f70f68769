"""A corpus reader for training: texts as they come at run time, not only as the corpora hold them.

Half of the texts keep the corpus's words, half are split by spaCy's tokenizer: the corpora split words in their own
ways ("al-Qaida" is one word in GMB, three in EWT). Half of the texts get paragraph breaks between sentences, a few are
wrapped at line ends: the corpora have neither, an article has both.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import cast

import spacy
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, DocBin, Span, Token
from spacy.training import Example
from spacy.util import registry
from thinc.api import NumpyOps, set_current_ops

# numpy's own matrix product is two to three times as fast here as the BLIS that thinc chooses by default.
set_current_ops(NumpyOps(use_blis=False))

BREAKS = ("\n\n", "\n\n", "\n\n", "\n", " \n\n")
BROKEN_TEXTS = 0.5  # share of the texts that get paragraph breaks
BREAK = 0.6  # probability of one after a sentence of such a text
WRAPPED_TEXTS = 0.04  # share of the texts that are wrapped at line ends
LINE = 14  # words
ENCODER_USERS = ("tagger", "morphologizer", "trainable_lemmatizer", "parser")


def read_mixed_tokens(
    path: Path, gold_share: float, lower_share: float, seed: int, longest: int
) -> Callable[[Language], Iterable[Example]]:
    """Return a reader of a DocBin. ``gold_share`` of the texts keep their words; ``lower_share`` come in lower case.

    Texts of more than ``longest`` words are left out. With 1.0 and 0.0, for measuring, texts stay as they are.
    """
    rng = random.Random(seed)
    is_plain = gold_share == 1 and lower_share == 0

    def read(nlp: Language) -> Iterator[Example]:
        docs = [doc for doc in DocBin().from_disk(path).get_docs(nlp.vocab) if 0 < len(doc) <= longest]
        if is_plain:
            yield from (Example(_copy(nlp, doc, lower=False), doc) for doc in docs)
            return
        rng.shuffle(docs)
        for doc in docs:
            varied = add_breaks(doc, _choose_breaks(doc, rng))
            keep, lower = rng.random() < gold_share, rng.random() < lower_share
            yield Example(_copy(nlp, varied, lower=lower) if keep else nlp.make_doc(varied.text), varied)

    return read


def add_breaks(doc: Doc, breaks: dict[int, str]) -> Doc:
    """Return the Doc with a whitespace token after each of the words that ``breaks`` names, with its annotations.

    As in spaCy's own pipelines, such a token is tagged _SP and hangs on the word before it.
    """
    if not breaks:
        return doc
    order: list[int | None] = []  # for each new token the word of ``doc`` that it is, or None
    for index in range(len(doc)):
        order += [index, None] if index in breaks else [index]
    place = {old: new for new, old in enumerate(order) if old is not None}
    rows = [(doc[old], "") if old is not None else (doc[order[new - 1] or 0], "_SP") for new, old in enumerate(order)]
    is_parsed = doc.has_annotation("DEP")
    varied = Doc(
        doc.vocab,
        words=[breaks[token.i] if space else token.text for token, space in rows],
        spaces=[not space and token.i not in breaks and bool(token.whitespace_) for token, space in rows],
        tags=[space or token.tag_ for token, space in rows] if is_parsed else None,
        pos=["SPACE" if space else token.pos_ for token, space in rows] if is_parsed else None,
        morphs=["" if space else str(token.morph) for token, space in rows] if is_parsed else None,
        lemmas=[breaks[token.i] if space else token.lemma_ for token, space in rows] if is_parsed else None,
        heads=[place[token.i] if space else place[token.head.i] for token, space in rows] if is_parsed else None,
        deps=["dep" if space else token.dep_ for token, space in rows] if is_parsed else None,
    )
    if not is_parsed:
        spans = [Span(varied, place[e.start], place[e.end - 1] + 1, label=e.label_) for e in doc.ents]
        varied.set_ents(spans, default="outside")
    return varied


def _choose_breaks(doc: Doc, rng: random.Random) -> dict[int, str]:
    kind = rng.random()
    if kind < WRAPPED_TEXTS:
        first = rng.randint(3, LINE)
        return {index: "\n" for index in range(first, len(doc) - 1, LINE) if doc[index].whitespace_}
    if kind < WRAPPED_TEXTS + BROKEN_TEXTS:
        return {token.i: rng.choice(BREAKS) for token in doc[:-1] if _ends_sentence(token) and rng.random() < BREAK}
    return {}


def _ends_sentence(token: Token) -> bool:
    after = token.nbor()
    if token.doc.has_annotation("DEP"):
        return bool(after.is_sent_start)
    return token.text in {".", "?", "!"} and not after.is_punct and not token.ent_type


def _copy(nlp: Language, doc: Doc, *, lower: bool) -> Doc:
    words = [token.lower_ if lower else token.text for token in doc]
    return Doc(nlp.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])


def copy_encoder(path: Path | None) -> Callable[[Language], Language]:
    """Return a callback that starts the entity recognizer's token encoder from that of a trained syntax pipeline."""

    def copy(nlp: Language) -> Language:
        if path is not None:
            trained = spacy.load(path, disable=ENCODER_USERS)  # a vocabulary of its own: loading overwrites vectors
            encoder = cast(TrainablePipe, trained.get_pipe("tok2vec")).model
            recognizer = cast(TrainablePipe, nlp.get_pipe("ner")).model
            recognizer.get_ref("tok2vec").layers[0].from_bytes(encoder.to_bytes())
        return nlp

    return copy


registry.readers("volteface.MixedTokens.v1", func=read_mixed_tokens)
registry.callbacks("volteface.CopyEncoder.v1", func=copy_encoder)
