"""Train the attribution component on PolNeAR; write a spaCy pipeline of sentences and the component.

Articles held aside (never learned from) choose the thresholds. --dev is measured once, at the end, and chooses nothing.
The figures are those of the component alone; together with the rules, `volteface attribute` gives better ones.
--labels is what label.py wrote: what a teacher says of the same articles, and of more.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from itertools import product
from pathlib import Path

import spacy
from corpus import Attribution, Example, Lesson, read_split
from learning import learn
from lessons import load_lessons, mix
from scoring import Figure, score
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Adam, NumpyOps, fix_random_seed, set_current_ops

from volteface.language.annotations import Interval
from volteface.language.attribution_decode import Found, Thresholds, find_attributions
from volteface.language.attribution_model import FACTORY, AttributionModel
from volteface.language.attribution_net import AttributionNet
from volteface.language.attribution_words import WordTable, measure_scale
from volteface.language.components import register_components

SWITCHES = (0.0, 0.25, 0.5, 1.0)
SUREST = (0.0, 1.0)
COUNTS = 0.5  # how probable a cue must be to count where the component stands alone
_WARM_UP = 100  # steps
_LAST_RATE = 0.03  # of the first one
_NOT_NEEDED = ("morphologizer", "trainable_lemmatizer", "ner", FACTORY)
SILVER = "silver/"
LICENCE = "PolNeAR 1.0, no licence stated, texts (c) their publishers"


def train_net(
    net: AttributionNet, lessons: Sequence[Lesson], words: WordTable, *, epochs: int, rate: float, seed: int
) -> Iterator[tuple[float, float]]:
    """Train the network in thinc, one text a step; yield the mean losses after each pass, with the averaged weights set."""
    fix_random_seed(seed)
    optimizer = Adam(rate, L2=0.0, grad_clip=0.0, use_averages=True)
    rng, ordered = random.Random(seed), list(lessons)
    total, step = epochs * len(ordered), 0
    for _ in range(epochs):
        rng.shuffle(ordered)
        tags = links = 0.0
        for lesson in ordered:
            optimizer.learn_rate = rate * min(1.0, step / _WARM_UP) * max(_LAST_RATE, 1 - step / total)
            of_tags, of_links = learn(net, words, [lesson], optimizer)
            tags, links, step = tags + of_tags, links + of_links, step + 1
        latest = net.root.to_bytes()
        with net.root.use_params(optimizer.averages):
            averaged = net.root.to_bytes()
        net.root.from_bytes(averaged)
        yield tags / len(ordered), links / len(ordered)
        net.root.from_bytes(latest)
    net.root.from_bytes(averaged)


def choose_trainer(*, in_torch: bool) -> Callable[..., Iterator[tuple[float, float]]]:
    """Return what trains a network: thinc, or torch, which takes a third of the time."""
    if not in_torch:
        return train_net
    import torch_learning  # noqa: PLC0415 -- torch is no dependency

    trainer: Callable[..., Iterator[tuple[float, float]]] = torch_learning.train_net
    return trainer


def measure(pipe: AttributionModel, examples: Sequence[Example], thresholds: Thresholds) -> dict[str, Figure]:
    """Return the figures of the component alone."""
    words = WordTable(pipe.vocab.vectors, pipe.scale)
    found = [find_attributions(pipe.net, words, one.reading, thresholds) for one in examples]
    predicted = [
        [to_characters(one.doc, each) for each in every if each.score >= COUNTS]
        for one, every in zip(examples, found, strict=True)
    ]
    gold = [[{name: cover(one.doc, each[name]) for name in each} for each in one.attributions] for one in examples]
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


def cover(doc: Doc, tokens: list[int]) -> set[int]:
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


def build_pipeline(source: Language, thresholds: Thresholds) -> tuple[Language, AttributionModel]:
    """Return a pipeline of the component alone, still untrained, with the word vectors of another pipeline."""
    nlp = spacy.blank("en")
    nlp.vocab.vectors = source.vocab.vectors
    width = int(source.vocab.vectors.shape[1])
    pipe = nlp.add_pipe(FACTORY, config={"thresholds": asdict(thresholds), "words": width})
    assert isinstance(pipe, AttributionModel)
    pipe.scale = measure_scale(source.vocab.vectors)
    return nlp, pipe


def read_pipeline(folder: Path) -> Language:
    """Return the tagger and parser of a pipeline, behind the sentences that the rules split."""
    nlp = spacy.load(folder, exclude=_NOT_NEEDED)
    if "volteface_sentences" not in nlp.pipe_names:
        nlp.add_pipe("volteface_sentences", first=True)
    return nlp


def gather(learned: Sequence[Example], labels: Path | None, share: float) -> list[Lesson]:
    """Return the lessons: the annotators' with a share of the teacher's, and the teacher's own of other texts."""
    if labels is None:
        return [one.teach() for one in learned]
    taught = load_lessons(labels)
    mixed = [mix(one.teach(), taught.pop(one.name), share) for one in learned]
    return [*mixed, *(lesson for name, lesson in taught.items() if name.startswith(SILVER))]


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
    parser.add_argument("--pipeline", type=Path, required=True, help="the pipeline with tagger, parser, word vectors")
    parser.add_argument("--labels", type=Path, help="what label.py wrote")
    parser.add_argument("--share", type=float, default=0.5, help="of the teacher in what annotated articles teach")
    parser.add_argument("--torch", action="store_true", help="train in torch, which takes a third of the time")
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
    set_current_ops(NumpyOps(use_blis=False))
    register_components()
    source = read_pipeline(options.pipeline)
    examples = list(read_split(options.split, source))
    random.Random(options.seed).shuffle(examples)
    held, learned = examples[: options.held], examples[options.held :]
    started = time.monotonic()
    settings = {"epochs": options.epochs, "rate": options.rate, "seed": options.seed}
    fix_random_seed(options.seed)
    nlp, pipe = build_pipeline(source, Thresholds())
    pipe.net = AttributionNet(replace(pipe.net.shape, dropout=options.dropout))
    words = WordTable(source.vocab.vectors, pipe.scale)
    lessons = [] if options.trained else gather(learned, options.labels, options.share)
    if options.trained:
        pipe.from_disk(options.trained / FACTORY)
    else:
        train = choose_trainer(in_torch=options.torch)
        for number, (tags, links) in enumerate(train(pipe.net, lessons, words, **settings)):
            tell(f"pass {number + 1}: loss of tags {tags:.4f}, of links {links:.4f}", measure(pipe, held, Thresholds()))
            nlp.to_disk(options.output)
    thresholds = choose_thresholds(pipe, held)
    figures = {"held": measure(pipe, held, thresholds)}
    if options.dev:
        figures["dev"] = measure(pipe, list(read_split(options.dev, source)), thresholds)
    meta: dict[str, object] = {
        **settings,
        "dropout": options.dropout,
        "data": LICENCE,
        "data_sha256": digest(options.split),
        "articles": {"learned": len(learned), "held": len(held), "lessons": len(lessons)},
        "share": options.share if options.labels else 0.0,
        "seconds": None if options.trained else round(time.monotonic() - started),
        "thresholds": asdict(thresholds),
        "figures": {name: {key: asdict(value) for key, value in each.items()} for name, each in figures.items()},
    }
    nlp, final = build_pipeline(source, thresholds)
    final.from_bytes(pipe.to_bytes())
    nlp.meta["attribution"] = meta
    nlp.to_disk(options.output)
    print(json.dumps(meta, indent=1))


if __name__ == "__main__":
    main()
