"""Read sentences of texts without labels, and draw some of them."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

import spacy

SHORTEST, LONGEST = 4, 80  # words of a sentence


def read_texts(path: Path) -> Iterator[list[str]]:
    """Yield the words of the sentences of gzipped JSON Lines with a field ``text``. A line end also ends a sentence."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for paragraph in json.loads(line)["text"].split("\n"):
                for sentence in nlp(paragraph).sents:
                    words = [token.text for token in sentence if not token.is_space]
                    if SHORTEST <= len(words) <= LONGEST:
                        yield words


def draw(sentences: list[list[str]], words: int, rng: random.Random) -> list[list[str]]:
    """Return sentences of ``words`` words together, without those that stand there twice."""
    different = list({tuple(sentence): sentence for sentence in sentences}.values())
    rng.shuffle(different)
    drawn: list[list[str]] = []
    for sentence in different:
        if words <= 0:
            break
        drawn.append(sentence)
        words -= len(sentence)
    return drawn
