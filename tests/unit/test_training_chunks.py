"""What the teacher of training/ reads and answers: chunks of pieces, constrained tags. No network is run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from chunks import HEADS, SIZE, TAGS, build_chunks, decode, tell_case, write_bio
from labels import Span

from volteface.language.word_pieces import WordPieces


@pytest.fixture
def pieces(tmp_path: Path) -> WordPieces:
    path = tmp_path / "vocab.txt"
    path.write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\nosl\n##o\nleft\njose\n-\nal")
    return WordPieces(path)


def _score(tags: list[str], second: dict[int, str]) -> np.ndarray:
    scores = np.full((len(tags), len(TAGS)), -9.0, dtype=np.float32)
    for row, tag in enumerate(tags):
        scores[row, TAGS.index(tag)] = -0.1
    for row, tag in second.items():
        scores[row, TAGS.index(tag)] = -0.2
    return scores


def test_a_word_is_split_without_case_accents_or_unknown_parts(pieces: WordPieces) -> None:
    assert pieces.split("Oslo") == (4, 5)
    assert pieces.split("José") == (7,)
    assert pieces.split("al-left") == (9, 8, 6)
    assert pieces.split("zzz") == (1,)


@pytest.mark.parametrize(
    ("word", "case"), [("3rd", 0), ("oslo", 1), ("Oslo", 2), ("I", 2), ("UN", 3), ("iPhone", 4), ("McRoe", 4)]
)
def test_the_case_of_a_word_is_told(word: str, case: int) -> None:
    assert tell_case(word) == case


def test_a_chunk_knows_the_first_piece_case_and_tag_of_each_word(pieces: WordPieces) -> None:
    (chunk,) = build_chunks([(["Oslo", "left"], [Span(0, 1, "GPE")])], "gum", pieces)
    assert (chunk.ids, chunk.cases, chunk.first) == ([4, 5, 6], [2, 2, 1], [0, 2])
    assert [TAGS[tag] for tag in chunk.tags] == ["B-GPE", "O"]
    assert HEADS[chunk.head] == "gum"


def test_chunks_hold_whole_sentences_but_those_too_long_and_every_word_once(pieces: WordPieces) -> None:
    sentences = [(["Oslo"] * count, list[Span]()) for count in (40, 10, 3, SIZE, 1)]
    chunks = list(build_chunks(sentences, "uner", pieces))
    assert all(len(chunk.ids) <= SIZE for chunk in chunks)
    assert [len(chunk.first) for chunk in chunks] == [40, 47, 47, 14]


def test_tags_are_written_and_read_back() -> None:
    spans = [Span(0, 2, "ORG"), Span(2, 3, "ORG"), Span(4, 5, "DATE")]
    tags = [TAGS[tag] for tag in write_bio(5, spans)]
    assert tags == ["B-ORG", "I-ORG", "B-ORG", "O", "B-DATE"]
    assert decode(_score(tags, {}))[0] == spans


def test_an_inside_tag_never_stands_without_its_beginning() -> None:
    spans, _ = decode(_score(["O", "I-ORG", "I-ORG"], {1: "B-ORG"}))
    assert spans == [Span(1, 3, "ORG")]
    spans, _ = decode(_score(["I-GPE", "O"], {0: "O"}))
    assert spans == []


def test_the_least_probability_of_the_chosen_tags_is_told() -> None:
    scores = _score(["O", "O"], {})
    scores[1, 0] = np.log(0.25)
    assert decode(scores) == ([], pytest.approx(0.25))
    assert decode(scores[:0]) == ([], 1.0)
