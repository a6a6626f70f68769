"""Whose voice is whose."""

from __future__ import annotations

from datetime import date

import pytest

from volteface.config.actors import Actor
from volteface.config.issues import Issue
from volteface.positions.sides import Sides

DAY = date(2024, 3, 27)


def person(actor_id: str, *titles: str, of: str = "gov", since: str | None = None) -> Actor:
    roles = [{"title": title, "of": of, "since": since} for title in titles]
    return Actor.model_validate({"id": actor_id, "name": actor_id, "kind": "person", "parent": of, "roles": roles})


GOVERNMENT = Actor.model_validate({"id": "gov", "name": "Government", "kind": "government"})
ACTORS = (
    GOVERNMENT,
    person("premier", "Prime Minister", "leader"),
    person("ceremonial", "president"),
    person("minister", "finance minister"),
)


@pytest.mark.parametrize(
    ("actor_id", "side"),
    [
        ("gov", "gov"),
        ("premier", "gov"),
        ("anonymous:gov", "gov"),
        ("minister", "minister"),
        ("ceremonial", "ceremonial"),
        ("unknown", "unknown"),
    ],
)
def test_head_and_unnamed_officials_are_the_bodys_side_and_others_their_own(actor_id, side):
    assert Sides(ACTORS, ()).get_side(actor_id, "i", DAY) == side


def test_president_heads_a_body_that_no_prime_minister_governs():
    sides = Sides((GOVERNMENT, person("boss", "president")), ())

    assert sides.get_side("boss", "i", DAY) == "gov"


def test_head_is_the_bodys_side_only_while_in_office():
    sides = Sides((GOVERNMENT, person("next", "prime minister", since="2024-06-01")), ())

    assert sides.get_side("next", "i", DAY) == "next"
    assert sides.get_side("next", "i", date(2024, 7, 1)) == "gov"


def test_actor_outside_the_codebook_is_known_by_its_prefix():
    assert Sides(ACTORS, ()).get_side("other:premier", "i", DAY) == "gov"


def test_person_that_decides_an_event_with_its_body_is_its_side_on_that_issue():
    issue = Issue.model_validate(
        {
            "id": "trip", "name": "Trip", "proposition": "It should be", "terms": ["trip"],
            "event": {"id": "talks", "name": "Talks", "decided_by": ["gov", "minister"], "terms": ["talks"]},
        }
    )  # fmt: skip
    sides = Sides(ACTORS, (issue,))

    assert sides.get_side("minister", "trip", DAY) == "gov"
    assert sides.get_side("minister", "else", DAY) == "minister"
    assert sides.get_deciders("talks", DAY) == {"gov"}
    assert sides.get_deciders("unknown", DAY) == frozenset()
