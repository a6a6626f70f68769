"""The measures of positions and of their probabilities."""

import pytest
from quality.calibration import measure_calibration
from quality.positions import find_opposites, score_keys


def test_positions_are_scored_over_distinct_keys() -> None:
    gold = {("a", "x", "i", "support"), ("a", "y", "i", "oppose"), ("b", "x", "i", "support")}
    score = score_keys(gold, {("a", "x", "i", "support"), ("a", "y", "i", "support")})

    assert (score.precision, score.recall) == (0.5, pytest.approx(1 / 3))


def test_an_opposite_sign_is_found_among_matched_actors_and_issues() -> None:
    gold = [("a", "x", "i", "support"), ("a", "y", "i", "oppose")]

    assert find_opposites(gold, [("a", "x", "i", "oppose"), ("a", "z", "i", "support")]) == ([("a", "x", "i")], 1)


def test_a_stance_beside_the_right_one_is_no_opposite() -> None:
    gold = [("a", "x", "i", "support"), ("a", "x", "i", "mixed")]

    assert find_opposites(gold, [("a", "x", "i", "oppose")]) == ([], 1)


def test_perfect_probabilities_have_no_error() -> None:
    error, rows = measure_calibration([(0.75, True), (0.75, True), (0.75, True), (0.75, False)])

    assert error == 0.0
    assert rows[7] == (4, 0.75, 0.75)


def test_what_is_too_sure_has_the_difference_as_its_error() -> None:
    error, _ = measure_calibration([(0.95, True), (0.95, False)])

    assert error == pytest.approx(0.45)
