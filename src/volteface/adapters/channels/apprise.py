"""The apprise channel: mail, Slack, Telegram, a webhook: whatever one Apprise URL names.

The URL is a secret. It comes from the environment variable that the configuration names, and never appears in an
error, a log line or the warehouse.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import apprise

from volteface.config.channels import Channel
from volteface.errors import ChannelError
from volteface.models import Alert

_TALKATIVE = ("apprise", "urllib3.connectionpool")  # the second logs paths, where Telegram keeps its token
_STATUS = re.compile(r"\berror=(\d{3})\b")
_UNREACHED = re.compile(r"connection error|timed? ?out", re.IGNORECASE)


def send_apprise(channel: Channel, alert: Alert, *, environ: Mapping[str, str]) -> None:
    """Send the alert as plain text through one Apprise URL, once: trying again is the outbox's work.

    Raises ChannelError where the variable is not set, the URL is not one that Apprise knows, or the other side did not
    take the message. The reason holds the variable's name and an HTTP status at most.
    """
    assert channel.url_env is not None  # the configuration demands it of an apprise channel
    url = environ.get(channel.url_env, "").strip()
    if not url:
        raise ChannelError(channel.id, f"the environment variable {channel.url_env} is not set")
    with _collect_reasons() as reasons:
        outcome = _notify(channel, alert, url)
    if not outcome:
        raise ChannelError(channel.id, f"Apprise could not deliver it{_explain(reasons)}")


def _notify(channel: Channel, alert: Alert, url: str) -> bool:
    asset = apprise.AppriseAsset(
        app_id="volteface",
        app_desc="volteface",
        async_mode=False,
        interpret_emojis=False,
        interpret_escapes=False,
        storage_mode=apprise.PersistentStoreMode.MEMORY,
    )
    try:
        client = apprise.Apprise(asset=asset)
        added = client.add(url)
        if added and len(client) == 1:
            return bool(client.notify(title=alert.subject, body=alert.body, body_format=apprise.NotifyFormat.TEXT))
    except Exception as error:  # noqa: BLE001 -- a plugin may raise anything; its text may hold the URL, its name cannot
        raise ChannelError(channel.id, f"Apprise failed with {type(error).__name__}") from None
    wrong = "must hold one URL: give each its own channel" if len(client) > 1 else "holds no URL that Apprise knows"
    raise ChannelError(channel.id, f"the environment variable {channel.url_env} {wrong}")


class _Reasons(logging.Filter):
    """Keeps what Apprise logs on one thread, and lets none of it through to a handler."""

    def __init__(self) -> None:
        super().__init__()
        self._thread = threading.get_ident()
        self.lines: list[str] = []

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep and stop the record if it is of this thread; let any other pass."""
        if record.thread != self._thread:
            return True
        self.lines.append(record.getMessage())
        return False


@contextmanager
def _collect_reasons() -> Iterator[list[str]]:
    """Yield what Apprise gives as reasons, kept from the program's logs: they name hosts, and some name tokens."""
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    reasons = _Reasons()
    for logger in loggers:
        logger.addFilter(reasons)
    try:
        yield reasons.lines
    finally:
        for logger in loggers:
            logger.removeFilter(reasons)


def _explain(reasons: list[str]) -> str:
    """Return what may be told of the reasons: an HTTP status, or that the other side was not reached."""
    text = " ".join(reasons)
    status = _STATUS.search(text)
    if status:
        return f": the other side answered with HTTP status {status[1]}"
    return ": the other side was not reached" if _UNREACHED.search(text) else ""
