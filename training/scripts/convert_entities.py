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
from corpora import Labelled, read_crossner, read_gmb, read_uner
from gum import read_gum
from labels import Repair, Span, complete, split_places
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as EntitySpan
from spacy.vocab import Vocab

HELD_OUT = 2000  # sentences of GMB
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


def split_gmb(path: Path, seed: int) -> tuple[list[Labelled], list[Labelled]]:
    """Return (training, held out). A sentence that also stands word for word in the held-out part is not trained on."""
    sentences = list(read_gmb(path))
    chosen = set(random.Random(seed).sample(range(len(sentences)), HELD_OUT))
    held_out = [sentences[index] for index in sorted(chosen)]
    seen = {tuple(words) for words, _ in held_out}
    return [s for index, s in enumerate(sentences) if index not in chosen and tuple(s[0]) not in seen], held_out


def main() -> None:
    """Read the command line, write the DocBins."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gmb", type=Path, required=True)
    parser.add_argument("--uner", type=Path, required=True)
    parser.add_argument("--uner-dev", type=Path, required=True)
    parser.add_argument("--crossner", type=Path, required=True)
    parser.add_argument("--gum", type=Path, required=True)
    parser.add_argument("--repeat", type=int, default=5, help="how often the hand-labelled corpora are seen in a round")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the DocBins")
    options = parser.parse_args()

    news, held_out = split_gmb(options.gmb, options.seed)
    repair = Repair()
    repair.learn(news)
    by_hand = [*read_uner(options.uner), *read_crossner(options.crossner), *read_gum(options.gum)]
    by_hand = [(words, _complete(words, spans, repair.demonyms)) for words, spans in by_hand]
    mended = [(words, repair.apply(words, spans)) for words, spans in news]

    rng = random.Random(options.seed)
    write_docs(options.output / "entities-train.spacy", mended + by_hand * options.repeat, rng)
    mended = [(words, repair.apply(words, spans)) for words, spans in held_out]
    write_docs(options.output / "entities-heldout.spacy", mended, None)
    by_hand = [(words, _complete(words, spans, repair.demonyms)) for words, spans in read_uner(options.uner_dev)]
    write_docs(options.output / "entities-dev.spacy", mended + by_hand, None)
    released = [(words, as_released(words, spans)) for words, spans in held_out]
    write_docs(options.output / "entities-heldout-released.spacy", released, None)


def _complete(words: list[str], spans: list[Span], demonyms: frozenset[str]) -> list[Span]:
    """Drop the peoples that a corpus takes for persons or bodies; add what it leaves out."""
    names = [span for span in spans if span.end - span.start > 1 or words[span.start] not in demonyms]
    return complete(words, split_places(words, names), demonyms)


def as_released(words: list[str], spans: list[Span]) -> list[Span]:
    """Return GMB's own spans under the scheme's names, boundaries and mistakes included."""
    return split_places(words, spans)


if __name__ == "__main__":
    main()
