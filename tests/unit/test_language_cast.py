from __future__ import annotations

import pytest
from reading import CONFIG, read

from volteface.language.annotations import Via
from volteface.language.cast import Cast, build_cast
from volteface.language.layout import lay_out
from volteface.language.roster import Roster

ROSTER = Roster(CONFIG.actors)


def cast(text: str) -> Cast:
    doc = read(text)
    mentions = [one for one in doc._.actor_mentions if one.via is not Via.PRONOUN]
    return build_cast(lay_out(doc), mentions, ROSTER)


def list_people(text: str) -> list[tuple[str, int]]:
    return [(person.actor_id, len(person.namings)) for person in cast(text).people]


def test_a_text_teaches_its_own_people() -> None:
    text = "Professor Ann Example met envoys. Later Example left. Ms Example smiled."

    assert list_people(text) == [("other:ann-example", 3)]


def test_a_configured_person_keeps_the_id() -> None:
    assert list_people("Benjamin Netanyahu met Peter Example.") == [
        ("benjamin-netanyahu", 1),
        ("other:peter-example", 1),
    ]


def test_a_single_name_of_two_people_near_each_other_is_nobodys() -> None:
    assert list_people("Ann Example met Peter Example. Example smiled.") == [
        ("other:ann-example", 1),
        ("other:peter-example", 1),
    ]


def test_a_title_tells_namesakes_apart() -> None:
    found = dict(list_people("Ann Example met Peter Example. Mr Example smiled."))

    assert found == {"other:ann-example": 1, "other:peter-example": 2}


def test_two_spellings_of_one_name_are_one_person() -> None:
    assert list_people("Kristin Example left. Kristen Example smiled.") == [("other:kristin-example", 2)]


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Mr Example left.", "he"),
        ("Ms Example left.", "she"),
        ("Ann Example left.", "she"),
        ("Senator Alex Example left.", None),
        ("Professor Alex Example, a congresswoman, left.", "she"),
        ("Queen Alex left.", "she"),
        ("Joe Biden left.", "he"),
    ],
)
def test_gender_is_read_of_titles_descriptions_and_first_names(text: str, gender: str | None) -> None:
    assert [person.gender for person in cast(text).people] == [gender]


def test_places_bodies_days_and_groups_are_no_people() -> None:
    assert list_people("The Example Foundation met on Monday. The Health Ministry left. Bank of Example rose.") == []
    assert list_people("Dr Monday Street rose.") == []


def test_a_description_means_the_one_introduced_so() -> None:
    people = cast("Polish Foreign Minister Jan Example met Ann Sample, a professor of law.")

    described = {
        words: person.actor_id if (person := people.find_described(words.split(), 99)) else None
        for words in ("minister", "foreign minister", "polish minister", "professor", "prime minister", "doctor")
    }

    assert described == {
        "minister": "other:jan-example",
        "foreign minister": "other:jan-example",
        "polish minister": "other:jan-example",
        "professor": "other:ann-sample",
        "prime minister": None,
        "doctor": None,
    }


def test_the_minister_is_never_the_prime_minister_and_the_president_no_vice_president() -> None:
    people = cast("Prime Minister Jan Example met Vice President Ann Sample.")

    assert people.find_described(["minister"], 99) is None
    assert people.find_described(["president"], 99) is None


def test_a_named_spokesperson_is_the_bodys_voice() -> None:
    assert list_people("Netanyahu's spokesman, Peter Example, said no. Example left.")[-1] == ("israel-government", 2)
