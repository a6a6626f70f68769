"""The examples in config/issues.yml are the wording's tests."""

from pathlib import Path

import pytest
import spacy

from volteface.config import load_config
from volteface.config.issues import Issue
from volteface.language.annotations import register_extensions
from volteface.language.issues import IssueFinder

ISSUES = load_config(Path(__file__).parents[2]).issues
NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")
register_extensions()
FINDER = IssueFinder(NLP.make_doc, ISSUES)


def list_examples(kind: str) -> list[tuple[Issue, str]]:
    return [(issue, text) for issue in ISSUES for text in getattr(issue.examples, kind)]


def find_signs(issue: Issue, text: str) -> set[int]:
    return {hit.sign for hit in FINDER.find(NLP(text)) if hit.issue_id == issue.id}


@pytest.mark.parametrize(("issue", "text"), list_examples("hits"))
def test_words_bring_their_issue_up(issue: Issue, text: str) -> None:
    assert 1 in find_signs(issue, text)


@pytest.mark.parametrize(("issue", "text"), list_examples("against"))
def test_words_name_the_contrary_of_their_issue(issue: Issue, text: str) -> None:
    assert -1 in find_signs(issue, text)


@pytest.mark.parametrize(("issue", "text"), list_examples("misses"))
def test_words_of_something_else_do_not_bring_the_issue_up(issue: Issue, text: str) -> None:
    assert find_signs(issue, text) == set()


def test_every_issue_says_what_it_is_and_what_it_is_not() -> None:
    assert [issue.id for issue in ISSUES if not (issue.examples.hits and issue.examples.misses)] == []
