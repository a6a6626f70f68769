import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from reading import CONFIG
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Adam, fix_random_seed

from volteface.errors import LanguageError
from volteface.language.attribution_decode import Found
from volteface.language.attribution_features import FEATURES, ROWS, find_windows, place_tokens, read_layout
from volteface.language.attribution_model import FACTORY, AttributionModel
from volteface.language.attribution_net import LEFT, ROLES, WINDOW, AttributionNet, Shape
from volteface.language.attribution_syntax import find_heads
from volteface.language.attribution_words import WordTable, no_words
from volteface.language.components import add_reading_pipes, register_components
from volteface.language.layout import lay_out

register_components()
WIDTH = 24
NO_WORDS = no_words()
NAMES = ("Netanyahu", "The minister", "Hamas", "A spokesman", "Biden", "The army chief")
VERBS = ("murmured", "claimed", "insisted", "said")
CONTENTS = ("the road would stay closed", "no talks were planned", "the convoy had left", "the bridge was safe")
DULL = ("The rain fell on the empty square.", "Lorries waited at the crossing.", "Prices rose again in the markets.")


@Language.component("flat_parse")
def parse_flat(doc: Doc) -> Doc:
    """Hang every token of a sentence on its first one: the tests need a parse, but no trained parser."""
    for sentence in doc.sents:
        for token in sentence:
            token.head, token.dep_ = sentence[0], "dep" if token.i > sentence.start else "ROOT"
    return doc


def build(width: int = WIDTH, words: int = 0) -> Language:
    nlp = build_parser()
    nlp.add_pipe(FACTORY, config={"width": width, "words": words})
    return nlp


def build_parser() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("volteface_sentences")
    nlp.add_pipe("flat_parse")
    return nlp


def component(nlp: Language) -> AttributionModel:
    pipe = nlp.get_pipe(FACTORY)
    assert isinstance(pipe, AttributionModel)
    return pipe


def write_lesson(number: int) -> tuple[str, dict[str, set[int]]]:
    """Return an own-worded text with one attribution, and the characters of its parts."""
    name, verb = NAMES[number % len(NAMES)], VERBS[number % len(VERBS)]
    content, dull = CONTENTS[(number // 2) % len(CONTENTS)], DULL[number % len(DULL)]
    parts = [(name, "source"), (" ", ""), (verb, "cue"), (" ", ""), (content, "content")]
    if number % 3 == 0:
        parts = [(content.capitalize(), "content"), (", ", ""), (name, "source"), (" ", ""), (verb, "cue")]
    text, spans = f"{dull} ", {"source": set[int](), "cue": set[int](), "content": set[int]()}
    for words, part in parts:
        if part:
            spans[part] |= set(range(len(text), len(text) + len(words)))
        text += words
    return f"{text}. {DULL[(number + 1) % len(DULL)]}", spans


@pytest.fixture(scope="module")
def trained() -> Language:
    folder = str(Path(__file__).parents[2] / "training" / "attribution")
    sys.path.insert(0, folder)
    try:
        from corpus import make_example  # noqa: PLC0415 -- the training scripts are no package
        from learning import learn  # noqa: PLC0415
    finally:
        sys.path.remove(folder)
    fix_random_seed(1)
    nlp = build()
    component(nlp).net = AttributionNet(replace(component(nlp).net.shape, dropout=0.0))
    parser = build_parser()
    lessons = [make_example(parser, "", text, [spans]).teach() for text, spans in map(write_lesson, range(24))]
    optimizer = Adam(0.005, L2=0.0, grad_clip=0.0)
    for _ in range(30):
        for start in range(0, len(lessons), 4):
            learn(component(nlp).net, NO_WORDS, lessons[start : start + 4], optimizer)
    return nlp


def tell(doc: Doc) -> list[tuple[str, str, list[str]]]:
    """Return source, cue and contents of what the component found, in words."""
    found: tuple[Found, ...] = doc._.attribution_spans
    return [
        (
            doc[slice(*one.source)].text if one.source else "",
            doc[slice(*one.cue)].text,
            [doc[start:end].text for start, end in one.contents],
        )
        for one in found
    ]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_trained_component_finds_who_said_what(trained: Language, number: int) -> None:
    text, spans = write_lesson(number)
    source, cue, content = (text[min(spans[name]) : max(spans[name]) + 1] for name in ("source", "cue", "content"))

    assert tell(trained(text)) == [(source, cue, [content])]


def test_a_trained_component_finds_nothing_where_nobody_speaks(trained: Language) -> None:
    assert tell(trained("The rain fell on the empty square. Prices rose again in the markets.")) == []


def test_a_component_that_was_saved_finds_the_same(trained: Language, tmp_path: Path) -> None:
    text, _ = write_lesson(2)
    before = trained(text)
    trained.to_disk(tmp_path / "model")

    for again in (spacy.load(tmp_path / "model"), build().from_bytes(trained.to_bytes())):
        assert tell(again(text)) == tell(before) != []
        scores = [one.score for one in again(text)._.attribution_spans]
        assert scores == pytest.approx([one.score for one in before._.attribution_spans], abs=0.01)  # half precision


def test_what_a_text_holds_does_not_depend_on_the_texts_beside_it(trained: Language) -> None:
    net = component(trained).net
    texts = ["Biden insisted the convoy had left.", "Prices rose.", "No talks were planned, Hamas claimed."]
    readings = [read_layout(lay_out(make(trained, text))) for text in texts]
    hashes = [(one.hashes, NO_WORDS.look_up(one.words)) for one in readings]

    together, _ = net.encode(hashes)

    assert np.allclose(together, np.concatenate([net.encode([one])[0] for one in hashes]), atol=1e-5)


def make(nlp: Language, text: str) -> Doc:
    return parse_flat(nlp.get_pipe("volteface_sentences")(nlp.make_doc(text)))


def test_weights_of_another_shape_are_refused(trained: Language) -> None:
    with pytest.raises(LanguageError, match="shape"):
        component(build(width=16)).from_bytes(component(trained).to_bytes())


@pytest.mark.parametrize("text", ["", " \n\n ", "said", "“" * 300, "said " * 2000, "?! " * 3000])
def test_odd_texts_are_read(trained: Language, text: str) -> None:
    doc = trained(text)

    assert all(0 <= one.cue[0] < one.cue[1] <= len(doc) for one in doc._.attribution_spans)
    assert all(0 <= start < end <= len(doc) for one in doc._.attribution_spans for start, end in one.contents)


def test_the_rules_take_up_what_the_component_finds(trained: Language) -> None:
    nlp = build_parser()
    nlp.add_pipe(FACTORY, source=trained)
    add_reading_pipes(nlp, CONFIG)

    (found,) = nlp(write_lesson(0)[0])._.attributions

    assert found.speakers == ("benjamin-netanyahu",)


def test_the_gradient_is_that_of_the_scores() -> None:
    fix_random_seed(3)
    rng = np.random.default_rng(3)
    net = AttributionNet(Shape(rows=ROWS, features=FEATURES, width=WIDTH, link_width=16, dropout=0.0))
    nlp = build()
    reading = read_layout(
        lay_out(make(nlp, "Lorries waited. Biden insisted the convoy had left, and Hamas claimed it."))
    )
    cues, ends = np.array([4, 11]), np.array([5, 12])
    windows = find_windows(cues, len(reading.hashes))
    places = place_tokens(reading, cues, ends, windows)
    heads = find_heads(reading.tree, cues, ends)
    weights = rng.normal(size=(len(cues) * WINDOW, ROLES)).astype("float32")
    layer = net.layers["role"]
    layer.set_param("W", rng.normal(size=layer.get_param("W").shape).astype("float32"))
    tokens, _ = net.encode([(reading.hashes, NO_WORDS.look_up(reading.words))])

    def total(rows: Any) -> float:
        return float((net.link(rows, heads, windows, places)[0].astype("float64") * weights).sum())

    _, backprop = net.link(tokens, heads, windows, places, train=True)
    gradient = backprop(weights)
    length = float(np.sqrt((gradient**2).sum()))
    direction = gradient / length
    slope = (total(tokens + 1e-3 * direction) - total(tokens - 1e-3 * direction)) / 2e-3

    assert slope == pytest.approx(length, rel=0.05)


def test_windows_end_where_the_text_does() -> None:
    windows = find_windows(np.array([0, 5]), 6)

    assert windows.shape == (2, WINDOW)
    assert windows[0, LEFT : LEFT + 7].tolist() == [0, 1, 2, 3, 4, 5, -1]
    assert (windows[1, :LEFT] >= 0).sum() == 5


def test_a_word_is_looked_up_in_the_vectors_of_the_pipeline() -> None:
    vocab = spacy.blank("en").vocab
    vocab.set_vector("bridge", np.array([3.0, 4.0], dtype="float32"))
    vocab.set_vector("road", np.array([0.0, 5.0], dtype="float32"))
    table = WordTable(vocab.vectors, 0.2)

    rows = table.look_up(np.array([vocab.strings[word] for word in ("road", "bridge")] + [7], dtype="uint64"))

    assert np.allclose(rows, [[0, 1], [0.6, 0.8], [0, 0]], atol=1e-3)


def test_a_pipeline_with_other_word_vectors_is_refused(trained: Language) -> None:
    nlp = build(words=8)

    with pytest.raises(LanguageError, match="vectors are 0 wide"):
        nlp("Biden insisted the convoy had left.")
    with pytest.raises(LanguageError, match="vectors are 0 wide"):
        component(nlp).from_bytes(component(trained).to_bytes())


def test_a_pipeline_without_a_parser_is_refused(trained: Language) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("volteface_sentences")
    nlp.add_pipe(FACTORY, source=trained)

    with pytest.raises(LanguageError, match="parser"):
        nlp("Biden insisted the convoy had left.")
