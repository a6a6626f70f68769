"""Answer requests from a capture in place of the network, on the capture's clock."""

from __future__ import annotations

import http
import io
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse

# Bodies are captured decoded and whole: these headers would describe the wire, which is gone.
_WIRE_HEADERS = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection"})


class CapturedAnswer(Protocol):
    """What a capture gives for an address: see archive_reader.Snapshot."""

    @property
    def status(self) -> int: ...  # noqa: D102 -- see Snapshot
    @property
    def headers(self) -> dict[str, str]: ...  # noqa: D102 -- see Snapshot
    @property
    def payload(self) -> bytes: ...  # noqa: D102 -- see Snapshot


class ReplayAdapter(BaseAdapter):
    """A requests transport that knows only what was captured at the clock's time or before.

    An address that was not captured by then is a ConnectionError, as a dead host would be. Validators that match what
    is captured give 304, as the server would have.
    """

    def __init__(self, find: Callable[[str, datetime], CapturedAnswer | None], clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._find = find
        self._clock = clock
        self._builder = HTTPAdapter()  # builds requests' Response of urllib3's; never connects

    def send(self, request: requests.PreparedRequest, *_args: Any, **_kwargs: Any) -> requests.Response:
        """Answer from the capture. Raises requests.ConnectionError for an address that it does not hold (yet)."""
        answer = self._find(request.url or "", self._clock())
        if answer is None:
            message = "the capture holds no answer of this address at this time"
            raise requests.ConnectionError(message, request=request)
        is_same = answer.status == http.HTTPStatus.OK and _matches(request.headers, answer.headers)
        status = http.HTTPStatus.NOT_MODIFIED if is_same else answer.status
        raw = HTTPResponse(
            body=io.BytesIO(b"" if is_same else answer.payload),
            headers={name: value for name, value in answer.headers.items() if name not in _WIRE_HEADERS},
            status=int(status),
            reason=http.HTTPStatus(status).phrase if status in set(http.HTTPStatus) else None,
            preload_content=False,
        )
        return self._builder.build_response(request, raw)

    def close(self) -> None:
        """Do nothing: the capture stays readable."""


def _matches(asked: Mapping[str, str | bytes], captured: Mapping[str, str]) -> bool:
    """Tell whether a conditional request names what is captured; the ETag decides where one was sent."""
    if "If-None-Match" in asked:
        return asked["If-None-Match"] == captured.get("etag")
    return "If-Modified-Since" in asked and asked["If-Modified-Since"] == captured.get("last-modified")
