"""Let the teacher label texts, for the attribution component to learn from: the annotated articles, and others.

Writes probabilities and hashes, no text. Needs torch and transformers beside volteface.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from attribution_teacher import Reader, Teacher
from corpus import Example, Lesson, make_example, read_split
from lessons import save_lessons
from spacy.language import Language
from train import SILVER, read_pipeline

from volteface.language.attribution_decode import Thresholds, find_attributions
from volteface.language.attribution_features import find_windows, place_tokens
from volteface.language.attribution_net import ROLES, WINDOW, Floats
from volteface.language.attribution_words import no_words
from volteface.language.components import register_components

PARTS = ((0, 3), (3, 6), (6, 8))  # the scores of cues, sources, contents
SURE = 0.25  # how probable a cue of an unannotated text is whose window is learned from
MOST_TOKENS = 4000


def label(reader: Reader, example: Example, *, is_gold: bool) -> Lesson:
    """Return what the teacher says of a text: at the annotated cues, or at those that it finds."""
    reader.text = example
    tokens, _ = reader.encode(())
    tags = np.concatenate([_soften(scores) for scores in _split(reader.tag(tokens)[0])], axis=1)
    if is_gold:
        gold = example.teach()
        starts, ends = gold.starts, gold.ends
    else:
        found = find_attributions(reader, no_words(), example.reading, Thresholds(cue=SURE))
        starts = np.array([one.cue[0] for one in found], dtype="int64")
        ends = np.array([one.cue[1] for one in found], dtype="int64")
    roles = np.zeros((len(starts), WINDOW, ROLES), dtype="float32")
    if len(starts):
        windows = find_windows(starts, len(tokens))
        places = place_tokens(example.reading, starts, ends, windows)
        roles = _soften(reader.link(tokens, starts, windows, places)[0]).reshape(roles.shape)
    return Lesson(example.reading, tags, starts, ends, roles)


def _split(scores: Floats) -> list[Floats]:
    return [scores[:, first:last] for first, last in PARTS]


def _soften(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities: Floats = (powers / powers.sum(axis=-1, keepdims=True)).astype("float32")
    return probabilities


def read_texts(path: Path, nlp: Language, *, most: int, seed: int) -> Iterator[Example]:
    """Yield some texts of a gzipped JSON Lines file, in an order that the seed gives; very long ones are left out."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    random.Random(seed).shuffle(rows)
    for row in rows[:most]:
        example = make_example(nlp, f"{SILVER}{row['id']}", row["text"], [])
        if len(example.doc) <= MOST_TOKENS:
            yield example


def main() -> None:
    """Label the annotated articles and the texts, and write what the teacher says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("split", type=Path, help="the training split: a folder with text/ and attributions/")
    parser.add_argument("--texts", type=Path, help="more articles: gzipped JSON Lines with id and text")
    parser.add_argument("--most", type=int, default=1150, help="how many of them")
    parser.add_argument("--encoder", type=Path, required=True, help="the folder of the sentence encoder")
    parser.add_argument("--teacher", type=Path, required=True, help="what teach.py wrote")
    parser.add_argument("--pipeline", type=Path, required=True, help="the pipeline with tagger and parser")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    register_components()
    nlp = read_pipeline(options.pipeline)
    teacher = Teacher(options.encoder)
    teacher.load_state_dict(torch.load(options.teacher, weights_only=True))
    reader = Reader(teacher)
    lessons = {one.name: label(reader, one, is_gold=True) for one in read_split(options.split, nlp)}
    for example in read_texts(options.texts, nlp, most=options.most, seed=options.seed) if options.texts else ():
        lessons[example.name] = label(reader, example, is_gold=False)
        if len(lessons) % 50 == 0:
            print(f"{len(lessons)} texts", file=sys.stderr, flush=True)
    save_lessons(options.output, lessons)


if __name__ == "__main__":
    main()
