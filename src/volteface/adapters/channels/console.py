"""The console channel: the alert as plain text on a stream."""

from __future__ import annotations

from typing import TextIO

from volteface.config.channels import Channel
from volteface.errors import ChannelError
from volteface.models import Alert

_RULE = "-" * 78


def send_console(channel: Channel, alert: Alert, *, stream: TextIO) -> None:
    """Write the alert to the stream, without colours; the subject only where the body does not begin with it.

    What the stream's encoding lacks is written as an escape.

    Raises ChannelError where the stream is closed or does not take it.
    """
    subject = "" if alert.body.startswith(alert.subject) else f"{alert.subject}\n\n"
    text = f"{_RULE}\n{subject}{alert.body}\n"
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except (OSError, ValueError) as error:  # ValueError: the stream is closed
        raise ChannelError(channel.id, f"the stream does not take it: {error}") from error
