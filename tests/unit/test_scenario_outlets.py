"""The scenario's seven changes, from facts that several outlets report in different words and in any order."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from saying import claim, report

from volteface.config import load_config
from volteface.models import Basis, ChangeState, QuoteType
from volteface.positions.changes import detect_changes

CONFIG = load_config(Path(__file__).parents[2])
ISSUE, EVENT = "delegation-to-washington", "rafah-meeting-washington"
PREMIER, CABINET, WHITE_HOUSE = "benjamin-netanyahu", "israel-government", "us-government"
UNNAMED = ("anonymous:us-government", "anonymous:israel-government")
PROTEST = (
    "in protest at the abstention",
    "because Washington let the resolution through",
    "over the vote in the Council",
)
MESSAGE = ("a message to Hamas", "aimed at Hamas", "to tell Hamas that pressure will not help it")

SEVEN = [
    ("contradiction", CABINET),
    ("denial", CABINET),
    ("lifecycle", CABINET),
    ("public_private_gap", PREMIER),
    ("rationale_change", PREMIER),
    ("silence", CABINET),
    ("silence", WHITE_HOUSE),
]


def tell(stance, day, actor_id, outlet, **fields):
    """Return one outlet's report of a fact."""
    place = {"article_id": f"{outlet}-{day}", "version_id": f"{outlet}-{day}", "origin_id": outlet, "issue_id": ISSUE}
    return report(stance, day, actor_id=actor_id, **(place | fields))


def put(state, day, claimed_by, about, outlet, **fields):
    place = {"article_id": f"{outlet}-{day}", "version_id": "", "origin_id": outlet, "issue_id": ISSUE}
    return claim(state, day, claimed_by, about, event_id=EVENT, **(place | fields))


def build_statements(outlets):
    for number, outlet in enumerate(outlets):
        reported = {"basis": Basis.REPORTED_BY_OTHER, "reported_by": WHITE_HOUSE}
        private = {"basis": Basis.ANONYMOUS, "is_private": True, "reported_by": UNNAMED[0]}
        yield tell("oppose", "25", PREMIER, outlet, basis=Basis.ACT, rationale=PROTEST[number])
        yield tell("support", "26", PREMIER, outlet, **private)
        yield tell("support", "27", CABINET, outlet, **reported)
        yield tell("oppose", "27", CABINET, outlet)
        yield tell("oppose", "27", PREMIER, outlet, rationale=MESSAGE[number], quote_type=QuoteType.DIRECT)
        yield tell("oppose", "31", PREMIER, outlet, strength=1)
        yield from (tell("support", "31", unnamed, outlet, basis=Basis.ANONYMOUS, strength=1) for unnamed in UNNAMED)
        yield from (tell("no_position", "31", who, outlet, is_declined=True) for who in (CABINET, WHITE_HOUSE))
        yield tell("support", "31", PREMIER, outlet, issue_id="rafah-operation")
        yield tell("support", "15", PREMIER, outlet, issue_id="rafah-operation")


def build_claims(outlets):
    for outlet in outlets:
        yield put("cancelled", "25", PREMIER, PREMIER, outlet, basis=Basis.ACT)
        yield put("requested", "26", UNNAMED[0], PREMIER, outlet, basis=Basis.ANONYMOUS, is_private=True)
        yield put("agreed", "27", WHITE_HOUSE, CABINET, outlet, basis=Basis.REPORTED_BY_OTHER)
        yield put("denied", "27", CABINET, PREMIER, outlet)
        yield put("denied", "31", PREMIER, PREMIER, outlet)
        yield from (put("scheduled", "31", who, None, outlet, basis=Basis.ANONYMOUS, mode="virtual") for who in UNNAMED)
        for who in (CABINET, WHITE_HOUSE):
            yield put("held", "2024-04-01", who, None, outlet, basis=Basis.ACT, mode="virtual")


def detect(outlets, seed=None):
    rows, claims = list(build_statements(outlets)), list(build_claims(outlets))
    if seed is not None:
        random.Random(seed).shuffle(rows)
        random.Random(seed).shuffle(claims)
    return detect_changes(rows, claims, actors=CONFIG.actors, issues=CONFIG.issues, policy=CONFIG.settings.changes)


@pytest.mark.parametrize("outlets", [["x"], ["x", "y"], ["x", "y", "z"]], ids=len)
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_scenario_gives_the_seven_changes_however_many_outlets_report_it(outlets, seed):
    assert sorted((change.kind, change.actor_id) for change in detect(outlets, seed)) == SEVEN


@pytest.mark.parametrize("outlets", [["x", "y"], ["x", "y", "z"]], ids=len)
def test_scenario_is_confirmed_by_two_outlets(outlets):
    assert {change.state for change in detect(outlets)} == {ChangeState.CONFIRMED}


def test_scenario_in_one_outlet_confirms_quotes_and_silences_alone():
    confirmed = sorted(change.kind for change in detect(["x"]) if change.state is ChangeState.CONFIRMED)

    assert confirmed == ["rationale_change", "silence", "silence"]


def test_scenario_changes_keep_their_ids_when_more_outlets_report_them():
    assert {change.change_id for change in detect(["x"])} == {change.change_id for change in detect(["x", "y", "z"])}


def test_scenario_events_own_deed_is_no_position():
    deeds = [
        tell("support", "2024-04-01", CABINET, outlet, basis=Basis.ACT, evidence_start=5, evidence_end=50)
        for outlet in ("x", "y")
    ]
    claims = [
        put("held", "2024-04-01", CABINET, None, deed.origin_id, version_id=deed.version_id, basis=Basis.ACT)
        for deed in deeds
    ]
    rows = [*build_statements(["x", "y"]), *deeds]

    changes = detect_changes(
        rows, [*build_claims(["x", "y"]), *claims],
        actors=CONFIG.actors, issues=CONFIG.issues, policy=CONFIG.settings.changes,
    )  # fmt: skip

    assert sorted((change.kind, change.actor_id) for change in changes) == SEVEN
