"""The examples in config/stance_rules.yml are the rules' tests: each runs through the whole pipeline."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from volteface.config import load_config
from volteface.config.rules import RuleHit, StanceRule
from volteface.config.settings import StanceReading
from volteface.language.pipeline import build_nlp
from volteface.language.tag import tag_passages
from volteface.models import EventClaim, Passage, Statement

HOME = Path(__file__).parents[2]
CONFIG = load_config(HOME)
_LANGUAGE = CONFIG.settings.language.model_copy(update={"stances": StanceReading.RULES})
RULES_ALONE = replace(CONFIG, settings=CONFIG.settings.model_copy(update={"language": _LANGUAGE}))
HITS = [
    pytest.param(rule, hit, id=f"{rule.id}-{n}")
    for rule in CONFIG.rules.rules
    for n, hit in enumerate(rule.examples.hits)
]
MISSES = [
    pytest.param(rule, text, id=f"{rule.id}-{n}")
    for rule in CONFIG.rules.rules
    for n, text in enumerate(rule.examples.misses)
]
Tag = Callable[[str, str | None], tuple[list[Statement], list[EventClaim]]]


@pytest.fixture(scope="module")
def tag() -> Tag:
    nlp = build_nlp(RULES_ALONE)

    def tag_text(text: str, outlet_actor_id: str | None) -> tuple[list[Statement], list[EventClaim]]:
        now = datetime(2023, 11, 15, 12, tzinfo=UTC)
        passage = Passage(
            article_id="a", version_id="v", origin_id="o", outlet="Example", title="", text=text,
            published_at=now, known_from=now, outlet_actor_id=outlet_actor_id,
        )  # fmt: skip
        ((_, statements, claims),) = tag_passages(nlp, [passage], RULES_ALONE)
        return list(statements), list(claims)

    return tag_text


@pytest.mark.parametrize(("rule", "hit"), HITS)
def test_rule_finds_its_example(tag: Tag, rule: StanceRule, hit: RuleHit) -> None:
    statements, claims = tag(hit.text, hit.outlet_actor)

    if hit.stance is not None:
        found = [one for one in statements if one.rule_id == rule.id and one.issue_id == hit.issue]
        assert [one for one in found if one.stance is hit.stance], statements
        assert hit.actor is None or hit.actor in {one.actor_id for one in found}
        assert hit.conditional is None or hit.conditional in {one.conditional for one in found}
    if hit.event_state is not None:
        assert hit.event_state in {claim.state for claim in claims if claim.rule_id == rule.id}


@pytest.mark.parametrize(("rule", "text"), MISSES)
def test_rule_leaves_its_counterexample(tag: Tag, rule: StanceRule, text: str) -> None:
    statements, claims = tag(text, None)

    assert rule.id not in {one.rule_id for one in (*statements, *claims)}


def test_every_rule_says_what_it_must_not_find() -> None:
    assert [rule.id for rule in CONFIG.rules.rules if not rule.examples.misses] == []
