"""Clocks, counters and link lists are no part of an article; every sentence is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from volteface.articles.boilerplate import build_boilerplate
from volteface.config.boilerplate import BoilerplateRule, load_boilerplate

RULES = load_boilerplate()
ALL = build_boilerplate(RULES)
HITS = [pytest.param(rule, hit, id=f"{rule.id}-{n}") for rule in RULES for n, hit in enumerate(rule.examples.hits)]
MISSES = [pytest.param(text, id=f"{rule.id}-{n}") for rule in RULES for n, text in enumerate(rule.examples.misses)]
STORY = "The council met on Monday.\n“We will not open the gate,” the mayor said."


@pytest.mark.parametrize(("rule", "hit"), HITS)
def test_rule_takes_its_example(rule: BoilerplateRule, hit: str) -> None:
    assert build_boilerplate([rule]).drop(hit) != hit


@pytest.mark.parametrize("text", MISSES)
def test_no_rule_takes_what_one_must_leave(text: str) -> None:
    assert ALL.drop(text) == text


def test_ids_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    "line",
    [
        "Last modified on Tue 2 Apr 2024 14.03 BST",
        "Updated 3 minutes ago",
        "17 comments | 204 shares",
        "Read more: The harbour plan explained",
        "Related articles\n- Who decides about the gate\n- Five questions on the harbour",
    ],
)
def test_a_line_that_is_no_text_leaves_nothing(line: str) -> None:
    assert ALL.drop(f"{STORY}\n{line}") == STORY
    assert ALL.drop(f"{line}\n{STORY}") == STORY


def test_a_part_of_a_line_is_cut_and_the_rest_stays() -> None:
    assert ALL.drop("By Ann Example | Updated 3 minutes ago") == "By Ann Example"


def test_a_list_of_links_ends_at_the_first_sentence() -> None:
    text = "Most read\nThe gate stays shut\nAnother headline\nThe mayor said no.\nA short line"

    assert ALL.drop(text) == "The mayor said no.\nA short line"


def test_a_pattern_that_is_none_is_refused() -> None:
    examples = {"hits": ["x"], "misses": ["y"]}

    with pytest.raises(ValidationError, match="no regular expression"):
        BoilerplateRule.model_validate({"id": "broken", "pattern": "(", "examples": examples})


_WORDS = st.sampled_from(
    [
        "council",
        "mayor",
        "gate",
        "harbour",
        "will",
        "not",
        "open",
        "said",
        "plan",
        "never",
        "updated",
        "shared",
        "read",
        "related",
    ]
)


@given(words=st.lists(_WORDS, min_size=4, max_size=20), number=st.integers(0, 19), other=_WORDS)
def test_a_changed_word_of_a_sentence_is_always_left_to_see(words: list[str], number: int, other: str) -> None:
    place = number % len(words)
    changed = [*words[:place], f"{other}x", *words[place + 1 :]]
    before, after = (f"The {' '.join(one)} on Monday." for one in (words, changed))

    assert ALL.drop(f"{STORY}\n{before}") != ALL.drop(f"{STORY}\n{after}")
