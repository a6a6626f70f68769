"""Subjects by a parse, on Docs whose parse is written out: no model is needed."""

import spacy
from spacy.tokens import Doc

from volteface.language.parses import find_subjects, read_parse

VOCAB = spacy.blank("en").vocab


def parse(rows: str) -> Doc:
    """Return a Doc of "word/TAG/head/relation" rows; heads are indices."""
    parts = [row.split("/") for row in rows.split()]
    words, tags, heads, relations = zip(*parts, strict=True)
    return Doc(VOCAB, words=list(words), pos=list(tags), heads=[int(head) for head in heads], deps=list(relations))


def list_subjects(rows: str, verb: str) -> list[str]:
    """Return the words of a verb's subjects."""
    doc = parse(rows)
    read = read_parse(doc)
    assert read is not None
    at = next(token.i for token in doc if token.text == verb)
    return [" ".join(doc[token].text for token in sorted(tokens)) for tokens in find_subjects(read, (at, at + 1))]


def test_a_verb_has_its_own_subject() -> None:
    assert list_subjects("Qatar/PROPN/1/nsubj rejected/VERB/1/ROOT it/PRON/1/obj", "rejected") == ["Qatar"]


def test_a_joined_verb_shares_the_subject() -> None:
    rows = "Qatar/PROPN/1/nsubj came/VERB/1/ROOT and/CCONJ/3/cc called/VERB/1/conj"

    assert list_subjects(rows, "called") == ["Qatar"]


def test_two_joined_subjects_are_two() -> None:
    rows = "Qatar/PROPN/3/nsubj and/CCONJ/2/cc Egypt/PROPN/0/conj called/VERB/3/ROOT"

    assert list_subjects(rows, "called") == ["Qatar", "Egypt"]


def test_a_passive_has_no_subject_here() -> None:
    assert list_subjects("Qatar/PROPN/2/nsubj:pass was/AUX/2/aux:pass urged/VERB/2/ROOT", "urged") == []


def test_what_another_was_asked_to_do_is_nobody_s() -> None:
    rows = "Qatar/PROPN/1/nsubj asked/VERB/1/ROOT Israel/PROPN/1/obj to/PART/4/mark accept/VERB/1/xcomp"

    assert list_subjects(rows, "accept") == []


def test_who_stands_for_the_one_before_it() -> None:
    rows = "Qatar/PROPN/0/ROOT ,/PUNCT/3/punct who/PRON/3/nsubj called/VERB/0/acl:relcl"

    assert list_subjects(rows, "called") == ["Qatar"]


def test_a_participle_on_a_noun_has_no_subject() -> None:
    rows = "Qatar/PROPN/1/nsubj backed/VERB/1/ROOT texts/NOUN/1/obj calling/VERB/1/advcl"

    assert list_subjects(rows, "calling") == []


def test_without_a_parser_there_is_no_parse() -> None:
    assert read_parse(Doc(VOCAB, words=["Qatar", "came"])) is None
