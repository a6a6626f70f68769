import pytest
from quality.statements import Held, measure_statements, read_table


def hold(stance: str, actor: str = "hamas", evidence: str = "no", basis: str = "on_record") -> Held:
    return Held(article_id="a", actor=actor, issue="ceasefire", stance=stance, basis=basis, evidence=evidence)


def measure(gold: list[str], predicted: list[Held], tolerated: tuple[str, ...] = ()) -> dict[str, float]:
    """Return the figures for an article whose gold statements are of one actor on one issue, by their stances."""
    fields = {"actor": "hamas", "issue": "ceasefire"}
    statements = [{**fields, "stance": stance, "basis": "on_record", "evidence": "no"} for stance in gold]
    allowed = [{**fields, "stance": stance} for stance in tolerated]
    row = {"id": "a", "title": "They say no", "text": "They do.", "statements": statements, "tolerated": allowed}
    return measure_statements(read_table([row]), predicted)


def test_the_same_answer_scores_one_everywhere():
    assert set(measure(["oppose"], [hold("oppose")]).values()) == {1.0}


def test_repeats_count_once():
    assert measure(["oppose"], [hold("oppose"), hold("oppose")])["position_precision"] == 1.0


def test_a_stance_turned_round_is_the_right_pair_with_the_wrong_sign():
    figures = measure(["oppose"], [hold("support")])

    assert (figures["actor_issue_f1"], figures["position_f1"], figures["same_sign"]) == (1.0, 0.0, 0.0)


def test_no_position_where_there_is_one_is_not_turned_round():
    assert measure(["oppose"], [hold("no_position")])["same_sign"] == 1.0


def test_a_stance_among_several_is_not_turned_round():
    assert measure(["oppose", "support"], [hold("support")])["same_sign"] == 1.0


def test_precision_and_recall_are_of_positions():
    figures = measure(["oppose", "mixed"], [hold("oppose"), hold("oppose", actor="egypt-government")])

    assert (figures["position_precision"], figures["position_recall"]) == (0.5, 0.5)


def test_what_is_tolerated_counts_neither_way():
    with_tolerated = measure(["oppose"], [hold("oppose"), hold("mixed")], tolerated=("mixed",))

    assert with_tolerated["position_precision"] == 1.0
    assert with_tolerated["position_recall"] == 1.0


def test_what_is_gold_counts_though_it_is_tolerated():
    assert measure(["oppose"], [hold("oppose")], tolerated=("oppose",))["position_recall"] == 1.0


def test_the_basis_is_asked_of_right_positions_alone():
    figures = measure(["oppose"], [hold("oppose", basis="act"), hold("mixed", basis="act"), hold("oppose")])

    assert figures["basis"] == pytest.approx(0.5)


def test_evidence_stands_in_title_or_text():
    figures = measure(["oppose"], [hold("oppose", evidence="They say no"), hold("oppose", evidence="They say yes")])

    assert figures["evidence_verbatim"] == 0.5
