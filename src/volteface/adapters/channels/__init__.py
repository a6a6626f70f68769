"""The ways in which an alert leaves the building. A new one is a module here and a row in ``CHANNELS``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from volteface.adapters.channels.apprise import send_apprise
from volteface.adapters.channels.console import send_console
from volteface.adapters.channels.file import send_file
from volteface.config.channels import Channel, ChannelKind
from volteface.models import Alert

__all__ = ["CHANNELS", "Outside", "send"]


@dataclass(frozen=True, slots=True)
class Outside:
    """What a channel may reach: the project's folder, the environment and a stream to write on."""

    home: Path
    environ: Mapping[str, str]
    stream: TextIO


CHANNELS: Mapping[ChannelKind, Callable[[Channel, Alert, Outside], None]] = {
    ChannelKind.CONSOLE: lambda channel, alert, outside: send_console(channel, alert, stream=outside.stream),
    ChannelKind.FILE: lambda channel, alert, outside: send_file(channel, alert, home=outside.home),
    ChannelKind.APPRISE: lambda channel, alert, outside: send_apprise(channel, alert, environ=outside.environ),
}


def send(channel: Channel, alert: Alert, *, home: Path, environ: Mapping[str, str], stream: TextIO) -> None:
    """Send one alert on one channel, once. Returns when the other side has taken it; raises ChannelError otherwise.

    It looks at no filter (``alerts.select`` does) and does not try again (the outbox does).
    """
    CHANNELS[channel.kind](channel, alert, Outside(home, environ, stream))
