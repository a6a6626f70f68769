"""Attributes of all tokens at once, against spaCy's tokens one by one."""

import spacy
from spacy.tokens import Doc

from volteface.language.columns import read_numbers, read_parts_of_speech, read_strings

NLP = spacy.blank("en")
DOC = Doc(
    NLP.vocab,
    words=["They", "do", "n’t", "call", "\n", "Call"],
    spaces=[True, False, True, False, False, False],
    heads=[3, 3, 3, 3, 3, 3],
    deps=["nsubj", "aux", "advmod", "ROOT", "dep", "parataxis"],
    pos=["PRON", "AUX", "PART", "VERB", "SPACE", "VERB"],
)


def test_strings_are_those_of_the_tokens() -> None:
    assert read_strings(DOC, "ORTH") == [token.text for token in DOC]
    assert read_strings(DOC, "LOWER") == [token.lower_ for token in DOC]
    assert read_strings(DOC, "NORM") == [token.norm_ for token in DOC]
    assert read_strings(DOC, "DEP") == [token.dep_ for token in DOC]


def test_parts_of_speech_are_names_and_empty_without_a_tagger() -> None:
    assert read_parts_of_speech(DOC) == ["PRON", "AUX", "PART", "VERB", "SPACE", "VERB"]
    assert read_parts_of_speech(NLP("one two")) == ["", ""]


def test_numbers_may_be_below_zero() -> None:
    assert read_numbers(DOC, "HEAD") == [3, 2, 1, 0, -1, -2]
    assert read_numbers(DOC, "SPACY") == [1, 0, 1, 0, 0, 0]


def test_an_empty_text_has_no_columns() -> None:
    assert (read_strings(NLP(""), "ORTH"), read_numbers(NLP(""), "HEAD")) == ([], [])
