"""Which entries are read at all."""

from __future__ import annotations

import pytest

from volteface.articles.scope import build_scope
from volteface.config.scope import Scope

SCOPE = build_scope(
    Scope(
        terms=("Rafah", "war cabinet", "Prime Minister's Office", "U.N. Security Council"),
        paired_terms=("Israel", "Israeli", "Middle East"),
        companions=("delegation", "Middle East peace", "truce"),
        excluded=("crossword",),
    )
)


@pytest.mark.parametrize(
    ("title", "summary", "term"),
    [
        ("RAFAH invasion looms", "", "Rafah"),
        ("Talks", "Near Rafah's edge", "Rafah"),
        ("Rafah-based doctors", "", "Rafah"),
        ("The war\u00a0cabinet\nmeets", "", "war cabinet"),
        ("The Prime Minister\u2019s Office declined", "", "Prime Minister's Office"),
        ("At the U.N. Security Council", "", "U.N. Security Council"),
        ("Israel sends a delegation", "", "Israel + delegation"),
        ("A truce", "in the Middle East", "Middle East + truce"),
        ("Rafahs and warcabinets", "", None),
        ("Israel and Israeli firms", "", None),  # two of one list say one thing
        ("A delegation and a truce", "", None),
        ("Rafah in the crossword", "", None),
        ("", "", None),
    ],
)
def test_entry_is_matched(title: str, summary: str, term: str | None):
    assert SCOPE.match(title, summary) == term


def test_title_and_summary_are_not_one_word():
    assert build_scope(Scope(terms=("war cabinet",))).match("war", "cabinet") is not None
    assert build_scope(Scope(terms=("warcabinet",))).match("war", "cabinet") is None
