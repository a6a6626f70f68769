import time

import pytest
import spacy

from volteface.language.text import MAX_RUN, find_readable_end, mask_text


@pytest.mark.parametrize("unit", ["(", "$", "($", "a(", "€", '"', "—", "1,", "a."])
def test_long_runs_are_blanked_at_the_same_length_and_read_quickly(unit: str) -> None:
    text = "Before. " + (unit * 100_000)[:100_000] + " After."

    masked = mask_text(text)
    began = time.perf_counter()
    doc = spacy.blank("en")(masked)

    assert len(masked) == len(text)
    assert masked.startswith("Before. ")
    assert masked.endswith(" After.")
    assert len(doc) < 1000
    assert time.perf_counter() - began < 2


def test_ordinary_text_is_left_as_it_is() -> None:
    text = "“We’ll see …” – said U.S. officials (all 12 of them): https://news.example/a/b?c=d&e=f, $1,000!!!\n\nNext."

    assert mask_text(text) == text


def test_a_lone_surrogate_becomes_a_replacement_character() -> None:
    assert mask_text("a\ud800b") == "a\ufffdb"


def test_a_short_text_is_read_whole() -> None:
    assert find_readable_end("short", 100) == 5


def test_a_long_text_is_read_up_to_a_paragraph_then_a_space_then_anywhere() -> None:
    assert find_readable_end("word " * 10 + "\n" + "word " * 20, 60) == 50
    assert find_readable_end("word " * 30, 60) == 59
    assert find_readable_end("x" * (MAX_RUN + 1), 60) == 60


def test_every_kind_of_space_becomes_a_plain_one() -> None:
    assert mask_text("humanitarian\u00a0aid\u2009now") == "humanitarian aid now"
