"""Passages in, statements and claims out: titles, dates, identities."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from volteface.config import load_config
from volteface.language.pipeline import build_nlp
from volteface.language.tag import tag_passages
from volteface.models import Basis, EventClaim, Passage, Stance, Statement

CONFIG = load_config(Path(__file__).parents[2])
NOW = datetime(2024, 3, 27, 15, 50, tzinfo=UTC)
Tag = Callable[..., tuple[tuple[Statement, ...], tuple[EventClaim, ...]]]


@pytest.fixture(scope="module")
def tag() -> Tag:
    nlp = build_nlp(CONFIG)

    def tag_text(text: str, title: str = "", **more: object) -> tuple[tuple[Statement, ...], tuple[EventClaim, ...]]:
        fields: dict[str, object] = {"published_at": NOW, "version_id": "v", **more}
        passage = Passage(
            article_id="a", origin_id="o", outlet="Example", title=title, text=text, known_from=NOW, **fields  # type: ignore[arg-type]
        )  # fmt: skip
        ((_, statements, claims),) = tag_passages(nlp, [passage], CONFIG)
        return statements, claims

    return tag_text


def test_a_title_is_evidence_of_its_own(tag: Tag) -> None:
    statements, _ = tag("Nothing was said of it.", title="Qatar calls for ceasefire")

    assert [(one.evidence_in, one.evidence, one.actor_id) for one in statements] == [
        ("title", "Qatar calls for ceasefire", "qatar-government")
    ]


def test_the_authors_own_opinion_is_no_statement(tag: Tag) -> None:
    assert tag("A ceasefire is urgently needed. The bombing of Gaza must stop.") == ((), ())


def test_a_statement_is_dated_by_its_sentence(tag: Tag) -> None:
    (statement,), _ = tag("Qatar on Monday called for a ceasefire.")
    (undated,), _ = tag("Qatar on Monday called for a ceasefire.", published_at=None)

    assert statement.stated_at == datetime(2024, 3, 25, tzinfo=UTC)
    assert undated.stated_at is None


def test_the_same_passage_gives_the_same_ids_and_another_version_others(tag: Tag) -> None:
    text = "Qatar called for a ceasefire."
    first, again, other = tag(text)[0], tag(text)[0], tag(text, version_id="w")[0]

    assert [one.statement_id for one in first] == [one.statement_id for one in again]
    assert {one.statement_id for one in first}.isdisjoint(one.statement_id for one in other)


def test_votes_have_a_basis_of_their_own(tag: Tag) -> None:
    statements, _ = tag("Israel voted against the UN resolution.")

    assert [(one.stance, one.basis) for one in statements] == [(Stance.OPPOSE, Basis.VOTE)]


def test_an_outlet_that_is_an_actor_speaks_in_its_own_voice(tag: Tag) -> None:
    text = "There must be a ceasefire. We will work for it with our partners."
    statements, _ = tag(text, title="Statement on the ceasefire", outlet_actor_id="qatar-government")

    assert {one.actor_id for one in statements} <= {"qatar-government"}


def test_evidence_is_verbatim_where_lines_are_wrapped(tag: Tag) -> None:
    text = (
        "The ministry published a long statement about the situation on the\n"
        "evening of the same day. In it Qatar called for an immediate and\n"
        "lasting ceasefire, and it added that it would go on speaking with\n"
        "both of the sides about the matter in the days and weeks to come.\n"
    )
    statements, _ = tag(text)

    assert [one.actor_id for one in statements] == ["qatar-government"]
    assert all(text[one.evidence_start : one.evidence_end] == one.evidence for one in statements)


def test_no_text_gives_nothing(tag: Tag) -> None:
    assert tag("") == ((), ())
    assert tag("   \n\n ") == ((), ())


def test_a_denied_agreement_is_a_denial_and_a_position(tag: Tag) -> None:
    statements, claims = tag(
        "The Israeli Prime Minister's Office said Netanyahu had not approved the departure of the delegation to Washington."
    )

    assert [(one.actor_id, one.stance) for one in statements] == [("israel-government", Stance.OPPOSE)]
    assert [(str(claim.state), claim.statement_id) for claim in claims] == [("denied", statements[0].statement_id)]


def test_refusals_are_about_the_matter_named_or_the_main_issue(tag: Tag) -> None:
    main, _ = tag("Qatar declined to comment.", title="A hostage deal is near")
    other, _ = tag("Qatar declined to comment on the weather in the north.", title="A hostage deal is near")

    assert [(one.issue_id, one.is_declined, one.stance) for one in main] == [("hostage-deal", True, Stance.NO_POSITION)]
    assert other == ()


@pytest.mark.parametrize(
    "text",
    [
        "Ships left the port in the morning. It rained all day. Nobody waved. Qatar declined to comment for this story.",
        "A hostage deal is near. Asked about the poet's arrest, Qatar declined to comment.",
        "A hostage deal is near. Qatar declined to comment on reports of a fire in the port.",
        "A hostage deal is near. Qatar had no immediate comment.",
        "A hostage deal is near. Qatar has not commented.",
        "A hostage deal is near. Qatar has not responded to a request for comment.",
    ],
)
def test_a_refusal_is_not_about_whatever_the_article_is_about(tag: Tag, text: str) -> None:
    statements, _ = tag(text, title="A hostage deal is near")

    assert not [one for one in statements if one.is_declined]


@pytest.mark.parametrize(
    "text",
    [
        "A hostage deal is near, officials said. Qatar declined to comment.",
        "A hostage deal is near, officials said. Qatar declined to comment on the reports.",
        "Asked about a hostage deal, Qatar declined to comment.",
        "It rained. It stopped. It rained. Qatar declined to comment on a hostage deal.",
    ],
)
def test_a_refusal_is_about_what_it_or_the_sentences_before_it_name(tag: Tag, text: str) -> None:
    statements, _ = tag(text, title="A hostage deal is near")

    assert [one.issue_id for one in statements if one.is_declined] == ["hostage-deal"]


def test_until_is_a_condition_of_a_refusal_and_a_term_of_a_will(tag: Tag) -> None:
    refused, _ = tag("Netanyahu rejected a ceasefire until all hostages are free.")
    willed, _ = tag("Netanyahu said Israel will continue the war in Gaza until victory.")

    assert [one.conditional for one in refused if one.issue_id == "ceasefire"] == [True]
    assert [one.conditional for one in willed if one.issue_id == "gaza-offensive"] == [False]
