import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy

from volteface.language.components import register_components

register_components()
TEXT = "Biden said it was over. The rain fell."


@pytest.fixture(scope="module")
def scripts() -> Iterator[tuple[Any, Any]]:
    folder = str(Path(__file__).parents[2] / "training" / "attribution")
    sys.path.insert(0, folder)
    try:
        import corpus  # noqa: PLC0415 -- the training scripts are no package
        import lessons  # noqa: PLC0415

        yield corpus, lessons
    finally:
        sys.path.remove(folder)


def teach(corpus: Any) -> Any:
    nlp = spacy.blank("en")
    nlp.add_pipe("volteface_sentences")
    spans = {"source": set(range(5)), "cue": set(range(6, 10)), "content": set(range(11, 22))}
    return corpus.make_example(nlp, "one", TEXT, [spans]).teach()


def test_what_annotators_say_is_certain(scripts: tuple[Any, Any]) -> None:
    lesson = teach(scripts[0])

    assert (lesson.starts.tolist(), lesson.ends.tolist()) == ([1], [2])
    assert lesson.tags[1].tolist() == [0, 1, 0, 1, 0, 0, 1, 0]  # begins a cue, no source, no content
    assert lesson.roles.argmax(-1).sum() == 1 + 3 * 2  # one token of the source, three of the content


def test_lessons_that_were_saved_are_the_same_and_hold_no_word(scripts: tuple[Any, Any], tmp_path: Path) -> None:
    corpus, lessons = scripts
    lesson = teach(corpus)
    lessons.save_lessons(tmp_path / "labels.npz", {"silver/one": lesson})

    again = lessons.load_lessons(tmp_path / "labels.npz")["silver/one"]

    assert np.array_equal(again.tags, lesson.tags)
    assert np.array_equal(again.reading.hashes, lesson.reading.hashes)
    assert np.array_equal(again.link().places, lesson.link().places)
    assert b"Biden" not in (tmp_path / "labels.npz").read_bytes()


def test_a_share_of_the_teacher_is_mixed_in(scripts: tuple[Any, Any]) -> None:
    corpus, lessons = scripts
    gold = teach(corpus)
    taught = type(gold)(gold.reading, gold.tags * 0, gold.starts, gold.ends, gold.roles * 0)

    assert np.allclose(lessons.mix(gold, taught, 0.25).tags, gold.tags * 0.75)
    with pytest.raises(ValueError, match="another text"):
        lessons.mix(gold, type(gold)(gold.reading, gold.tags, gold.starts + 1, gold.ends, gold.roles), 0.5)
