"""The quick readers against spaCy's own parts with the same weights: the same entities, heads, relations and vectors."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import DependencyParser, EntityRecognizer, Tok2Vec
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops

from volteface.language.components import register_components
from volteface.language.pipeline import SHIPPED_FOLDER
from volteface.language.quick_pipes import quicken

TEXTS = [json.loads(line)["text"] for line in (Path(__file__).parents[1] / "gold/statements/articles.jsonl").open()][
    :12
]
ODD = ["", " ", "\n\n", "Paris", "  He left. ", "x " * 900, "“Stop,” said Antony Blinken .\n \n\t In Rafah", "?" * 50]


def load() -> Language:
    register_components()
    set_current_ops(NumpyOps(use_blis=False))  # as build_nlp does
    nlp = spacy.load(SHIPPED_FOLDER)
    nlp.add_pipe("volteface_sentences", first=True)
    return nlp


@pytest.fixture(scope="module")
def own() -> Language:
    return load()


@pytest.fixture(scope="module")
def quick() -> Language:
    return quicken(load())


def describe(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (one.head.i, one.dep_, one.tag_, one.lemma_, one.ent_iob_, one.ent_type_, one.is_sent_start, one.left_edge.i)
        for one in doc
    ]


@pytest.mark.parametrize("together", [1, 5, 32])
def test_all_is_as_spacy_reads_it(own: Language, quick: Language, together: int) -> None:
    texts = [*TEXTS, *ODD]
    pairs = zip(own.pipe(texts, batch_size=32), quick.pipe(texts, batch_size=together), strict=True)

    for expected, found in pairs:
        assert describe(found) == describe(expected)
        assert not len(found) or np.allclose(found.tensor, expected.tensor, atol=1e-4)


def test_one_text_alone_is_read_as_among_others(quick: Language) -> None:
    alone, *_ = quick.pipe(TEXTS[:1])
    among = list(quick.pipe([TEXTS[2], TEXTS[0], TEXTS[1]]))[1]

    assert describe(alone) == describe(among)
    assert describe(quick(TEXTS[0])) == describe(alone)


def test_a_text_longer_than_what_is_read_at_a_time_has_no_seam(own: Language, quick: Language) -> None:
    text = " ".join(TEXTS * 2)
    expected, found = own(text), quick(text)

    assert len(found) > 4_000
    assert describe(found) == describe(expected)


def test_the_parts_keep_their_names_and_places(own: Language, quick: Language) -> None:
    assert quick.pipe_names == own.pipe_names
    replaced = [type(quick.get_pipe(name)) for name in ("tok2vec", "parser", "ner")]
    assert not {Tok2Vec, DependencyParser, EntityRecognizer} & set(replaced)


def test_what_is_quick_already_stays(quick: Language) -> None:
    before = quick.get_pipe("parser")

    assert quicken(quick).get_pipe("parser") is before
