"""A quotation mark between two sentences that nothing parts."""

from __future__ import annotations

import pytest
import spacy

from volteface.language.glued import split_glued_marks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('It is over."Ann Example left.', ["It", "is", "over", ".", '"', "Ann", "Example", "left", "."]),
        ("It is over.“We wait.", ["It", "is", "over", ".", "“", "We", "wait", "."]),
        ('Over."', ["Over", ".", '"']),
        ("5.2% of it", ["5.2", "%", "of", "it"]),
    ],
)
def test_a_mark_between_two_sentences_is_a_word_of_its_own(text: str, words: list[str]) -> None:
    assert [token.text for token in split_glued_marks(spacy.blank("en")).make_doc(text)] == words


def test_no_character_moves() -> None:
    text = 'It is over."Ann Example left.""So did he," she said.'

    assert split_glued_marks(spacy.blank("en")).make_doc(text).text == text
