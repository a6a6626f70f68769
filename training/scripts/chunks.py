"""What the teacher reads and answers: sentences as chunks of word pieces, spans out of the scores of tags. Reads no files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from labels import LABELS, Span, read_bio
from numpy.typing import NDArray

from volteface.language.word_pieces import WordPieces

HEADS = ("uner", "crossner", "gum", "gmb")  # one for each corpus
TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))
SIZE = 94  # pieces of a chunk, without the marks at both ends
_MOST = 6  # pieces of a word that are read

Scores = NDArray[np.float32]  # words x TAGS, log-probabilities


@dataclass(frozen=True, slots=True)
class Chunk:
    """Sentences that are read together: pieces with the case of their words, and the first piece of each word."""

    ids: list[int]
    cases: list[int]
    first: list[int]
    tags: list[int]
    head: int


def tell_case(word: str) -> int:
    """Return 0 for no letter first, 1 lower case, 2 a capital, 3 capitals only, 4 capitals inside."""
    if not word[:1].isalpha():
        return 0
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    return 2 if word[1:].islower() else 4


def write_bio(count: int, spans: Iterable[Span]) -> list[int]:
    """Return the numbers of the tags of a sentence of ``count`` words."""
    tags = ["O"] * count
    for span in spans:
        tags[span.start] = f"B-{span.label}"
        tags[span.start + 1 : span.end] = [f"I-{span.label}"] * (span.end - span.start - 1)
    return [TAGS.index(tag) for tag in tags]


def build_chunks(sentences: Iterable[tuple[list[str], list[Span]]], head: str, pieces: WordPieces) -> Iterator[Chunk]:
    """Yield chunks of neighbouring sentences, in their order. A sentence that is too long for one is cut."""
    number = HEADS.index(head)
    chunk = Chunk([], [], [], [], number)
    for words, spans in sentences:
        split = [pieces.split(word)[:_MOST] for word in words]
        whole = sum(map(len, split))
        for word, own, tag in zip(words, split, write_bio(len(words), spans), strict=True):
            if chunk.ids and len(chunk.ids) + max(len(own), whole if whole <= SIZE else 0) > SIZE:
                yield chunk
                chunk = Chunk([], [], [], [], number)
            whole = 0  # asked for at the first word only
            chunk.first.append(len(chunk.ids))
            chunk.ids.extend(own)
            chunk.cases.extend([tell_case(word)] * len(own))
            chunk.tags.append(tag)
    if chunk.ids:
        yield chunk


_FOLLOWS = np.array(
    [[0.0 if tag[0] != "I" or (before != "O" and before[2:] == tag[2:]) else -1e9 for tag in TAGS] for before in TAGS],
    dtype=np.float32,
)
_STARTS = np.array([-1e9 if tag[0] == "I" else 0.0 for tag in TAGS], dtype=np.float32)


def decode(scores: Scores) -> tuple[list[Span], float]:
    """Return the spans of the most probable tags that BIO allows, and the least probability of any of these tags."""
    if not len(scores):
        return [], 1.0
    best, back = scores[0] + _STARTS, []
    for row in scores[1:]:
        ways = best[:, None] + _FOLLOWS
        back.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + row
    path = [int(best.argmax())]
    for choices in reversed(back):
        path.append(int(choices[path[-1]]))
    path.reverse()
    tags = [TAGS[tag] for tag in path]
    least = float(np.exp(scores[np.arange(len(path)), path].min()))
    return read_bio(tags, {label: label for label in LABELS}), least
