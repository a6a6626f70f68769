import spacy

from volteface.config.issues import Issue
from volteface.language.annotations import register_extensions
from volteface.language.issues import IssueFinder

NLP = spacy.blank("en")
NLP.add_pipe("sentencizer")
register_extensions()

DEAL = Issue.model_validate({
    "id": "hostage-deal", "name": "Deal", "proposition": "There should be a deal",
    "terms": ["hostage deal{,s}"], "context_terms": ["the {deal,agreement}"],
})  # fmt: skip
CEASEFIRE = Issue.model_validate({
    "id": "ceasefire", "name": "Ceasefire", "proposition": "There should be a ceasefire",
    "terms": ["ceasefire"], "against_terms": ["end of the ceasefire"], "not_terms": ["ceasefire line"],
})  # fmt: skip
RAFAH = Issue.model_validate({
    "id": "rafah-operation", "name": "Rafah", "proposition": "There should be an operation",
    "terms": ["rafah operation"], "context_terms": ["the {operation,deal}"],
    "paired_terms": [{"terms": ["operation", "invasion"], "near": ["rafah"], "within": 3}],
})  # fmt: skip


def find(text: str) -> list[tuple[str, str, int, bool]]:
    doc = NLP(text)
    hits = IssueFinder(NLP.make_doc, [DEAL, CEASEFIRE, RAFAH]).find(doc)
    return [(doc[hit.start : hit.end].text, hit.issue_id, hit.sign, hit.is_context) for hit in hits]


def test_a_term_brings_its_issue_up() -> None:
    assert find("A Ceasefire is near.") == [("Ceasefire", "ceasefire", 1, False)]


def test_a_longer_term_wins_and_may_name_the_contrary() -> None:
    assert find("The end of the ceasefire is near.") == [("end of the ceasefire", "ceasefire", -1, False)]


def test_words_that_mean_something_else_bring_nothing_up() -> None:
    assert find("They crossed the ceasefire line.") == []


def test_a_context_term_needs_its_issue_before_it() -> None:
    assert find("The agreement is near.") == []
    assert find("A hostage deal is near. Hamas likes the agreement.")[1:] == [
        ("the agreement", "hostage-deal", 1, True)
    ]


def test_a_context_term_of_two_issues_means_the_last_introduced() -> None:
    assert find("A hostage deal is near. A Rafah operation is not. They like the deal.")[-1][1] == "rafah-operation"


def test_paired_words_count_only_near_each_other() -> None:
    assert find("An invasion of all Rafah is planned.") == [("invasion", "rafah-operation", 1, False)]
    assert find("An invasion is planned by the men who live in Rafah.") == []
    assert find("An invasion is planned. Rafah waits.") == []
