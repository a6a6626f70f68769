"""The file channel: one JSON object a line, on the disk for good before the alert counts as sent."""

from __future__ import annotations

import os
from pathlib import Path

from volteface.config.channels import Channel
from volteface.errors import ChannelError
from volteface.models import Alert


def send_file(channel: Channel, alert: Alert, *, home: Path) -> None:
    """Append the alert's payload to the channel's file (relative to ``home``), making the folder if need be.

    A line that an earlier crash left half written is ended first, so that it spoils only itself. Raises ChannelError
    where the file cannot be written: no right, no room, no such place.
    """
    assert channel.path is not None  # the configuration demands it of a file channel
    path = home / channel.path
    line = alert.payload_json.encode("utf-8", "backslashreplace") + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+", buffering=0) as file:
            _write_all(file.fileno(), (b"" if _ends_clean(file.fileno()) else b"\n") + line)
            os.fsync(file.fileno())
    except OSError as error:
        raise ChannelError(channel.id, f"{channel.path}: {error.strerror or error}") from error


def _ends_clean(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    return size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"


def _write_all(descriptor: int, data: bytes) -> None:
    """Write every byte: a write to a disk that is nearly full takes only some, and the next one says why."""
    while data:
        data = data[os.write(descriptor, data) :]
