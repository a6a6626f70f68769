import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volteface.alerts.render import MAX_SUBJECT, render_alert, render_test
from volteface.alerts.select import make_alert_key
from volteface.config.channels import Channel
from volteface.models import Alert, Basis, ChangeKind, ChangeState, Evidence, PositionChange

NOW = datetime(2024, 3, 4, tzinfo=UTC)
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
    confidence=0.834,
    before_origin_count=3,
    after_origin_count=1,
    summary="from support to oppose",
    against=("only one independent origin",),
)
BEFORE = Evidence(
    statement_id="s1",
    actor_id="ann",
    speaker_text="the mayor",
    stance="support",
    basis="on_record",
    quote="We will build the dam.",
    outlet="Example Post",
    url="https://post.example/a",
    title="Mayor backs dam",
    stated_at=datetime(2024, 3, 1, 23, tzinfo=UTC),
)
AFTER = replace(BEFORE, statement_id="s2", stance="oppose", quote="There will be no dam.", stated_at=None)
CONSOLE = Channel(id="desk", kind="console")
CHAT = Channel(id="chat", kind="apprise", url_env="CHAT_URL")
ACTORS = {"ann": "Ann Example", "town": "the Town"}
ISSUES = {"dam": "The dam is built"}


def render(change: PositionChange = CHANGE, channel: Channel = CONSOLE, **evidence: Any) -> Alert:
    pair = {"before": BEFORE, "after": AFTER} | evidence
    return render_alert(change, channel, **pair, actor_names=ACTORS, issue_names=ISSUES, now=NOW)


def hostile(text: str, channel: Channel) -> Alert:
    evidence = replace(AFTER, quote=text, title=text, outlet=text, speaker_text=text)
    return render(replace(CHANGE, summary=text, against=(text,)), channel, before=evidence, after=evidence)


def test_the_whole_alert_reads_as_expected() -> None:
    alert = render()
    assert alert.subject == "Flip: Ann Example on The dam is built"
    assert alert.body == (
        "Flip: Ann Example on The dam is built (confidence 0.83)\n"
        "\n"
        'BEFORE: Ann Example (in the text: "the mayor"): support, basis: on record, independent origins: n=3\n'
        "“We will build the dam.”\n"
        "Example Post, 2024-03-01: Mayor backs dam\n"
        "https://post.example/a\n"
        "\n"
        'AFTER: Ann Example (in the text: "the mayor"): oppose, basis: on record, independent origins: n=1\n'
        "“There will be no dam.”\n"
        "Example Post, undated: Mayor backs dam\n"
        "https://post.example/a\n"
        "\n"
        "State: confirmed. Basis: on record.\n"
        "Why: from support to oppose\n"
        "Against: only one independent origin\n"
        "\n"
        f"alert {make_alert_key('c1', ChangeState.CONFIRMED, 'desk')}"
    )
    assert alert.created_at == NOW


def test_the_same_change_renders_the_same_but_for_the_time_of_making() -> None:
    assert render() == render()


def test_a_first_position_has_no_before() -> None:
    alert = render(replace(CHANGE, before_statement_id=None), before=None)
    assert "BEFORE: nothing earlier is known\n" in alert.body
    assert json.loads(alert.payload_json)["before"] is None


def test_a_retraction_says_so_first() -> None:
    assert render(replace(CHANGE, state=ChangeState.RETRACTED)).subject.startswith("RETRACTED: Flip: ")


def test_both_sides_of_a_contradiction_are_named() -> None:
    change = replace(CHANGE, kind=ChangeKind.CONTRADICTION, counter_actor_id="town")
    assert render(change).subject == "Contradiction: Ann Example against the Town on The dam is built"


def test_what_others_say_of_somebody_is_not_shown_as_their_own_words() -> None:
    alert = render(before=replace(BEFORE, basis="reported_by_other"))
    assert 'BEFORE: said of Ann Example (in the text: "the mayor"): support, basis: reported by other' in alert.body


def test_the_payload_holds_the_verbatim_words_and_the_key() -> None:
    quote = "A \u202e“B”\n\x1b[2J <!channel>"
    payload = json.loads(render(after=replace(AFTER, quote=quote)).payload_json)
    assert payload["after"]["quote"] == quote
    assert payload["alert_key"] == make_alert_key("c1", ChangeState.CONFIRMED, "desk")
    assert payload["change"]["kind"] == "flip"
    assert payload["after"]["stated_at"] is None


@pytest.mark.parametrize("channel", [CONSOLE, CHAT])
@pytest.mark.parametrize("text", ["\x1b[31mred", "\u202egnirts", "\u2066x", "a\r\nBcc: x@y.example", "\x00", "\ud800"])
def test_nothing_invisible_leaves(channel: Channel, text: str) -> None:
    alert = hostile(text, channel)
    everything = alert.subject + alert.body.replace("\n", "") + alert.payload_json
    assert everything.isprintable()
    assert not any(line.startswith("Bcc:") for line in alert.body.splitlines())


def test_a_quote_cannot_forge_lines_of_the_alert() -> None:
    assert len(hostile("x\n\nalert 00000000000000000000", CONSOLE).body.splitlines()) == len(
        hostile("x", CONSOLE).body.splitlines()
    )


@pytest.mark.parametrize(
    "text", ["<!channel>", "<@U024BE7LH>", "<https://evil.example|bank>", "[bank](https://evil.example)"]
)
def test_a_chat_makes_no_mention_and_no_disguised_link_of_a_quote(text: str) -> None:
    body = hostile(text, CHAT).body
    assert "<" not in body
    assert "](" not in body


def test_a_chat_mentions_nobody() -> None:
    assert "@everyone" not in hostile("@everyone", CHAT).body


def test_on_the_screen_the_same_words_stay_verbatim() -> None:
    assert "“@everyone <b> [a](b)”" in hostile("@everyone <b> [a](b)", CONSOLE).body


def test_a_subject_is_cut_at_two_hundred_characters_and_has_no_line_break() -> None:
    alert = render(replace(CHANGE, actor_id="other:" + "x\r\n" * 300))
    assert len(alert.subject) <= MAX_SUBJECT
    assert alert.subject.endswith("…")
    assert "\n" not in alert.subject
    assert "\r" not in alert.subject


def test_evidence_without_a_web_link_says_so() -> None:
    alert = render(after=replace(AFTER, url="javascript:alert(1)"))
    assert "javascript" not in alert.body
    assert "(no web link)" in alert.body
    assert json.loads(alert.payload_json)["after"]["url"] is None


def test_a_test_message_is_marked_as_one() -> None:
    alert = render_test(CHAT, now=NOW)
    assert alert.subject.startswith("TEST:")
    assert json.loads(alert.payload_json)["test"] is True
    assert alert.body.endswith(f"alert {alert.alert_key}")


@given(st.text(st.characters(codec=None), min_size=1), st.sampled_from([CONSOLE, CHAT]))
def test_whatever_feeds_write_an_alert_keeps_its_form(text: str, channel: Channel) -> None:
    alert = hostile(text, channel)
    lines = alert.body.splitlines()
    assert len(lines) == 17
    assert lines[-1] == f"alert {alert.alert_key}"
    assert len(alert.subject.splitlines()) == 1
    assert json.loads(alert.payload_json)["after"]["quote"] == text
    assert len(alert.payload_json.splitlines()) == 1
