from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quality.floor_file import (
    ROOM,
    Floor,
    FloorError,
    Floors,
    Pin,
    accept_set,
    find_level,
    list_changed_sets,
    lower_floor,
    pin_sets,
    raise_floors,
    read_floors,
    write_floors,
)

BEFORE, TODAY = date(2024, 3, 1), date(2024, 4, 1)
OLD, NEW = "a" * 64, "b" * 64
FLOORS = Floors(sets={"news": Pin(sha256=OLD, set_on=BEFORE)}, measures={"news.cues": Floor(floor=0.8, set_on=BEFORE)})
SHARES = st.floats(0, 1, allow_nan=False)


def test_a_better_figure_raises_its_floor():
    raised = raise_floors(FLOORS, {"news.cues": 0.9}, TODAY)

    assert raised.measures["news.cues"] == Floor(floor=0.89, set_on=TODAY)


def test_a_worse_figure_leaves_its_floor():
    assert raise_floors(FLOORS, {"news.cues": 0.7}, TODAY) == FLOORS


def test_a_new_measure_gets_a_floor():
    assert raise_floors(FLOORS, {"news.tags": 0.0}, TODAY).measures["news.tags"].floor == 0.0


@given(st.dictionaries(st.sampled_from(["news.cues", "news.tags"]), SHARES))
def test_raising_never_lowers_and_never_fails_what_was_measured(figures: dict[str, float]):
    raised = raise_floors(FLOORS, figures, TODAY)

    assert raised.measures["news.cues"].floor >= FLOORS.measures["news.cues"].floor
    assert all(raised.measures[name].floor <= max(figure, 0.8) for name, figure in figures.items())


@given(SHARES)
def test_a_floor_leaves_room_for_other_machines(figure: float):
    assert find_level(figure) <= max(figure - ROOM + 1e-12, 0)


def test_lowering_keeps_the_reason():
    lowered = lower_floor(FLOORS, "news.cues", 0.75, on=TODAY, because="the set grew harder")

    assert lowered.measures["news.cues"] == Floor(floor=0.75, set_on=TODAY)
    (change,) = lowered.changes
    assert (change.what, change.before, change.after, change.because) == (
        "news.cues",
        "0.8",
        "0.75",
        "the set grew harder",
    )


@pytest.mark.parametrize(
    ("name", "level", "because", "message"),
    [
        ("news.cues", 0.75, "", "a reason is needed"),
        ("news.cues", 0.75, "  ", "a reason is needed"),
        ("news.cues", 0.8, "why not", "not below"),
        ("news.cues", 0.9, "why not", "not below"),
        ("news.cues", -0.1, "why not", "not below"),
        ("news.cues", float("nan"), "why not", "not below"),
        ("news.typo", 0.1, "why not", "no floor has this name"),
    ],
)
def test_lowering_is_refused(name: str, level: float, because: str, message: str):
    with pytest.raises(FloorError, match=message):
        lower_floor(FLOORS, name, level, on=TODAY, because=because)


def test_a_new_set_is_pinned_and_a_pinned_one_stays():
    pinned = pin_sets(FLOORS, {"news": OLD, "more": NEW}, TODAY)

    assert pinned.sets == {"news": Pin(sha256=OLD, set_on=BEFORE), "more": Pin(sha256=NEW, set_on=TODAY)}


def test_a_changed_set_is_not_pinned_in_passing():
    with pytest.raises(FloorError, match="--accept-set"):
        pin_sets(FLOORS, {"news": NEW}, TODAY)


def test_accepting_a_set_keeps_its_floors_and_the_reason():
    accepted = accept_set(FLOORS, "news", NEW, on=TODAY, because="a wrong label was mended")

    assert list_changed_sets(accepted, {"news": NEW}) == []
    assert accepted.measures == FLOORS.measures
    assert (accepted.changes[0].before, accepted.changes[0].after) == (OLD, NEW)


@pytest.mark.parametrize(("digest", "because"), [(NEW, ""), (OLD, "nothing changed")])
def test_accepting_a_set_is_refused_without_a_reason_or_a_change(digest: str, because: str):
    with pytest.raises(FloorError):
        accept_set(FLOORS, "news", digest, on=TODAY, because=because)


def test_the_file_holds_what_was_written():
    floors = lower_floor(FLOORS, "news.cues", 0.5, on=TODAY, because="so: that is “why”")

    assert read_floors(write_floors(floors)) == floors


def test_an_empty_file_has_no_floors():
    assert read_floors("# nothing yet\n") == Floors()


@pytest.mark.parametrize("text", ["floors: {}", "measures: {a: {floor: 2, set_on: 2024-01-01}}", "measures: {a: 0.5}"])
def test_a_file_that_says_something_else_is_refused(text: str):
    with pytest.raises(ValueError, match="validation error"):
        read_floors(text)
