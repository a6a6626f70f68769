"""A people that stands for its government, and one that does not."""

from __future__ import annotations

import pytest
from reading import list_mentions


@pytest.mark.parametrize(
    ("text", "actor_id"),
    [
        ("The Israelis have agreed to it.", "israel-government"),
        ("The Egyptians said it was late.", "egypt-government"),
        ("The Americans rejected it.", "us-government"),
    ],
)
def test_a_people_with_the_article_that_acts_is_its_government(text: str, actor_id: str) -> None:
    assert [found for _, found in list_mentions(text)] == [actor_id]


@pytest.mark.parametrize(
    "text",
    ["Israelis have agreed to it.", "It was said of the Israelis.", "The Palestinians have agreed to it."],
)
def test_a_people_without_the_article_or_without_a_deed_is_not(text: str) -> None:
    assert list_mentions(text) == []
