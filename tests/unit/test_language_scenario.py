"""The tagger on the golden scenario: what the position changes stand on is found, and next to nothing else."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from volteface.config import load_config
from volteface.language.pipeline import build_nlp
from volteface.language.tag import tag_passages
from volteface.models import Basis, EventClaim, Passage, Statement

ROOT = Path(__file__).parents[2]
ARTICLES = [
    json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "tests/golden/scenario").glob("*.json"))
]
Tagged = dict[str, tuple[tuple[Statement, ...], tuple[EventClaim, ...]]]
TRIP = "delegation-to-washington"


@pytest.fixture(scope="module")
def tagged() -> Tagged:
    config = load_config(ROOT)
    passages = []
    for article in ARTICLES:
        when = datetime.fromisoformat(article["published_at"])
        passages.append(
            Passage(
                article_id=article["id"],
                version_id=article["id"],
                origin_id=article["id"],
                outlet=article["outlet"],
                title=article["title"],
                text="\n\n".join(article["paragraphs"]),
                published_at=when,
                known_from=when,
            )
        )
    found = tag_passages(build_nlp(config), passages, config)
    return {passage.article_id: (statements, claims) for passage, statements, claims in found}


def code_basis(basis: str) -> str:
    return str(Basis.ACT if basis == Basis.VOTE else basis)


def list_keys(statements: tuple[Statement, ...]) -> set[tuple[str, str, str, str]]:
    return {(one.actor_id, one.issue_id, str(one.stance), code_basis(one.basis)) for one in statements}


def find(tagged: Tagged, actor: str, stance: str, basis: str) -> list[Statement]:
    return [
        one
        for statements, _ in tagged.values()
        for one in statements
        if (one.actor_id, one.issue_id, str(one.stance), str(one.basis)) == (actor, TRIP, stance, basis)
    ]


def test_scenario_evidence_is_verbatim(tagged: Tagged) -> None:
    for article in ARTICLES:
        text = "\n\n".join(article["paragraphs"])
        for one in (*tagged[article["id"]][0], *tagged[article["id"]][1]):
            whole = article["title"] if getattr(one, "evidence_in", "text") == "title" else text
            if one.evidence not in article["title"]:
                assert whole[one.evidence_start : one.evidence_end] == one.evidence


def test_most_of_what_a_careful_coder_finds_is_found_and_little_else(tagged: Tagged) -> None:
    expected = found = extra = 0
    for article in ARTICLES:
        coded = {(row["actor"], row["issue"], row["stance"], code_basis(row["basis"])) for row in article["expected"]}
        allowed = coded | {
            (row["actor"], row["issue"], row["stance"], code_basis(row["basis"])) for row in article["tolerated"]
        }
        keys = list_keys(tagged[article["id"]][0])
        expected, found, extra = expected + len(coded), found + len(coded & keys), extra + len(keys - allowed)

    assert found / expected >= 0.75
    assert (
        extra <= 4
    )  # three are the trained reader's: it takes a sentence's issue for that of the wrong one of two parties


def test_every_article_on_the_trip_gives_its_claims(tagged: Tagged) -> None:
    expected = found = 0
    for article in ARTICLES:
        coded = {(row["state"], row["claimed_by"]) for row in article["expected_claims"]}
        claims = {(str(claim.state), claim.claimed_by) for claim in tagged[article["id"]][1]}
        expected, found = expected + len(coded), found + len(coded & claims)

    assert found / expected >= 0.9


def test_the_cancellation_is_an_act_with_its_reason(tagged: Tagged) -> None:
    acts = find(tagged, "benjamin-netanyahu", "oppose", "act")

    assert any(one.rationale and "protest" in one.rationale for one in acts)


def test_the_later_reason_is_a_message(tagged: Tagged) -> None:
    words = find(tagged, "benjamin-netanyahu", "oppose", "on_record")

    assert any(one.rationale and "message to Hamas" in one.rationale for one in words)


def test_the_quiet_request_is_private_and_anonymous(tagged: Tagged) -> None:
    requests = find(tagged, "benjamin-netanyahu", "support", "anonymous")

    assert requests
    assert all(one.is_private for one in requests)
    assert {one.reported_by for one in requests} == {"anonymous:us-government"}


def test_the_two_accounts_are_kept_apart(tagged: Tagged) -> None:
    agreed = find(tagged, "israel-government", "support", "reported_by_other")
    denied = find(tagged, "israel-government", "oppose", "on_record")

    assert {one.reported_by for one in agreed} == {"us-government"}
    assert denied


def test_both_offices_decline_to_comment_on_the_trip(tagged: Tagged) -> None:
    for actor in ("us-government", "israel-government"):
        assert [one for one in find(tagged, actor, "no_position", "on_record") if one.is_declined]


def test_an_office_that_did_not_answer_in_time_has_refused_nothing(tagged: Tagged) -> None:
    assert not [one for one in tagged["cw-0327-agreed"][0] if one.is_declined]


def test_the_meeting_is_scheduled_and_held_by_video(tagged: Tagged) -> None:
    claims = [claim for _, found in tagged.values() for claim in found]

    assert {claim.mode for claim in claims if str(claim.state) == "scheduled"} >= {"virtual"}
    held = [claim for claim in claims if str(claim.state) == "held"]
    assert {(claim.claimed_by, claim.mode, str(claim.basis)) for claim in held} >= {
        ("us-government", "virtual", "act"),
        ("israel-government", "virtual", "act"),
    }


def test_an_article_about_something_else_gives_nothing(tagged: Tagged) -> None:
    assert tagged["nc-0329-bridge"] == ((), ())
