"""Distil a sentence encoder into static word vectors, for words of the free texts and of the encoder's vocabulary.

A word's vector is the mean of its states, over the places where it stands in the texts, after each of the encoder's
first layers; the layers side by side are reduced by principal components (Bommasani, Davis and Cardie, ACL 2020). A
word of the encoder's vocabulary that the texts lack is encoded alone. A word has one
vector however it is written.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import spacy
from encoder import Encoder
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.vectors import Vectors  # type: ignore[import-not-found]  # compiled, without stubs

from volteface.language.word_pieces import WordPieces

LONGEST = 62  # pieces of a text, without the two that frame it
BATCH = 64  # texts
SHORTEST = 3  # characters of a word that the encoder alone knows

Run = list[tuple[str, tuple[int, ...]]]  # words with their pieces


def read_sentences(docbins: list[Path], texts: list[Path]) -> Iterator[list[str]]:
    """Yield the words of every text: DocBins as they are, JSONL texts tokenised and cut at line ends."""
    nlp = spacy.blank("en")
    for path in docbins:
        for doc in DocBin().from_disk(path).get_docs(nlp.vocab):
            yield [token.text for token in doc if not token.is_space]
    for path in texts:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield [token.text for token in nlp.make_doc(json.loads(line)["text"]) if not token.is_space]


def cut_pieces(words: list[str], pieces: WordPieces) -> Iterator[Run]:
    """Yield runs of words that fit the encoder."""
    run: Run = []
    length = 0
    for word in words:
        ids = pieces.split(word)[:LONGEST]
        if length + len(ids) > LONGEST:
            yield run
            run, length = [], 0
        run.append((word.lower(), ids))
        length += len(ids)
    if run:
        yield run


def add_states(
    runs: list[Run],
    encoder: Encoder,
    pieces: WordPieces,
    rows: dict[str, int],
    *,
    sums: NDArray[np.float32],
    counts: NDArray[np.int64],
) -> None:
    """Add the states of one batch of runs to the sums of their words."""
    longest = max(sum(len(ids) for _, ids in run) for run in runs) + 2
    batch = np.zeros((len(runs), longest), dtype=np.int64)
    for index, run in enumerate(runs):
        flat = [pieces.first, *(piece for _, ids in run for piece in ids), pieces.last]
        batch[index, : len(flat)] = flat
    states = np.concatenate(encoder.run(batch, batch > 0), axis=-1)
    for index, run in enumerate(runs):
        start = 1
        for word, ids in run:
            if (row := rows.get(word)) is not None:
                sums[row] += states[index, start : start + len(ids)].mean(axis=0)
                counts[row] += 1
            start += len(ids)


def choose_runs(runs: list[Run], rows: dict[str, int], enough: int, budget: int) -> Iterator[Run]:
    """Yield the runs that hold a word seen fewer than ``enough`` times so far, until ``budget`` pieces are spent."""
    seen: Counter[str] = Counter()
    for run in runs:
        if any(word in rows and seen[word] < enough for word, _ in run):
            seen.update(word for word, _ in run)
            budget -= sum(len(ids) for _, ids in run)
            yield run
        if budget < 0:
            return


def reduce(matrix: NDArray[np.float64], width: int, frequent: int) -> NDArray[np.float32]:
    """Return the first principal components of the first ``frequent`` rows, for all; their mean square is one."""
    scaled = matrix / (np.linalg.norm(matrix, axis=1, keepdims=True) + 1e-6)
    centred = scaled - scaled[:frequent].mean(axis=0)
    _, vectors = np.linalg.eigh(centred[:frequent].T @ centred[:frequent])
    reduced = centred @ vectors[:, ::-1][:, :width]
    return np.asarray(reduced / np.sqrt((reduced[:frequent] ** 2).mean()), dtype=np.float32)


def build_table(nlp: Language, words: list[str], vectors: NDArray[np.float32]) -> Vectors:
    """Return the vectors with a key for each way to write a word: "israel", "Israel", "ISRAEL".

    spaCy's Vectors can look words up by LOWER, but to_disk forgets that (3.8.18), and every word with a capital would
    silently have no vector.
    """
    table = Vectors(strings=nlp.vocab.strings, data=vectors, keys=words, name="volteface_vectors")
    for row, word in enumerate(words):
        for form in {word.capitalize(), word.title(), word.upper()} - {word}:
            table.add(form, row=row)
    return table


def main() -> None:
    """Read the command line, write a pipeline that holds the vectors alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True, help="folder: model.safetensors, config.json, vocab.txt")
    parser.add_argument("--docbins", nargs="*", type=Path, default=[])
    parser.add_argument("--texts", nargs="*", type=Path, default=[], help="gzipped JSONL with a field `text`")
    parser.add_argument(
        "--rows", type=int, default=25000, help="of words of the texts; the encoder's own whole words come on top"
    )
    parser.add_argument("--width", type=int, default=96)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--enough", type=int, default=25)
    parser.add_argument("--budget", type=int, default=1_000_000, help="pieces to encode at most")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()

    pieces, encoder = WordPieces(options.encoder / "vocab.txt"), Encoder(options.encoder, options.layers)
    sentences = list(read_sentences(options.docbins, options.texts))
    counts = Counter(word.lower() for words in sentences for word in words)
    frequent = [word for word, uses in counts.most_common(options.rows) if uses > 1]
    known = [piece for piece in pieces.ids if piece.isalpha() and len(piece) >= SHORTEST]
    vocabulary = list(dict.fromkeys([*frequent, *known]))
    rows = {word: row for row, word in enumerate(vocabulary)}
    main_rows = {word: row for word, row in rows.items() if row < options.rows}
    runs = [run for words in sentences for run in cut_pieces(words, pieces)]
    random.Random(options.seed).shuffle(runs)
    chosen = list(choose_runs(runs, main_rows, options.enough, options.budget))
    held = {word for run in chosen for word, _ in run}
    chosen += [[(word, pieces.split(word))] for word in vocabulary if word not in held]
    chosen.sort(key=lambda run: sum(len(ids) for _, ids in run))
    print(f"{len(vocabulary)} words, {len(held & rows.keys())} in the texts; {len(chosen)} runs to encode", flush=True)

    sums = np.zeros((len(rows), (options.layers + 1) * 384), dtype=np.float32)
    seen = np.zeros(len(rows), dtype=np.int64)
    for start in range(0, len(chosen), BATCH):
        add_states(chosen[start : start + BATCH], encoder, pieces, rows, sums=sums, counts=seen)
    vectors = reduce(sums / np.maximum(seen, 1)[:, None], options.width, options.rows)
    nlp = spacy.blank("en")
    nlp.vocab.vectors = build_table(nlp, vocabulary, vectors)
    nlp.meta["name"] = "volteface_vectors"
    nlp.to_disk(options.output)


if __name__ == "__main__":
    main()
