"""One person in several spellings is one candidate; nobody configured is one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from volteface.config.actors import Actor
from volteface.language.candidate_list import CandidateSeen, CandidateSummary, gather_candidates
from volteface.language.known_names import KnownNames, fold_name
from volteface.models import CandidateKind

ACTORS = [
    Actor.model_validate({"id": "jo-known", "name": "Jo Known", "kind": "person", "aliases": ["Joseph Q. Known"]}),
    Actor.model_validate(
        {"id": "ministry", "name": "Ministry of Crossings", "kind": "government", "spokespersons": ["Vera Voice"]}
    ),
]
KNOWN = KnownNames(ACTORS)


def see(name: str, article: int = 1, **more: Any) -> CandidateSeen:
    values: dict[str, Any] = {
        "candidate_id": "other:" + "-".join(name.lower().split()),
        "name": name,
        "kind": CandidateKind.PERSON,
        "introduced_as": None,
        "speech_count": 1,
        "statement_count": 0,
        "context": f"{name} said so.",
        "article_id": f"a{article}",
        "outlet": f"Outlet {article % 2}",
        "url": f"https://daily.example/{article}",
        "seen_at": datetime(2024, 3, article, tzinfo=UTC),
    }
    return CandidateSeen(**{**values, **more})


def gather(*rows: CandidateSeen) -> list[CandidateSummary]:
    return gather_candidates(rows, KNOWN)


def test_spellings_of_one_person_are_one_candidate_with_sums() -> None:
    [found] = gather(
        see("Yara Lapsen", 1, speech_count=3, introduced_as="opposition leader"),
        see("Yara B. Lapsen", 2, statement_count=2, introduced_as="opposition leader"),
        see("Yára Lapsen", 4),
        see("Lapsen", 3),
    )

    assert found.name == "Yara Lapsen"
    assert set(found.names) == {"Yara Lapsen", "Yara B. Lapsen", "Yára Lapsen", "Lapsen"}
    assert (found.speech_count, found.statement_count, found.article_count, len(found.outlets)) == (6, 2, 4, 2)
    assert found.introductions == (("opposition leader", 2),)
    assert (found.first_seen_at.day, found.last_seen_at.day) == (1, 4)
    assert [seen.article_id for seen in found.contexts] == ["a4", "a3", "a2"]


def test_a_surname_that_two_bear_stays_apart() -> None:
    found = gather(see("Yara Lapsen", 1), see("Omar Lapsen", 2), see("Lapsen", 3))

    assert sorted(one.name for one in found) == ["Lapsen", "Omar Lapsen", "Yara Lapsen"]


def test_an_acronym_goes_with_the_body_of_these_initials() -> None:
    body = {"kind": CandidateKind.BODY}

    [found] = gather(
        see("Example Relief Fund", 1, **body), see("ERF", 2, **body), see("the Example Relief Fund", 3, **body)
    )

    assert (found.name, found.article_count, found.kind) == ("Example Relief Fund", 3, CandidateKind.BODY)


def test_bodies_are_told_apart_by_every_word() -> None:
    body = {"kind": CandidateKind.BODY}

    assert len(gather(see("Gaza Health Ministry", 1, **body), see("Gaza Interior Ministry", 2, **body))) == 2


@pytest.mark.parametrize(
    "name", ["Jo Known", "Known", "Joe J. Known", "Joseph Known", "Ministry of Crossings", "Vera Voice", "The Ministry of Crossings"]
)  # fmt: skip
def test_configured_actors_are_known_in_any_spelling(name: str) -> None:
    expected = name != "Joe J. Known"  # another first name is another person

    assert KNOWN.holds(name) is expected
    assert bool(gather(see(name))) is not expected


def test_an_id_that_was_configured_since_is_known() -> None:
    assert gather(see("J. Knwon", candidate_id="other:jo-known")) == []


def test_those_in_most_articles_come_first_then_those_who_speak_most() -> None:
    found = gather(
        see("Ann One", 1, speech_count=9), see("Bea Two", 1), see("Bea Two", 2), see("Cy Three", 1, speech_count=3)
    )

    assert [one.name for one in found] == ["Bea Two", "Ann One", "Cy Three"]


def test_an_outlets_reporter_is_one_everywhere_and_unknown_gives_way() -> None:
    [reporter] = gather(see("Ann One", 1), see("Ann One", 2), see("Ann One", 3, kind=CandidateKind.OUTLET))
    [person] = gather(see("Ann One", 1, kind=CandidateKind.UNKNOWN), see("Ann One", 2))

    assert (reporter.kind, person.kind) == (CandidateKind.OUTLET, CandidateKind.PERSON)


def test_names_are_folded() -> None:
    assert fold_name("The Sánchez’s") == ("sanchez",)
    assert fold_name("Ismail al-Example") == ("ismail", "example")
    assert fold_name("J. K.") == ("j", "k")
