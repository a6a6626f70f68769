"""The benchmark of who a speaker is: it reads GUM's format and counts what a resolver gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from coreference import count, find_speakers, measure
from gum_mentions import Document, read_documents
from reading import CONFIG, NLP

ROWS = """
# newdoc id = made_up
# global.Entity = GRP-etype-infstat-minspan-link
# meta::genre = news
# newpar
# sent_id = 1
1	Ann	Ann	PROPN	NNP	_	3	nsubj	_	Entity=(1-person-new-1,2-coref
2	Example	Example	PROPN	NNP	_	1	flat	_	Entity=1)
3	said	say	VERB	VBD	_	0	root	_	_
4	it	it	PRON	PRP	_	6	nsubj	_	Entity=(2-abstract-new-1-coref)
5-6	wo n't	_	_	_	_	_	_	_	SpaceAfter=No
5	wo	will	AUX	MD	_	3	ccomp	_	_
6	n't	not	PART	RB	_	5	advmod	_	_
7	.	.	PUNCT	.	_	3	punct	_	_
# newpar
# sent_id = 2
1	She	she	PRON	PRP	_	2	nsubj	_	Entity=(1-person-giv:act-1-ana)
2	thinks	think	VERB	VBZ	_	0	root	_	_
3	he	he	PRON	PRP	_	4	nsubj	_	Entity=(3[1/2]-person-acc-1-ana)
4	knows	know	VERB	VBZ	_	2	ccomp	_	SpaceAfter=No
5	.	.	PUNCT	.	_	2	punct	_	_
""".strip()


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "made_up.conllu"
    path.write_text(ROWS.replace("wo n't", "won't") + "\n", encoding="utf-8")
    (found,) = read_documents(path)
    return found


def test_a_document_has_its_text_words_and_chains(document: Document) -> None:
    assert (document.name, document.genre) == ("made_up", "news")
    assert document.text == "Ann Example said it won't.\n\nShe thinks he knows."
    assert [document.text[one.start : one.end] for one in document.words] == [one.text for one in document.words]
    assert {name: [one.head for one in chain] for name, chain in document.chains.items()} == {
        "1": [0, 7],
        "2": [3],
        "3": [9],
    }


def test_speakers_are_people_who_are_subjects_of_cues(document: Document) -> None:
    found = [one.head for one in find_speakers(document, frozenset(("said", "thinks", "knows")))]

    assert found == [0, 7, 9]


def test_answers_are_judged_by_the_chain(document: Document) -> None:
    answers = list(measure([document], CONFIG, NLP))

    assert [(one.words, one.kind, one.outcome) for one in answers] == [
        ("Ann Example", "name", "right"),
        ("She", "pronoun", "right"),
        ("he", "pronoun", "rightly nobody"),
    ]


def test_shares_are_of_all_speakers() -> None:
    figures = count(["right", "right", "wrong", "unresolved", "rightly nobody"])

    assert figures["accuracy"] == 3 / 5
    assert figures["wrong_share"] == 1 / 5
    assert figures["precision"] == 2 / 3
    assert count([])["accuracy"] == 0.0
