import pytest
from quality.attributions import Labelled, Reading, build_labelled, measure_attributions, pair

TEXT = "Ann Example said that the talks are off"


def label(source: str = "", cue: str = "", content: str = "", *who: str, partners: tuple[str, ...] = ()) -> Labelled:
    """Return an attribution by the words of its parts."""
    spans = [[(TEXT.index(part), TEXT.index(part) + len(part))] if part else [] for part in (source, cue, content)]
    return build_labelled(*spans, who, partners)


def measure(gold: list[Labelled], predicted: list[Labelled]) -> dict[str, float]:
    return measure_attributions([Reading(gold, predicted)])


WHOLE = label("Ann Example", "said", "that the talks are off", "ann")


def test_the_same_answer_scores_one_everywhere():
    assert set(measure([WHOLE], [WHOLE]).values()) == {1.0}


def test_nothing_found_scores_nothing_and_is_not_wrong():
    figures = measure([WHOLE], [])

    assert figures.pop("speakers_not_wrong") == 1.0
    assert set(figures.values()) == {0.0}


def test_a_longer_cue_overlaps_but_is_not_exact():
    figures = measure([WHOLE], [label("Ann Example", "said that", "the talks are off", "ann")])

    assert (figures["cue_overlap"], figures["cue_exact"], figures["triple"]) == (1.0, 0.0, 1.0)


def test_a_source_needs_half_of_the_characters_of_both():
    assert measure([WHOLE], [label("Example", "said", "that the talks are off")])["source_overlap"] == 1.0
    assert measure([WHOLE], [label("Ann", "said", "that the talks are off")])["source_overlap"] == 0.0


def test_content_is_counted_by_the_character():
    figures = measure([WHOLE], [label("Ann Example", "said", "are off")])

    assert figures["content_f1"] == pytest.approx(2 * 7 / (22 + 7))
    assert figures["triple"] == 0.0


def test_an_answer_too_many_costs_precision():
    figures = measure([WHOLE], [WHOLE, label(cue="talks")])

    assert figures["cue_overlap"] == pytest.approx(2 / 3)


def test_each_gold_attribution_is_paired_once_with_the_cue_that_shares_most():
    near, far = label(cue="said that"), label(cue="id that the talks")

    assert list(pair([label(cue="said that")], [far, near])) == [(label(cue="said that"), near)]


def test_a_gold_attribution_without_a_cue_is_paired_by_content():
    figures = measure([label(content="the talks are off")], [label(cue="said", content="the talks are off")])

    assert figures["content_f1"] == 1.0
    assert figures["cue_overlap"] == 0.0


@pytest.mark.parametrize(
    ("gold", "predicted", "found", "not_wrong"),
    [
        (("ann",), ("ann",), 1.0, 1.0),
        (("ann",), ("ben",), 0.0, 0.0),
        (("ann",), (), 0.0, 1.0),
        ((), ("ann",), 0.0, 0.0),
        (("ann", "ben"), ("ann",), 0.0, 1.0),
        (("ann",), ("ann", "ben"), 0.0, 0.0),
        (("other:ann",), ("ann",), 1.0, 1.0),
    ],
)
def test_speakers_are_right_wrong_or_left_open(
    gold: tuple[str, ...], predicted: tuple[str, ...], found: float, not_wrong: float
):
    figures = measure([label("", "said", "", *gold)], [label("", "said", "", *predicted)])

    assert (figures["speakers_found"], figures["speakers_not_wrong"]) == (found, not_wrong)


def test_partners_count_where_they_make_the_answer_right():
    joint = label("", "said", "", "ann", "ben")

    assert measure([joint], [label("", "said", "", "ann", partners=("ben",))])["speakers_found"] == 1.0
    assert (
        measure([label("", "said", "", "ann")], [label("", "said", "", "ann", partners=("ben",))])["speakers_found"]
        == 1.0
    )
