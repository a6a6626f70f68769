"""The measures of training/: exact spans, and what is left aside where two guidelines differ; the teacher's vote."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import spacy
from assemble import digest, measure_size
from evaluate import measure_docbin, measure_uner
from labels import Span
from measures import even_out, measure_entities
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as EntitySpan
from votes import settle


def test_precision_recall_and_f1_count_exact_spans() -> None:
    gold = [{(0, 1, "PERSON"), (3, 5, "ORG")}, {(0, 2, "GPE")}]
    found = [{(0, 1, "PERSON"), (3, 4, "ORG")}, {(0, 2, "ORG")}]
    table = measure_entities(gold, found)
    assert table["PERSON"] == {"p": 1.0, "r": 1.0, "f": 1.0, "n": 1}
    assert table["ORG"] == {"p": 0.0, "r": 0.0, "f": 0.0, "n": 1}
    assert table["all"]["f"] == pytest.approx(2 / 6)
    assert table["PERSON+ORG+GPE"] == table["all"]


def test_labels_that_the_gold_has_not_are_left_out_of_the_sum() -> None:
    table = measure_entities([{(0, 1, "ORG")}], [{(0, 1, "ORG"), (2, 3, "DATE")}])
    assert table["all"] == {"p": 1.0, "r": 1.0, "f": 1.0, "n": 1}
    assert "PERSON+ORG+GPE" not in table


def test_answers_and_gold_must_be_of_one_length() -> None:
    with pytest.raises(ValueError, match="zip"):
        measure_entities([set()], [])


def test_evened_out_titles_places_and_countries_agree_and_nothing_else_changes() -> None:
    words = ["President", "Jane", "Roe", "of", "Jordan", "crossed", "the", "Red", "Sea", "with", "Mr.", "Iraqi", "Acme"]
    spans = {(0, 3, "PERSON"), (4, 5, "NORP"), (7, 9, "LOC"), (10, 11, "PERSON"), (11, 12, "NORP"), (12, 13, "ORG")}
    assert even_out(words, spans) == {
        (1, 3, "PERSON"),
        (4, 5, "GPE"),
        (7, 9, "GPE"),
        (11, 12, "NORP"),
        (12, 13, "ORG"),
    }


def test_two_votes_settle_a_name_and_kinds_of_place_count_as_one() -> None:
    words = ["Roe", "crossed", "the", "Red", "Sea", "on", "Friday"]
    corpus = [Span(0, 1, "ORG"), Span(3, 5, "LOC"), Span(6, 7, "DATE")]
    head = [Span(0, 1, "PERSON"), Span(3, 5, "GPE")]
    settled, alone = settle(words, [corpus, head, head], corpus)
    assert settled == [Span(0, 1, "PERSON"), Span(3, 5, "LOC"), Span(6, 7, "DATE")]
    assert alone == 0


def test_a_name_that_one_voter_alone_has_seen_is_counted_and_not_kept() -> None:
    settled, alone = settle(["Acme", "won"], [[Span(0, 1, "ORG")], [], []], [])
    assert (settled, alone) == ([], 1)


def test_a_date_never_lies_over_a_name() -> None:
    name = [Span(0, 2, "GPE")]
    settled, _ = settle(["Friday", "Harbor"], [name, name], [Span(0, 1, "DATE")])
    assert settled == [Span(0, 2, "LOC")]


@pytest.fixture
def ruled() -> Language:
    nlp = spacy.blank("en")
    patterns = [("Oslo", "GPE"), ("Red Sea", "LOC"), ("Acme", "ORG"), ("Friday", "DATE"), ("President Roe", "PERSON")]
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": text} for text, label in patterns])  # type: ignore[attr-defined]
    return nlp


def test_universal_ner_counts_both_kinds_of_place_as_one_and_no_dates(ruled: Language, tmp_path: Path) -> None:
    tags = [
        ("Oslo", "B-LOC"),
        ("and", "O"),
        ("Red", "B-LOC"),
        ("Sea", "I-LOC"),
        ("on", "O"),
        ("Friday", "O"),
        ("Acme", "B-PER"),
    ]
    rows = "".join(f"{number}\t{word}\t{tag}\t-\t-\n" for number, (word, tag) in enumerate(tags, start=1))
    path = tmp_path / "u.iob2.gz"
    path.write_bytes(gzip.compress(rows.encode()))
    table = measure_uner(ruled, path)
    assert table["LOC"] == {"p": 1.0, "r": 1.0, "f": 1.0, "n": 2}
    assert table["PER"]["r"] == 0.0
    assert table["all"] == {"p": 1.0, "r": 2 / 3, "f": 0.8, "n": 3}


def test_released_labels_are_measured_as_they_are_or_evened_out(ruled: Language, tmp_path: Path) -> None:
    doc = Doc(ruled.vocab, words=["President", "Roe", "crossed", "Red", "Sea"])
    doc.set_ents([EntitySpan(doc, 1, 2, "PERSON"), EntitySpan(doc, 3, 5, "GPE")], default="outside")
    DocBin(docs=[doc]).to_disk(tmp_path / "d.spacy")
    assert measure_docbin(ruled, tmp_path / "d.spacy")["all"]["f"] == 0.0
    assert measure_docbin(ruled, tmp_path / "d.spacy", even=True)["all"]["f"] == 1.0


def test_inputs_and_sizes_are_recorded(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a").write_bytes(b"abc")
    (tmp_path / "b").write_bytes(b"de")
    assert measure_size(tmp_path) == 5
    assert digest(tmp_path / "b").startswith("959a45d4")
