"""Bodies that nobody configured: by their names, their acronyms, and by what they are."""

from __future__ import annotations

import pytest
from reading import read


def list_speakers(text: str) -> list[tuple[str, ...]]:
    return [one.speakers for one in read(text)._.attributions]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Example Workers Union said it was bad.", "other:example-workers-union"),
        ("The Centre for Example Rights, which sued, said it was bad.", "other:centre-for-example-rights"),
        ("The Example Workers Union said it was bad. The union said more.", "other:example-workers-union"),
        ("The Example Workers Union (EWU) met. The EWU said it was bad.", "other:example-workers-union"),
    ],
)
def test_a_body_speaks_under_its_name(text: str, speaker: str) -> None:
    assert list_speakers(text)[-1] == (speaker,)


@pytest.mark.parametrize(
    "text",
    [
        "The Example Defence Ministry said it was bad.",
        "The Example City Police said it was bad.",
        "The EWU said it was bad.",
        "Critics of the Example Workers Union said it was bad.",
        "The union said it was bad.",
        "The Example Times said it was bad.",
    ],
)
def test_what_belongs_to_a_government_or_was_not_named_is_nobody(text: str) -> None:
    assert list_speakers(text) == [()]
