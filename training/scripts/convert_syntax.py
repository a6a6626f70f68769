"""Turn CoNLL-U files into a DocBin of short texts: tags, lemmas, morphology, dependencies, sentence starts.

A text holds one to ten sentences that follow one another in one document, so that a parser learns where sentences end.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import spacy
from conllu import Sentence, read_sentences
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

LONGEST_TEXT = 10  # sentences


def build_doc(vocab: Vocab, sentences: list[Sentence]) -> Doc:
    """Return one Doc of the sentences with every annotation that they carry."""
    heads: list[int] = []
    for sentence in sentences:
        offset = len(heads)
        heads.extend(offset + head for head in sentence.heads)
    return Doc(
        vocab,
        words=[word for s in sentences for word in s.words],
        spaces=[space for s in sentences for space in s.spaces],
        tags=[tag for s in sentences for tag in s.tags],
        pos=[pos for s in sentences for pos in s.pos],
        morphs=[morph for s in sentences for morph in s.morphs],
        lemmas=[lemma for s in sentences for lemma in s.lemmas],
        heads=heads,
        deps=[dep for s in sentences for dep in s.deps],
    )


def group_sentences(sentences: list[Sentence], rng: random.Random | None) -> Iterator[list[Sentence]]:
    """Yield runs of neighbouring sentences of one document: of one to ten by ``rng``, or single ones without it."""
    for _, group in groupby(sentences, key=lambda sentence: sentence.document):
        rest = list(group)
        while rest:
            size = rng.randint(1, LONGEST_TEXT) if rng else 1
            yield rest[:size]
            rest = rest[size:]


def main() -> None:
    """Read the command line, write the DocBins."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="+", type=Path, help="gzipped CoNLL-U files")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, help="group sentences into texts of random length; single ones without it")
    options = parser.parse_args()
    rng = None if options.seed is None else random.Random(options.seed)
    vocab = spacy.blank("en").vocab
    docs = DocBin(store_user_data=False)
    for path in options.inputs:
        for group in group_sentences(list(read_sentences(path)), rng):
            docs.add(build_doc(vocab, group))
    options.output.parent.mkdir(parents=True, exist_ok=True)
    docs.to_disk(options.output)
    print(f"{options.output}: {len(docs)} texts")


if __name__ == "__main__":
    main()
