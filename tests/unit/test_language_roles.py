from __future__ import annotations

from datetime import UTC, datetime

import pytest
from reading import CONFIG, list_mentions


def find_last(text: str, day: str | None) -> str | None:
    """Return the last actor that is no government."""
    found = list_mentions(text, day=datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None)
    people = [actor_id for _, actor_id in found if not actor_id.endswith("-government")]
    return people[-1].removeprefix("other:") if people else None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "The Israeli foreign minister said no.",
            {
                "2019-06-01": "israel-katz", "2021-06-13": "yair-lapid", "2022-12-28": "yair-lapid",
                "2022-12-29": "eli-cohen", "2023-12-31": "eli-cohen", "2024-01-01": "israel-katz",
                "2024-11-07": "israel-katz", "2024-11-20": "gideon-saar",
            },
        ),
        (
            "Israel's prime minister said no.",
            {
                "2021-06-12": "benjamin-netanyahu", "2021-06-13": "naftali-bennett", "2022-06-30": "naftali-bennett",
                "2022-07-01": "yair-lapid", "2022-12-29": "benjamin-netanyahu", "2024-03-31": "benjamin-netanyahu",
            },
        ),
        (
            "Israel's defense minister said no.",
            {"2021-06-01": "benny-gantz", "2023-10-07": "yoav-gallant", "2024-12-01": "israel-katz"},
        ),
        (
            "The US president said no.",
            {"2016-06-01": None, "2021-01-19": "donald-trump", "2021-01-20": "joe-biden", "2025-02-01": "donald-trump"},
        ),
    ],
)  # fmt: skip
def test_an_office_is_its_holders_of_that_day(text: str, days: dict[str, str | None]) -> None:
    assert {day: find_last(text, day) for day in days} == days


def test_without_a_date_an_office_is_nobody() -> None:
    assert find_last("The Israeli foreign minister said no.", None) is None


def test_no_role_lacks_a_beginning() -> None:
    assert [(actor.id, role.title) for actor in CONFIG.actors for role in actor.roles if role.since is None] == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Israel struck Gaza. The foreign minister said no.", "israel-katz"),
        ("Egypt condemned it. The president said no.", "abdel-fattah-el-sisi"),
        ("Israel condemned it. The president said no.", None),  # a prime minister governs there
        ("Qatar and Egypt met. The foreign minister said no.", None),
        ("The foreign minister said no.", None),
    ],
)
def test_a_bare_office_is_of_the_one_country_spoken_of(text: str, meant: str | None) -> None:
    assert find_last(text, "2024-03-31") == meant


def test_a_country_spoken_of_long_before_does_not_count() -> None:
    assert find_last("Egypt condemned it.\nIt rained.\nIt snowed.\nThe president said no.", "2024-03-31") is None
