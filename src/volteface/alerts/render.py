"""How an alert reads: a subject, a plain-text body with both pieces of evidence, and the same as JSON.

What feeds wrote is shown so that it cannot act: nothing invisible, no line breaks of its own, links only to the web,
and, on the chat channels, none of the marks that a chat turns into mentions or disguised links.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from volteface.alerts.select import make_alert_key
from volteface.config.channels import Channel, ChannelKind
from volteface.models import Alert, Basis, ChangeState, Evidence, PositionChange, identify
from volteface.visible import show_actor, show_line, show_link

MAX_SUBJECT = 200
_STATE_PREFIX = {
    ChangeState.CANDIDATE: "Candidate: ",
    ChangeState.CONFIRMED: "",
    ChangeState.REJECTED: "Rejected: ",
    ChangeState.RETRACTED: "RETRACTED: ",
}
_MENTION = re.compile(r"@(?=\w)")


def render_alert(
    change: PositionChange,
    channel: Channel,
    before: Evidence | None,
    after: Evidence,
    *,
    actor_names: Mapping[str, str],
    issue_names: Mapping[str, str],
    now: datetime,
) -> Alert:
    """Return the alert of one change for one channel. ``now`` is the time of its making.

    Names come from the configuration; an id that is not configured is shown as it is. It does not choose channels,
    check the evidence or send anything.
    """
    key = make_alert_key(change.change_id, change.state, channel.id)
    show = _show_chat if channel.kind is ChannelKind.APPRISE else show_line
    headline = _headline(change, actor_names, issue_names)
    body = "\n".join(
        [
            show(f"{headline} (confidence {change.confidence:.2f})"),
            *_evidence_lines("BEFORE", before, change.before_origin_count, actor_names, show),
            *_evidence_lines("AFTER", after, change.after_origin_count, actor_names, show),
            "",
            *_reason_lines(change, show),
            "",
            f"alert {key}",
        ]
    )
    payload = _payload(change, channel, before, after, key=key, headline=headline, now=now)
    return Alert(
        alert_key=key,
        change_id=change.change_id,
        channel_id=channel.id,
        created_at=now,
        subject=_cut(show(headline)),
        body=body,
        payload_json=json.dumps(payload, sort_keys=True),  # ASCII, on one line: nothing in it can act on a terminal
    )


def render_test(channel: Channel, *, now: datetime) -> Alert:
    """Return a message that says it is only a test of one channel."""
    key = identify("test", channel.id, now.isoformat())
    subject = "TEST: volteface can reach this channel"
    body = f"This is a test of the channel {channel.id!r}, made at {now:%Y-%m-%d %H:%M} UTC. Nobody changed position.\n\nalert {key}"
    payload = {"alert_key": key, "channel_id": channel.id, "created_at": now.isoformat(), "test": True}
    return Alert(
        alert_key=key,
        change_id="test",
        channel_id=channel.id,
        created_at=now,
        subject=subject,
        body=body,
        payload_json=json.dumps(payload, sort_keys=True),
    )


def _headline(change: PositionChange, actor_names: Mapping[str, str], issue_names: Mapping[str, str]) -> str:
    """Say what changed in one line: state, kind, who (against whom), on what."""
    kind = change.kind.value.replace("_", " ").capitalize()
    who = show_actor(change.actor_id, actor_names)
    if change.counter_actor_id:
        who += f" against {show_actor(change.counter_actor_id, actor_names)}"
    about = f" on {issue_names.get(change.issue_id, change.issue_id)}" if change.issue_id else ""
    return f"{_STATE_PREFIX[change.state]}{kind}: {who}{about}"


def _evidence_lines(
    label: str, evidence: Evidence | None, origin_count: int, actor_names: Mapping[str, str], show: Callable[[str], str]
) -> list[str]:
    """Return the lines of one piece of evidence: who and what, the words, where and when, the link."""
    if evidence is None:
        return ["", f"{label}: nothing earlier is known"]
    name = show_actor(evidence.actor_id, actor_names)
    who = f"said of {name}" if evidence.basis == Basis.REPORTED_BY_OTHER else name  # hearsay is not a position
    named = f' (in the text: "{evidence.speaker_text}")' if evidence.speaker_text not in {"", name} else ""
    stance = evidence.stance.replace("_", " ")
    basis = evidence.basis.replace("_", " ")
    lines = [
        "",
        show(f"{label}: {who}{named}: {stance}, basis: {basis}, independent origins: n={origin_count}"),
        f"“{show(evidence.quote)}”",
        show(f"{evidence.outlet}, {_day(evidence.stated_at)}: {evidence.title}".rstrip(": ")),
    ]
    return [*lines, show_link(evidence.url) or "(no web link)"]


def _reason_lines(change: PositionChange, show: Callable[[str], str]) -> list[str]:
    """Return why the change is believed and what argues against it, one line each."""
    lines = [f"State: {change.state.value}. Basis: {change.basis.value.replace('_', ' ')}."]
    if change.summary:
        lines.append(show(f"Why: {change.summary}"))
    lines.extend(show(f"Against: {reason}") for reason in change.against)
    return lines


def _payload(
    change: PositionChange,
    channel: Channel,
    before: Evidence | None,
    after: Evidence,
    *,
    key: str,
    headline: str,
    now: datetime,
) -> dict[str, Any]:
    """Return the alert as JSON values. Quotes are verbatim here: JSON escapes what could act."""
    return {
        "alert_key": key,
        "channel_id": channel.id,
        "created_at": now.isoformat(),
        "headline": headline,
        "change": {name: _plain(value) for name, value in asdict(change).items()},
        "before": _evidence_payload(before),
        "after": _evidence_payload(after),
    }


def _evidence_payload(evidence: Evidence | None) -> dict[str, Any] | None:
    if evidence is None:
        return None
    return {name: _plain(value) for name, value in asdict(evidence).items()} | {"url": show_link(evidence.url)}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _day(moment: datetime | None) -> str:
    return "undated" if moment is None else moment.astimezone(UTC).date().isoformat()


def _show_chat(text: str) -> str:
    """Show one line so that a chat makes no mention ("<!channel>", "@everyone") and no disguised link of it."""
    plain = show_line(text).replace("<", "\u2039").replace(">", "\u203a").replace("](", "] (")
    return _MENTION.sub("@ ", plain)


def _cut(subject: str) -> str:
    return subject if len(subject) <= MAX_SUBJECT else subject[: MAX_SUBJECT - 1].rstrip() + "…"
