import pytest

from volteface.language.unnamed import Unnamed, describe_unnamed


@pytest.mark.parametrize(
    ("text", "count", "rank"),
    [
        ("four Israeli and U.S. officials", 4, None),
        ("Two senior U.S. officials", 2, "senior"),
        ("a senior administration official", 1, "senior"),
        ("Senior Israeli officials", None, "senior"),
        ("A high-ranking Hamas official", 1, "high-ranking"),
        ("the 27 diplomats", 27, None),
        ("Several people familiar with the talks", None, None),
        ("a person briefed on the talks", 1, None),
        ("Channel 12 officials", None, None),
        ("both officials", 2, None),
        ("Top aide", 1, "top"),
    ],
)
def test_number_and_rank_are_read_where_the_words_tell_them(text: str, count: int | None, rank: str | None) -> None:
    assert describe_unnamed(text) == Unnamed(count, rank)


def test_words_without_an_unnamed_person_tell_nothing() -> None:
    assert describe_unnamed("the White House") == Unnamed()
    assert describe_unnamed("") == Unnamed()
