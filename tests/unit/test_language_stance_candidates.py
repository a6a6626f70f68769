"""Candidates and their features, from pairs and probabilities made by hand."""

from dataclasses import replace

import pytest

from volteface.language.stance_candidates import Asked, list_candidates
from volteface.language.stance_pairs import Pair
from volteface.models import Stance

PAIR = Pair(
    actor_id="qatar-government", sentence=3, in_title=False, text="{A} was firm.", previous="", is_said=True,
    is_named=True, hits=(), near=frozenset({"ceasefire"}), ruled={}, gaps={}, subjects={}, attribution=None, mention=None,
)  # fmt: skip


def tell(none: float, support: float, oppose: float) -> dict[str, float]:
    return {"none": none, "support": support, "oppose": oppose, "other": 1 - none - support - oppose}


def test_the_likelier_sign_is_a_candidate() -> None:
    (found,) = list_candidates([Asked(PAIR, {"ceasefire": tell(0.2, 0.1, 0.65)})])

    assert (found.issue_id, found.stance, found.ruled) == ("ceasefire", Stance.OPPOSE, None)


def test_what_the_reader_hardly_sees_is_none() -> None:
    assert list(list_candidates([Asked(PAIR, {"ceasefire": tell(0.95, 0.03, 0.01)})])) == []


def test_no_feature_tells_one_actor_from_another() -> None:
    other = replace(PAIR, actor_id="egypt-government")
    chances = {"ceasefire": tell(0.2, 0.7, 0.05)}

    (first,), (second,) = (list(list_candidates([Asked(one, chances)])) for one in (PAIR, other))

    assert first.features == second.features


def test_another_actor_of_the_sentence_counts_against_it() -> None:
    other = Asked(replace(PAIR, actor_id="egypt-government"), {"ceasefire": tell(0.1, 0.85, 0.0)})
    alone, beside = (
        next(c for c in list_candidates(asked) if c.pair.actor_id == PAIR.actor_id)
        for asked in (
            [Asked(PAIR, {"ceasefire": tell(0.4, 0.5, 0.05)})],
            [Asked(PAIR, {"ceasefire": tell(0.4, 0.5, 0.05)}), other],
        )
    )

    assert alone.features["other actor"] == 0.0
    assert beside.features["other actor"] == pytest.approx(0.9)
    assert beside.features["over other actor"] == pytest.approx(-0.3)


def test_what_the_actor_holds_elsewhere_in_the_article_counts() -> None:
    surer = Asked(replace(PAIR, sentence=5), {"ceasefire": tell(0.02, 0.95, 0.0)})
    found = list(list_candidates([Asked(PAIR, {"ceasefire": tell(0.7, 0.2, 0.05)}), surer]))

    assert found[0].features["elsewhere"] == found[1].features["elsewhere"] > 3
