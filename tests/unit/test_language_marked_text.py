"""Word pieces, marks around source and target, and what is kept of a long text."""

from __future__ import annotations

import pytest

from volteface.language.marked_text import MOST_PIECES, MarkedText, lay_pieces
from volteface.language.word_pieces import WordPieces

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[unused0]",
    "[unused1]",
    "[unused2]",
    "[unused3]",
    "kyiv",
    "blamed",
    "mos",
    "##cow",
    ".",
    "very",
    "a",
    "truce",
]


@pytest.fixture
def words(tmp_path) -> WordPieces:
    path = tmp_path / "vocab.txt"
    path.write_text("\n".join(VOCABULARY) + "\n")
    return WordPieces(path)


def show(words: WordPieces, marked: MarkedText) -> str:
    names = {index: name for name, index in words.ids.items()}
    return " ".join(names[index] for index in lay_pieces(marked, words).ids)


def test_words_become_pieces_without_case_and_accents(words):
    assert words.split("Kyïv") == (words.ids["kyiv"],)
    assert words.split("Moscow.") == (words.ids["mos"], words.ids["##cow"], words.ids["."])
    assert words.split("Łódź") == (words.unknown,)
    assert words.split("a" * 41) == (words.unknown,)


def test_marks_stand_around_source_and_target_in_either_order(words):
    text = "Kyiv blamed Moscow."

    assert show(words, MarkedText(text, (0, 4), (12, 18))) == (
        "[CLS] [unused0] kyiv [unused1] blamed [unused2] mos ##cow [unused3] . [SEP]"
    )
    assert show(words, MarkedText(text, (12, 18), (0, 4))) == (
        "[CLS] [unused2] kyiv [unused3] blamed [unused0] mos ##cow [unused1] . [SEP]"
    )


def test_the_places_of_the_opening_marks_are_told_and_a_missing_one_is_zero(words):
    pieces = lay_pieces(MarkedText("Kyiv blamed Moscow.", None, (12, 18)), words)

    assert (pieces.source, pieces.target) == (0, 3)
    assert pieces.ids[3] == words.ids["[unused2]"]


def test_spans_that_touch_keep_their_marks_apart(words):
    assert show(words, MarkedText("Kyiv Moscow", (0, 5), (5, 11))) == (
        "[CLS] [unused0] kyiv [unused1] [unused2] mos ##cow [unused3] [SEP]"
    )


def test_a_second_text_stands_behind_the_first(words):
    pieces = lay_pieces(MarkedText("Kyiv blamed", (0, 4), None, "a truce"), words)

    assert pieces.ids[pieces.first_part :] == (words.ids["a"], words.ids["truce"], words.last)


def test_of_a_long_text_what_stands_nearest_to_the_marks_is_kept(words):
    text = "a " * 300 + "Kyiv blamed" + " very" * 300 + " Moscow" + " truce" * 300
    source, target = (600, 604), (len(text) - 1806, len(text) - 1800)
    assert (text[slice(*source)], text[slice(*target)]) == ("Kyiv", "Moscow")

    pieces = lay_pieces(MarkedText(text, source, target), words)

    shown = show(words, MarkedText(text, source, target))
    assert len(pieces.ids) == MOST_PIECES
    assert "[unused0] kyiv [unused1] blamed very" in shown
    assert "very [unused2] mos ##cow [unused3] truce" in shown
    assert shown.startswith("[CLS] a a a")
    assert shown.endswith("truce truce [SEP]")


def test_a_text_of_nothing_has_its_two_ends(words):
    assert show(words, MarkedText("")) == "[CLS] [SEP]"
