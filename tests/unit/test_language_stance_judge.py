"""The judge's decisions, with a judge whose one weight is what the reader says."""

from dataclasses import replace
from math import log

from test_language_stance_candidates import PAIR, tell

from volteface.config.issues import Issue
from volteface.language.stance_candidates import Asked
from volteface.language.stance_judge import FEWEST_LABELS, StanceJudge
from volteface.language.stance_model import Linear, StanceModel


def build_judge(*, statement: float = 0.5, margin: float = 0.0) -> StanceJudge:
    meta = {
        "name": "m",
        "version": "1",
        "propositions": {"ceasefire": "There should be a ceasefire"},
        "thresholds": {"statement": 0.1, "alone": statement, "margin": margin},
    }
    judge = Linear({"stance": 1.0}, 0.0)
    return StanceJudge(StanceModel(None, None, {"judge": judge}, meta), ())  # type: ignore[arg-type]


def test_a_candidate_over_the_threshold_stands_with_its_probability() -> None:
    decisions = build_judge().decide([Asked(PAIR, {"ceasefire": tell(0.2, 0.7, 0.05)})])

    (decision,) = decisions.values()
    assert decision.place == (False, 3, "qatar-government", "ceasefire")
    assert decision.confidence == 0.7


def test_it_abstains_under_the_threshold() -> None:
    assert build_judge(statement=0.8).decide([Asked(PAIR, {"ceasefire": tell(0.2, 0.7, 0.05)})]) == {}


def test_two_signs_in_one_article_leave_the_surer() -> None:
    support = Asked(PAIR, {"ceasefire": tell(0.1, 0.85, 0.0)})
    oppose = Asked(replace(PAIR, sentence=4), {"ceasefire": tell(0.2, 0.05, 0.7)})

    assert {at[1] for at in build_judge().decide([support, oppose])} == {3}


def test_two_signs_that_are_about_as_sure_leave_nothing() -> None:
    support = Asked(PAIR, {"ceasefire": tell(0.2, 0.75, 0.0)})
    oppose = Asked(replace(PAIR, sentence=4), {"ceasefire": tell(0.2, 0.05, 0.7)})

    assert build_judge(margin=0.2).decide([support, oppose]) == {}


def test_a_linear_part_is_a_logistic_regression() -> None:
    linear = Linear({"a": 2.0}, log(3))

    assert linear.score({}) == 0.75
    assert linear.score({"a": 1.0, "unheard of": 9.0}) > 0.95


def test_an_issue_is_known_by_its_proposition_and_by_enough_labels() -> None:
    issues = [
        Issue(id="ceasefire", name="Ceasefire", proposition="There should be a ceasefire", terms=("ceasefire",)),
        Issue(id="reactor", name="Reactor", proposition="The reactor should close", terms=("reactor",)),
    ]
    meta = {
        "name": "m", "version": "1", "thresholds": {},
        "propositions": {"ceasefire": "There should be a ceasefire", "reactor": "The reactor should stay"},
        "labels": {"ceasefire": FEWEST_LABELS, "reactor": FEWEST_LABELS},
    }  # fmt: skip

    def know(**changed: object) -> frozenset[str]:
        return StanceJudge(StanceModel(None, None, {}, {**meta, **changed}), issues).issues  # type: ignore[arg-type]

    assert know() == {"ceasefire"}
    assert know(labels={"ceasefire": FEWEST_LABELS - 1}) == frozenset()
