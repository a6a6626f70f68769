"""The readers of training/: each corpus's format, on a few own-written lines."""

from __future__ import annotations

import gzip
import json
import random
from argparse import Namespace
from pathlib import Path

import conllu
import corpora
import gum
import pytest
from convert_entities import build_doc, complete_labels, find_spaces, write_docs
from convert_syntax import build_doc as build_tree
from convert_syntax import group_sentences
from labels import Span
from spacy.lang.en import English
from spacy.tokens import DocBin
from spacy.vocab import Vocab
from texts import draw, read_texts

TREE = """# newdoc id = one
# sent_id = one-1
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVB\tMood=Imp\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4\t!\t!\tPUNCT\t.\t_\t3\tpunct\t_\t_
4.1\tgo\t_\tVERB\t_\t_\t_\t_\t_\t_

# newdoc id = two
1\tYes\tyes\tINTJ\tUH\t_\t0\troot\t_\t_
"""

MENTIONS = """1\tMayor\tmayor\tPROPN\tNNP\t_\t0\troot\t_\tEntity=(1-person-giv:act-1-coref
2\tJane\tJane\tPROPN\tNNP\t_\t1\tflat\t_\t_
3\tRoe\tRoe\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
4\tsaw\tsee\tVERB\tVBD\t_\t1\tx\t_\t_
5\tthe\tthe\tDET\tDT\t_\t6\tdet\t_\tEntity=(2-object-new
6\triver\triver\tNOUN\tNN\t_\t4\tobj\t_\tEntity=2)
7\tin\tin\tADP\tIN\t_\t8\tcase\t_\t_
8\tOslo\tOslo\tPROPN\tNNP\t_\t4\tobl\t_\tEntity=(3-place-new)

"""


def _zip(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(gzip.compress(text.encode(encoding)))
    return path


def test_a_tree_keeps_its_words_spaces_and_heads(tmp_path: Path) -> None:
    first, second = conllu.read_sentences(_zip(tmp_path / "t.conllu.gz", TREE))
    assert (first.document, second.document) == ("one", "two")
    assert first.words == ["Do", "n't", "go", "!"]
    assert first.spaces == [False, True, False, True]
    assert first.heads == [2, 2, 2, 2]
    assert first.deps == ["aux", "advmod", "ROOT", "punct"]
    assert first.morphs[0] == "Mood=Imp"
    assert first.morphs[1] == ""


def test_a_text_never_runs_over_two_documents(tmp_path: Path) -> None:
    sentences = list(conllu.read_sentences(_zip(tmp_path / "t.conllu.gz", TREE)))
    groups = list(group_sentences([*sentences, sentences[1]], None))
    assert [len(group) for group in groups] == [1, 1, 1]
    doc = build_tree(Vocab(), [sentences[0], sentences[0]])
    assert doc.text == "Don't go! Don't go! "
    assert [token.head.text for token in doc] == ["go"] * 8
    assert [token.i for token in doc if token.is_sent_start] == [0, 4]


def test_gum_mentions_become_names_without_titles_and_common_nouns_none(tmp_path: Path) -> None:
    ((words, spans),) = gum.read_gum(_zip(tmp_path / "g.conllu.gz", MENTIONS))
    assert words[:3] == ["Mayor", "Jane", "Roe"]
    assert spans == [Span(1, 3, "PERSON"), Span(7, 8, "GPE")]


def test_gmb_is_latin_1_with_a_number_where_a_sentence_begins(tmp_path: Path) -> None:
    rows = "Sentence #,Word,POS,Tag\nSentence: 1,José,NNP,B-per\n,left,VBD,O\nSentence: 2,Iraqi,JJ,B-gpe\n,\x85,:,O\n"
    assert list(corpora.read_gmb(_zip(tmp_path / "gmb.csv.gz", rows, "latin-1"))) == [
        (["José", "left"], [Span(0, 1, "PERSON")]),
        (["Iraqi", "..."], [Span(0, 1, "NORP")]),
    ]


def test_universal_ner_comes_in_our_labels_or_its_own(tmp_path: Path) -> None:
    rows = "# text = Jane in Oslo\n1\tJane\tB-PER\t-\t-\n2\tin\tO\t-\t-\n3\tOslo\tB-LOC\t-\t-\n\n"
    path = _zip(tmp_path / "u.iob2.gz", rows)
    assert next(iter(corpora.read_uner(path)))[1] == [Span(0, 1, "PERSON"), Span(2, 3, "GPE")]
    assert next(iter(corpora.read_uner_labels(path)))[1] == [Span(0, 1, "PER"), Span(2, 3, "LOC")]


def test_crossner_keeps_the_kinds_that_we_have(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    path.write_text("Acme\tB-organisation\nUnion\tI-organisation\nwon\tO\nVote\tB-election\nPhysics\tB-misc\n")
    assert next(iter(corpora.read_crossner(path)))[1] == [Span(0, 2, "ORG"), Span(3, 4, "EVENT")]


def test_no_held_out_sentence_is_trained_on_not_even_its_twin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpora, "HELD_OUT", 4)
    rows = "".join(f"Sentence: {n},word{n % 7},NN,O\n" for n in range(21))
    path = _zip(tmp_path / "gmb.csv.gz", "Sentence #,Word,POS,Tag\n" + rows, "latin-1")
    news, held_out = corpora.split_gmb(path, seed=3)
    assert len(held_out) == 4
    assert not {words[0] for words, _ in news} & {words[0] for words, _ in held_out}
    assert corpora.split_gmb(path, seed=3) == (news, held_out)


def test_the_repair_learns_from_the_training_part_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpora, "HELD_OUT", 1)
    rows = "".join(f"Sentence: {n},Acme,NNP,B-org\n,{n},CD,O\n" for n in range(12))
    gmb = _zip(tmp_path / "gmb.csv.gz", "Sentence #,Word,POS,Tag\n" + rows, "latin-1")
    empty, crossner = _zip(tmp_path / "e.gz", ""), tmp_path / "c.txt"
    crossner.write_text("")
    read = corpora.read_corpora(Namespace(gmb=gmb, uner=empty, crossner=crossner, gum=empty, seed=1))
    assert (len(read.news), len(read.held_out), read.uner) == (11, 1, [])
    assert read.repair.majority == {("Acme",): "ORG"}


def test_spaces_are_set_as_an_editor_would() -> None:
    words = ["He", "said", "(", "twice", ")", ":", '"', "Go", '"', "."]
    doc = build_doc(Vocab(), [(words, [])])
    assert doc.text == 'He said (twice): "Go". '
    assert find_spaces(["5", "%"]) == [False, True]


def test_entities_are_placed_in_texts_of_several_sentences(tmp_path: Path) -> None:
    labelled = [(["Jane", "left", "."], [Span(0, 1, "PERSON")]), (["In", "Oslo"], [Span(1, 2, "GPE")])]
    doc = build_doc(Vocab(), labelled)
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Jane", "PERSON"), ("Oslo", "GPE")]
    write_docs(tmp_path / "out" / "d.spacy", labelled, None)
    assert len(list(DocBin().from_disk(tmp_path / "out" / "d.spacy").get_docs(English().vocab))) == 2


def test_a_people_that_a_corpus_takes_for_a_body_is_a_people() -> None:
    assert complete_labels(["Kurds", "won"], [Span(0, 1, "ORG")], frozenset(["Kurds"])) == [Span(0, 1, "NORP")]


def test_texts_without_labels_become_sentences_that_end_with_a_line(tmp_path: Path) -> None:
    rows = [{"text": "Envoys met in Oslo again. They left on Friday night.\nThe talks go on.\nNo."}]
    path = _zip(tmp_path / "t.jsonl.gz", "".join(json.dumps(row) + "\n" for row in rows))
    assert [" ".join(words) for words in read_texts(path)] == [
        "Envoys met in Oslo again .",
        "They left on Friday night .",
        "The talks go on .",
    ]


def test_sentences_are_drawn_once_each_until_there_are_enough_words() -> None:
    sentences = [["a"] * 5, ["b"] * 5, ["a"] * 5, ["c"] * 5]
    assert sorted(words[0] for words in draw(sentences, 100, random.Random(1))) == ["a", "b", "c"]
    assert len(draw(sentences, 6, random.Random(1))) == 2
