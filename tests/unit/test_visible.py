import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volteface.visible import show_actor, show_line, show_link, show_text


def test_bidi_overrides_and_escapes_become_visible() -> None:
    assert show_line("a\u202eb\x1b[2Jc\u2066d") == "a<U+202E>b<U+001B>[2Jc<U+2066>d"


def test_line_breaks_become_pilcrows_so_that_no_line_can_be_forged() -> None:
    assert show_line("one\r\nAFTER: forged\n\n\u2028two\x0bthree") == "one ¶ AFTER: forged ¶ two ¶ three"


def test_text_keeps_its_line_feeds() -> None:
    assert show_text("one\n\ttwo\r") == "one\n<U+0009>two<U+000D>"


def test_words_of_any_script_stay_as_they_are() -> None:
    words = "“Rafah”, رفح، می‌رود רפיח 👩‍👩‍👧"
    assert show_line(words) == words


def test_a_lone_surrogate_is_shown_and_can_be_encoded() -> None:
    assert show_line("\ud800").encode() == b"<U+D800>"


@given(st.text(st.characters(codec=None)))
def test_a_line_is_always_one_printable_line(text: str) -> None:
    shown = show_line(text)
    assert len(shown.splitlines()) <= 1
    assert not any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in shown)


@pytest.mark.parametrize(
    ("actor_id", "name"),
    [
        ("ann", "Ann Example"),
        ("anonymous:town", "unnamed officials of the Town"),
        ("anonymous:village", "unnamed officials of village"),
        ("other:bob-b", "bob b (other: no configured actor)"),
        ("nobody", "nobody"),
    ],
)
def test_actors_are_named(actor_id: str, name: str) -> None:
    assert show_actor(actor_id, {"ann": "Ann Example", "town": "the Town"}) == name


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("HTTP://a.example/%20x", "HTTP://a.example/%20x"),
        ('https://a.example/ä b">\n', "https://a.example/%C3%A4%20b%22%3E"),
        ("https://a.example/](https://evil.example", "https://a.example/%5D(https://evil.example"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("https://", None),
        ("https://[::1", None),
        ("", None),
    ],
)
def test_only_web_links_are_shown(url: str, link: str | None) -> None:
    assert show_link(url) == link
