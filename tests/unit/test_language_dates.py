from datetime import UTC, datetime

import pytest

from volteface.language.dates import find_planned_date, resolve_date

WEDNESDAY = datetime(2024, 3, 27, 15, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("He said on Saturday that it was so.", datetime(2024, 3, 23, tzinfo=UTC)),
        ("He said on Wednesday that it was so.", WEDNESDAY),
        ("He said on Monday that it was so.", datetime(2024, 3, 25, tzinfo=UTC)),
        ("On 26 March he said so.", datetime(2024, 3, 26, tzinfo=UTC)),
        ("He said so on March 25.", datetime(2024, 3, 25, tzinfo=UTC)),
        ("He said so on December 12.", datetime(2023, 12, 12, tzinfo=UTC)),
        ("He said so yesterday.", datetime(2024, 3, 26, tzinfo=UTC)),
        ("He said so.", WEDNESDAY),
        ("He said so on 31 February.", WEDNESDAY),
        ("It may happen on a Monday.", WEDNESDAY),
    ],
)
def test_a_sentence_is_dated_by_the_day_it_names(sentence: str, expected: datetime) -> None:
    assert resolve_date(sentence, WEDNESDAY) == expected


def test_nothing_is_dated_without_a_date_of_publication() -> None:
    assert resolve_date("He said on Saturday that it was so.", None) is None
    assert find_planned_date("They meet on Monday.", None) is None


def test_the_day_of_a_plan_is_not_the_day_it_was_told() -> None:
    assert resolve_date("They are to meet on Monday, officials said.", WEDNESDAY, is_plan=True) == WEDNESDAY
    told = resolve_date("The office said on Monday that they are to meet on Friday.", WEDNESDAY, is_plan=True)

    assert told == datetime(2024, 3, 25, tzinfo=UTC)


def test_a_plan_is_for_the_next_day_of_that_name() -> None:
    assert find_planned_date("They are to meet on Monday.", WEDNESDAY) == datetime(2024, 4, 1, tzinfo=UTC)
    assert find_planned_date("They are to meet soon.", WEDNESDAY) is None
