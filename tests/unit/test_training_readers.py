"""The corpus reader of training/: breaks between sentences, mixed words, and nothing varied where it measures."""

from __future__ import annotations

from pathlib import Path

import spacy
from readers import add_breaks, read_mixed_tokens
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab


def _parsed() -> Doc:
    return Doc(
        Vocab(),
        words=["Go", ".", "Stay", "."],
        tags=["VB", ".", "VB", "."],
        pos=["VERB", "PUNCT", "VERB", "PUNCT"],
        lemmas=["go", ".", "stay", "."],
        morphs=["", "", "", ""],
        heads=[0, 0, 2, 2],
        deps=["ROOT", "punct", "ROOT", "punct"],
        spaces=[False, True, False, False],
    )


def _named() -> Doc:
    doc = Doc(Vocab(), words=["Acme", "Union", "al-Qaida"], spaces=[True, True, False])
    doc.set_ents([Span(doc, 0, 2, "ORG"), Span(doc, 2, 3, "ORG")], default="outside")
    return doc


def test_a_break_is_a_token_that_hangs_on_the_word_before_it() -> None:
    varied = add_breaks(_parsed(), {1: "\n\n"})
    assert varied.text == "Go.\n\nStay."
    assert [(token.text, token.tag_, token.dep_, token.head.i) for token in varied] == [
        ("Go", "VB", "ROOT", 0),
        (".", ".", "punct", 0),
        ("\n\n", "_SP", "dep", 1),
        ("Stay", "VB", "ROOT", 3),
        (".", ".", "punct", 3),
    ]
    assert varied[2].pos_ == "SPACE"


def test_entities_move_with_their_words_and_run_over_a_line_end() -> None:
    varied = add_breaks(_named(), {0: "\n"})
    assert [(entity.text, entity.label_) for entity in varied.ents] == [("Acme\nUnion", "ORG"), ("al-Qaida", "ORG")]


def test_without_breaks_the_very_doc_comes_back() -> None:
    doc = _parsed()
    assert add_breaks(doc, {}) is doc


def test_measuring_reads_the_texts_as_they_are(tmp_path: Path) -> None:
    DocBin(docs=[_named()]).to_disk(tmp_path / "d.spacy")
    read = read_mixed_tokens(tmp_path / "d.spacy", gold_share=1.0, lower_share=0.0, seed=1, longest=10)
    (example,) = read(spacy.blank("en"))
    assert [token.text for token in example.predicted] == ["Acme", "Union", "al-Qaida"]
    assert not example.predicted.ents


def test_training_mixes_the_words_of_corpus_and_tokenizer_and_is_repeatable(tmp_path: Path) -> None:
    DocBin(docs=[_named()] * 40).to_disk(tmp_path / "d.spacy")

    def draw() -> list[list[str]]:
        read = read_mixed_tokens(tmp_path / "d.spacy", gold_share=0.5, lower_share=0.1, seed=5, longest=10)
        return [[token.text for token in example.predicted] for example in read(spacy.blank("en"))]

    drawn = draw()
    assert len({len(words) for words in drawn}) > 1
    assert any(words[0] == "acme" for words in drawn)
    assert drawn == draw()


def test_texts_that_are_too_long_are_left_out(tmp_path: Path) -> None:
    DocBin(docs=[_named(), _parsed()]).to_disk(tmp_path / "d.spacy")
    read = read_mixed_tokens(tmp_path / "d.spacy", gold_share=1.0, lower_share=0.0, seed=1, longest=3)
    assert len(list(read(spacy.blank("en")))) == 1
