"""Text from outside is made safe to store."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volteface.plaintext import clean_text, cut_text, strip_markup


def test_controls_go_and_tab_and_line_feed_stay():
    assert clean_text("a\x00b\x07c\td\ne\x7f") == "abc\td\ne"


def test_half_characters_become_the_replacement_character():
    assert clean_text("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize("ends", ["a\r\nb", "a\rb", "a\nb"])
def test_line_ends_are_line_feeds(ends: str):
    assert clean_text(ends) == "a\nb"


@given(st.text(alphabet=st.characters(codec=None)))
def test_clean_text_can_be_stored_whatever_comes(text: str):
    cleaned = clean_text(text)

    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean_text(cleaned) == cleaned
    assert not {character for character in cleaned if character < " "} - {"\t", "\n"}


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("no markup at all", "no markup at all"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("AT&T and Q&A", "AT&T and Q&A"),
        ("<p>One</p><p>Two <b>bold</b></p>", "One\nTwo bold"),
        ("Israel&#8217;s &amp; theirs", "Israel\u2019s & theirs"),
        ("before<script>alert(1)</script>after", "beforeafter"),
        ("a<!-- hidden -->b", "ab"),
        ("<!-- only a comment -->", ""),
        ("<img src=x onerror=alert(1)>seen", "seen"),
        ("<p>never closed", "never closed"),
        ("line<br/>break", "line\nbreak"),
    ],
)
def test_markup_is_stripped_as_a_reader_would_see_it(markup: str, text: str):
    assert strip_markup(markup) == text


@given(st.text(alphabet="<>/&;#xab \n!-\x00\ud800", max_size=60))
def test_strip_markup_never_raises(text: str):
    assert isinstance(strip_markup(text), str)


def test_text_is_found_a_thousand_elements_deep():
    assert "deep" in strip_markup("<div>" * 1_000 + "deep" + "</div>" * 1_000)


def test_cut_adds_nothing():
    assert cut_text("one two", 4) == "one"
    assert cut_text("one", 4) == "one"
