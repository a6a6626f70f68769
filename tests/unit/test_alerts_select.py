from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from volteface.alerts.select import make_alert_key, select_alerts
from volteface.config.channels import Channel
from volteface.models import Basis, ChangeKind, ChangeState, PositionChange

CHANGE = PositionChange(
    change_id="c1",
    kind=ChangeKind.FLIP,
    state=ChangeState.CONFIRMED,
    actor_id="ann",
    issue_id="dam",
    basis=Basis.ON_RECORD,
    before_statement_id="s1",
    after_statement_id="s2",
    changed_at=datetime(2024, 3, 2, tzinfo=UTC),
    known_from=datetime(2024, 3, 3, tzinfo=UTC),
    confidence=0.8,
)


def make_channel(**fields: Any) -> Channel:
    return Channel(**({"id": "desk", "kind": "console"} | fields))


def told(channel: Channel, state: ChangeState = ChangeState.CONFIRMED) -> set[str]:
    return {make_alert_key(CHANGE.change_id, state, channel.id)}


def test_a_confirmed_change_goes_to_every_channel_that_asks_for_everything() -> None:
    one, two = make_channel(), make_channel(id="other")
    assert select_alerts([CHANGE], [one, two], already=set()) == [(CHANGE, one), (CHANGE, two)]


@pytest.mark.parametrize(
    "fields",
    [
        {"enabled": False},
        {"kinds": ("denial",)},
        {"states": ("candidate",)},
        {"actors": ("bob",)},
        {"issues": ("road",)},
        {"min_confidence": 0.81},
    ],
)
def test_each_filter_keeps_a_change_away(fields: dict[str, Any]) -> None:
    assert select_alerts([CHANGE], [make_channel(**fields)], already=set()) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"kinds": ("flip", "denial")},
        {"states": ("confirmed",)},
        {"actors": ("ann",)},
        {"issues": ("dam",)},
        {"min_confidence": 0.8},
    ],
)
def test_each_filter_lets_what_it_names_through(fields: dict[str, Any]) -> None:
    assert len(select_alerts([CHANGE], [make_channel(**fields)], already=set())) == 1


def test_an_actor_filter_also_hears_of_the_other_side_of_a_contradiction() -> None:
    change = replace(CHANGE, kind=ChangeKind.CONTRADICTION, counter_actor_id="bob")
    assert len(select_alerts([change], [make_channel(actors=("bob",))], already=set())) == 1


def test_a_change_without_an_issue_passes_no_issue_filter() -> None:
    change = replace(CHANGE, issue_id=None)
    assert select_alerts([change], [make_channel(issues=("dam",))], already=set()) == []


def test_nothing_goes_twice_to_a_channel() -> None:
    channel = make_channel()
    assert select_alerts([CHANGE], [channel], already=told(channel)) == []
    assert len(select_alerts([CHANGE, CHANGE], [channel], already=set())) == 1


def test_a_channel_added_later_hears_what_the_others_had() -> None:
    old, new = make_channel(), make_channel(id="new")
    assert select_alerts([CHANGE], [old, new], already=told(old)) == [(CHANGE, new)]


def test_a_candidate_that_is_confirmed_is_news_again() -> None:
    channel = make_channel(states=("candidate", "confirmed"))
    assert select_alerts([CHANGE], [channel], already=told(channel, ChangeState.CANDIDATE)) == [(CHANGE, channel)]


def test_a_retraction_goes_only_to_those_who_were_told() -> None:
    retracted = replace(CHANGE, state=ChangeState.RETRACTED, confidence=0.1)
    channel, stranger = make_channel(min_confidence=0.7, kinds=("denial",)), make_channel(id="stranger")
    assert select_alerts([retracted], [channel, stranger], already=told(channel)) == [(retracted, channel)]


def test_a_retraction_is_told_once() -> None:
    retracted = replace(CHANGE, state=ChangeState.RETRACTED)
    channel = make_channel()
    already = told(channel) | told(channel, ChangeState.RETRACTED)
    assert select_alerts([retracted], [channel], already=already) == []


def test_the_key_is_stable_and_differs_by_change_state_and_channel() -> None:
    key = make_alert_key("c1", ChangeState.CONFIRMED, "desk")
    assert key == "1813f7662abdaf88bfaa"
    others = {
        make_alert_key("c2", ChangeState.CONFIRMED, "desk"),
        make_alert_key("c1", ChangeState.RETRACTED, "desk"),
        make_alert_key("c1", ChangeState.CONFIRMED, "file"),
    }
    assert len(others | {key}) == 4
