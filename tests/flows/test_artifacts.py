"""Text from feeds is hostile in the Prefect UI too."""

from __future__ import annotations

import pytest

from flows.artifacts import show_plainly


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert\\(1\\)&lt;/script&gt;"),
        ("[here](javascript:alert)", "\\[here\\]\\(javascript:alert\\)"),
        ("line\n# heading", "line \\# heading"),
        ('Netanyahu\'s "no"', 'Netanyahu\'s "no"'),
    ],
)
def test_text_from_feeds_is_shown_as_itself(hostile: str, shown: str):
    """No markup of a feed is carried out; apostrophes and quotation marks stay readable."""
    assert show_plainly(hostile) == shown
