"""How a notice reads: news of the collecting itself, for those who run it."""

from __future__ import annotations

import json
from datetime import datetime

from volteface.config.channels import Channel
from volteface.models import Alert, Notice, identify
from volteface.visible import show_line

NO_CHANGE = ""  # the change id of an alert that is of no change


def render_notice(notice: Notice, channel: Channel, *, now: datetime) -> Alert:
    """Return the alert of a notice for one channel. The same notice has the same key, so it is told once."""
    key = identify("notice", notice.kind, notice.feed_id or "", notice.since.isoformat(), channel.id)
    subject = show_line(
        f"Collecting: {notice.kind.value.replace('_', ' ')}" + (f": {notice.feed_id}" if notice.feed_id else "")
    )
    payload = {
        "alert_key": key,
        "channel_id": channel.id,
        "created_at": now.isoformat(),
        "notice": {
            "kind": notice.kind.value,
            "feed_id": notice.feed_id,
            "since": notice.since.isoformat(),
            "text": notice.text,
        },
    }
    return Alert(
        alert_key=key,
        change_id=NO_CHANGE,
        channel_id=channel.id,
        created_at=now,
        subject=subject,
        body=f"{subject}\n\n{show_line(notice.text)}\n\nalert {key}",
        payload_json=json.dumps(payload, sort_keys=True),
    )
