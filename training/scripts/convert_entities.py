"""Turn the entity corpora into DocBins.

``entities-train`` is for training; ``entities-heldout`` the part of GMB held out for measuring, mended, and
``entities-heldout-released`` the same with GMB's own spans; ``entities-dev`` chooses the best step of a run: the
held-out part and the development part of Universal NER.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable
from pathlib import Path

import spacy
from corpora import Labelled, add_corpora, read_corpora, read_uner
from labels import Span, complete, split_places
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as EntitySpan
from spacy.vocab import Vocab

LONGEST_TEXT = 5  # sentences
_NO_SPACE_BEFORE = frozenset((".", ",", ";", ":", "?", "!", ")", "%", "'s", "n't", "'", "...", "'re", "'ve", "'ll"))
_NO_SPACE_AFTER = frozenset(("(", "$"))


def find_spaces(words: list[str]) -> list[bool]:
    """Return for each word whether a space follows it, as an editor would set it."""
    spaces, in_quotes = [], False
    for word, after in zip(words, [*words[1:], ""], strict=True):
        closes = after == '"' and (in_quotes != (word == '"'))
        opens = word == '"' and not in_quotes
        in_quotes ^= word == '"'
        spaces.append(after not in _NO_SPACE_BEFORE and word not in _NO_SPACE_AFTER and not closes and not opens)
    return spaces


def build_doc(vocab: Vocab, sentences: list[Labelled]) -> Doc:
    """Return one Doc of the sentences with their entities."""
    words = [word for sentence, _ in sentences for word in sentence]
    doc = Doc(vocab, words=words, spaces=find_spaces(words))
    entities, offset = [], 0
    for sentence, spans in sentences:
        entities += [EntitySpan(doc, offset + s.start, offset + s.end, label=s.label) for s in spans]
        offset += len(sentence)
    doc.set_ents(entities, default="outside")
    return doc


def write_docs(path: Path, sentences: Iterable[Labelled], rng: random.Random | None) -> None:
    """Write the sentences as texts of one to five sentences by ``rng``, or of one without it."""
    vocab, docs, rest = spacy.blank("en").vocab, DocBin(), list(sentences)
    while rest:
        size = rng.randint(1, LONGEST_TEXT) if rng else 1
        docs.add(build_doc(vocab, rest[:size]))
        rest = rest[size:]
    path.parent.mkdir(parents=True, exist_ok=True)
    docs.to_disk(path)
    print(f"{path}: {len(docs)} texts")


def main() -> None:
    """Read the command line, write the DocBins."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_corpora(parser)
    parser.add_argument("--uner-dev", type=Path, required=True)
    parser.add_argument("--repeat", type=int, default=5, help="how often the hand-labelled corpora are seen in a round")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the DocBins")
    options = parser.parse_args()

    corpora = read_corpora(options)
    repair = corpora.repair
    by_hand = corpora.uner + corpora.crossner + corpora.gum
    by_hand = [(words, complete_labels(words, spans, repair.demonyms)) for words, spans in by_hand]
    mended = [(words, repair.apply(words, spans)) for words, spans in corpora.news]
    write_docs(options.output / "entities-train.spacy", mended + by_hand * options.repeat, random.Random(options.seed))
    mended = [(words, repair.apply(words, spans)) for words, spans in corpora.held_out]
    write_docs(options.output / "entities-heldout.spacy", mended, None)
    by_hand = [(words, complete_labels(words, spans, repair.demonyms)) for words, spans in read_uner(options.uner_dev)]
    write_docs(options.output / "entities-dev.spacy", mended + by_hand, None)
    released = [(words, split_places(words, spans)) for words, spans in corpora.held_out]
    write_docs(options.output / "entities-heldout-released.spacy", released, None)


def complete_labels(words: list[str], spans: list[Span], demonyms: frozenset[str]) -> list[Span]:
    """Drop the peoples that a corpus takes for persons or bodies; add what it leaves out."""
    names = [span for span in spans if span.end - span.start > 1 or words[span.start] not in demonyms]
    return complete(words, split_places(words, names), demonyms)


if __name__ == "__main__":
    main()
