"""What a response or a failure says, as the values of a FetchResult."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

import requests
import urllib3.exceptions
from urllib3.util import parse_url

from volteface.adapters.web.addresses import RefusedAddressError
from volteface.models import FetchOutcome, FetchResult


class FetchFailure(Exception):  # noqa: N818 -- never leaves adapters/web: fetch() turns it into a value
    """How a request ended that brought nothing usable."""

    def __init__(
        self,
        outcome: FetchOutcome,
        error: str,
        response: requests.Response | None = None,
        *,
        wait_seconds: float | None = None,
    ) -> None:
        super().__init__(error)
        self.outcome = outcome
        self.error = error
        self.response = response
        self.wait_seconds = wait_seconds  # for POSTPONED


_TIMEOUTS = (requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError)
_BAD_ADDRESSES = (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, requests.exceptions.MissingSchema)


def describe_response(draft: FetchResult, response: requests.Response) -> FetchResult:
    """Return the draft with what the response's head says. Validators are taken verbatim."""
    headers = response.headers
    return replace(
        draft,
        final_url=response.url,
        http_status=response.status_code,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        content_type=headers.get("content-type"),
        retry_after_seconds=read_retry_after(headers.get("retry-after"), draft.fetched_at),
    )


def read_retry_after(value: str | None, now: datetime) -> float | None:
    """Return a Retry-After header in seconds, from a number or an HTTP date; None where it is neither or negative."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        instant = parsedate_to_datetime(text) if text else None
    except (ValueError, OverflowError):
        return None
    if instant is None:
        return None
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    seconds = (aware - now).total_seconds()
    return seconds if seconds >= 0 else None


def read_length(response: requests.Response) -> int:
    """Return the announced length of the body in bytes, or 0 where none is announced."""
    text = response.headers.get("content-length", "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("9" * 19) else 0


@lru_cache(maxsize=4096)
def find_host(url: str) -> str:
    """Return host and port that a URL names, in lower case; the URL itself where it names none."""
    try:
        parts = parse_url(url)
    except urllib3.exceptions.LocationParseError:
        return url
    return f"{(parts.host or url).lower()}:{parts.port or ''}"


def classify_error(error: Exception) -> tuple[FetchOutcome, str]:
    """Return the outcome and the reason in words for an exception of requests, urllib3 or the sockets."""
    chain = list(_walk_causes(error))
    for cause in chain:
        if (cut_off := _classify_cut_off(cause)) is not None:
            return cut_off
    for cause in chain:
        if isinstance(cause, (requests.exceptions.SSLError, urllib3.exceptions.SSLError)):
            return FetchOutcome.NETWORK_ERROR, f"TLS: {_say(chain[-1])}"
        if isinstance(cause, urllib3.exceptions.DecodeError):
            return FetchOutcome.NETWORK_ERROR, "the body cannot be decoded as its Content-Encoding says"
    return FetchOutcome.NETWORK_ERROR, _say(chain[-1])


def _classify_cut_off(cause: BaseException) -> tuple[FetchOutcome, str] | None:
    """Return what one exception of a chain says, where it ended things before there was an answer; else None."""
    if isinstance(cause, RefusedAddressError):
        return FetchOutcome.REFUSED, str(cause)
    if isinstance(cause, _TIMEOUTS) and not isinstance(cause, urllib3.exceptions.NewConnectionError):
        return FetchOutcome.TIMEOUT, f"no answer in time: {_name_phase(cause)}"
    if isinstance(cause, (socket.gaierror, urllib3.exceptions.NameResolutionError)):
        return FetchOutcome.NETWORK_ERROR, "the host's name does not resolve"
    if isinstance(cause, _BAD_ADDRESSES):
        return FetchOutcome.REFUSED, f"not a usable address: {_say(cause)}"
    return None


def _walk_causes(error: Exception) -> Iterator[BaseException]:
    """Yield an exception and what is inside it: requests wraps urllib3, which wraps the sockets."""
    seen: list[BaseException] = []
    current: object = error
    while isinstance(current, BaseException) and current not in seen:
        seen.append(current)
        yield current
        inner = getattr(current, "reason", None) or next(
            (arg for arg in current.args if isinstance(arg, Exception)), None
        )
        current = inner or current.__cause__


def _name_phase(error: BaseException) -> str:
    if isinstance(error, (requests.ConnectTimeout, urllib3.exceptions.ConnectTimeoutError)):
        return "connecting"
    return "reading"


def _say(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
