"""Train the attribution component on PolNeAR; write a spaCy pipeline of sentences and the component.

Articles held aside (never learned from) choose the thresholds. --dev is measured once, at the end, and chooses nothing.
The figures are those of the component alone; together with the rules, `volteface attribute` gives better ones.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path

import numpy as np
import spacy
from corpus import Attribution, Example, read_split
from learning import learn
from scoring import Figure, score
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Adam, fix_random_seed

from volteface.language.annotations import Interval
from volteface.language.attribution_decode import Found, Thresholds, find_attributions
from volteface.language.attribution_features import FEATURES, ROWS
from volteface.language.attribution_model import FACTORY, AttributionModel
from volteface.language.attribution_net import AttributionNet, Shape
from volteface.language.attribution_words import WordTable, build_table, no_words
from volteface.language.components import register_components

SWITCHES = (0.0, 0.25, 0.5, 1.0, 2.0)
SUREST = (0.0, 1.0, 3.0)
COUNTS = 0.5  # how probable a cue must be to count where the component stands alone
_WARM_UP = 100  # steps
_LAST_RATE = 0.03  # of the first one
LICENCE = "PolNeAR 1.0, no licence stated, texts (c) their publishers"


def train_net(
    examples: list[Example], words: WordTable, *, epochs: int, rate: float, dropout: float, seed: int
) -> Iterator[tuple[str, bytes]]:
    """Yield the losses and the averaged weights after each pass over the examples, one article a step."""
    fix_random_seed(seed)
    net = AttributionNet(Shape(rows=ROWS, features=FEATURES, words=words.rows.shape[1], dropout=dropout), seed=seed)
    optimizer = Adam(rate, L2=0.0, grad_clip=0.0, use_averages=True)
    rng, ordered = random.Random(seed), list(examples)
    total, step = epochs * len(ordered), 0
    for epoch in range(epochs):
        rng.shuffle(ordered)
        tags = links = 0.0
        for example in ordered:
            optimizer.learn_rate = rate * min(1.0, step / _WARM_UP) * max(_LAST_RATE, 1 - step / total)
            of_tags, of_links = learn(net, words, [example], optimizer)
            tags, links, step = tags + of_tags, links + of_links, step + 1
        with net.root.use_params(optimizer.averages):
            weights = bytes(net.root.to_bytes())
        losses = f"pass {epoch + 1}: loss of tags {tags / len(ordered):.4f}, of links {links / len(ordered):.4f}"
        yield losses, weights


def measure(pipe: AttributionModel, examples: Sequence[Example], thresholds: Thresholds) -> dict[str, Figure]:
    """Return the figures of the component alone."""
    found = [find_attributions(pipe.net, pipe.words, one.reading, thresholds) for one in examples]
    predicted = [
        [to_characters(one.doc, each) for each in every if each.score >= COUNTS]
        for one, every in zip(examples, found, strict=True)
    ]
    gold = [[{name: _cover(one.doc, each[name]) for name in each} for each in one.attributions] for one in examples]
    return score(gold, predicted)


def to_characters(doc: Doc, found: Found) -> Attribution:
    """Return the characters of each argument of an attribution."""
    sources = [found.source] if found.source else []
    return {
        "cue": _span(doc, [found.cue]),
        "source": _span(doc, sources),
        "content": _span(doc, list(found.contents)),
    }


def _span(doc: Doc, intervals: list[Interval]) -> set[int]:
    spans = [doc[start:end] for start, end in intervals]
    return {index for span in spans for index in range(span.start_char, span.end_char)}


def _cover(doc: Doc, tokens: list[int]) -> set[int]:
    """Return the characters of tokens, with the spaces between neighbours."""
    return {
        index
        for token in tokens
        for index in range(
            doc[token].idx, doc[token].idx + len(doc[token].text_with_ws if token + 1 in tokens else doc[token])
        )
    }


def choose_thresholds(pipe: AttributionModel, held: Sequence[Example]) -> Thresholds:
    """Return the thresholds with the best sum of the measures of sources and contents on articles held aside."""
    grid = [replace(Thresholds(), switch=switch, content=content) for switch, content in product(SWITCHES, SUREST)]

    def worth(thresholds: Thresholds) -> float:
        figures = measure(pipe, held, thresholds)
        return sum(figures[name].f1 for name in ("source_overlap", "content_f1", "triple"))

    return max(grid, key=worth)


def build_pipeline(words: WordTable, thresholds: Thresholds) -> tuple[Language, AttributionModel]:
    """Return a pipeline that splits sentences and finds attributions, and its component, still untrained."""
    register_components()
    nlp = spacy.blank("en")
    nlp.add_pipe("volteface_sentences")
    width = words.rows.shape[1]
    pipe = nlp.add_pipe(FACTORY, config={"thresholds": asdict(thresholds), "words": width})
    assert isinstance(pipe, AttributionModel)
    pipe.words = words
    return nlp, pipe


def read_words(folder: Path | None) -> WordTable:
    """Return the vectors of a pipeline on disk whose keys are words in lower case; none for no folder."""
    if folder is None:
        return no_words(0)
    vectors = spacy.load(folder).vocab.vectors
    keys = np.array(list(vectors.key2row), dtype="uint64")
    return build_table(keys, np.asarray(vectors.data)[list(vectors.key2row.values())])


def digest(folder: Path) -> str:
    """Return the SHA-256 of the names and contents of a split."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def tell(losses: str, figures: dict[str, Figure]) -> None:
    """Print how a pass went, and how well the articles held aside are read after it."""
    shown = "  ".join(f"{name} {figure.f1:.3f}" for name, figure in figures.items())
    print(f"{losses}; held aside: {shown}", file=sys.stderr, flush=True)


def _parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("split", type=Path, help="the training split: a folder with text/ and attributions/")
    parser.add_argument("--dev", type=Path, help="a split to measure at the end")
    parser.add_argument("--vectors", type=Path, help="a pipeline whose word vectors to use, by lower-case words")
    parser.add_argument("--trained", type=Path, help="only choose and measure: a pipeline that this script wrote")
    parser.add_argument("--held", type=int, default=80, help="articles held aside")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=0.002)
    parser.add_argument("--dropout", type=float, default=0.15)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder for the pipeline")
    return parser.parse_args()


def main() -> None:
    """Train, choose, measure, write."""
    options = _parse_options()
    register_components()
    splitter = spacy.blank("en")
    splitter.add_pipe("volteface_sentences")
    examples = list(read_split(options.split, splitter))
    random.Random(options.seed).shuffle(examples)
    held, learned = examples[: options.held], examples[options.held :]
    started = time.monotonic()
    settings = {"epochs": options.epochs, "rate": options.rate, "dropout": options.dropout, "seed": options.seed}
    words = read_words(options.vectors)
    nlp, pipe = build_pipeline(words, Thresholds())
    if options.trained:
        pipe.from_disk(options.trained / FACTORY)
    for losses, weights in () if options.trained else train_net(learned, words, **settings):
        pipe.net.root.from_bytes(weights)
        tell(losses, measure(pipe, held, Thresholds()))
        nlp.to_disk(options.output)
    thresholds = choose_thresholds(pipe, held)
    figures = {"held": measure(pipe, held, thresholds)}
    if options.dev:
        figures["dev"] = measure(pipe, list(read_split(options.dev, splitter)), thresholds)
    meta: dict[str, object] = {
        **settings,
        "data": LICENCE,
        "data_sha256": digest(options.split),
        "articles": {"learned": len(learned), "held": len(held)},
        "seconds": None if options.trained else round(time.monotonic() - started),
        "thresholds": asdict(thresholds),
        "figures": {name: {key: asdict(value) for key, value in each.items()} for name, each in figures.items()},
    }
    nlp, final = build_pipeline(words, thresholds)
    final.from_bytes(pipe.to_bytes())
    nlp.meta["attribution"] = meta
    nlp.to_disk(options.output)
    print(json.dumps(meta, indent=1))


if __name__ == "__main__":
    main()
