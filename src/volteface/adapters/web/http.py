"""Fetch pages and feeds. Whatever a server does is a FetchResult; nothing that is expected raises."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import requests
import urllib3
from requests.adapters import BaseAdapter
from urllib3.util import parse_url

from volteface.adapters.web.addresses import find_refusal
from volteface.adapters.web.deadline import set_deadline
from volteface.adapters.web.host_queue import HostQueue
from volteface.adapters.web.responses import classify_error, describe_response, find_host, read_length
from volteface.adapters.web.tls import SharedTlsAdapter, load_tls_context
from volteface.config.settings import Collection
from volteface.models import FetchOutcome, FetchResult

CHUNK_BYTES = 64 * 1024
PER_HOST = 2  # requests in flight to one host
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """One address to read, with what is known of it from last time. Validators go out verbatim."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None  # the digest of the body that we have: the same again is UNCHANGED
    max_bytes: int = 10 * 1024 * 1024  # decoded


class _Failure(Exception):  # noqa: N818 -- never leaves this module: fetch() turns it into a value
    """How a request ended that brought nothing usable."""

    def __init__(self, outcome: FetchOutcome, error: str, response: requests.Response | None = None) -> None:
        super().__init__(error)
        self.outcome = outcome
        self.error = error
        self.response = response


class Fetcher:
    """Reads addresses over HTTP with bounded size, time, redirects and concurrency. Use as a context manager.

    ``transport`` answers in place of the network (a replay); names are then not resolved. Proxies, cookies, .netrc and
    environment variables are not used. Bodies of redirects and of errors are never read.
    """

    def __init__(
        self, collection: Collection, *, clock: Callable[[], datetime], transport: BaseAdapter | None = None
    ) -> None:
        self._collection = collection
        self._clock = clock
        self._is_offline = transport is not None
        self._adapter = transport or SharedTlsAdapter(
            load_tls_context(), pool_connections=4 * collection.concurrency, pool_maxsize=PER_HOST
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._is_offline:  # a transport that was lent belongs to the lender
            self._adapter.close()

    def fetch_all(self, fetch_requests: Sequence[FetchRequest]) -> Iterator[FetchResult]:
        """Yield one result for each request in order of completion: at most ``concurrency`` at once, two to a host."""
        queue = HostQueue(fetch_requests, host_of=lambda request: find_host(request.url), per_host=PER_HOST)
        running: dict[Future[FetchResult], FetchRequest] = {}
        with ThreadPoolExecutor(self._collection.concurrency, thread_name_prefix="fetch") as pool:
            try:
                while True:
                    while len(running) < self._collection.concurrency and (request := queue.take()) is not None:
                        running[pool.submit(self.fetch, request)] = request
                    if not running:
                        return
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        queue.release(running.pop(future))
                        yield future.result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def fetch(self, request: FetchRequest) -> FetchResult:
        """Return what one address gave. Thread-safe. ``fetched_at`` is the clock's time when the request began."""
        started, fetched_at = time.monotonic(), self._clock()
        draft = FetchResult(url=request.url, outcome=FetchOutcome.NETWORK_ERROR, fetched_at=fetched_at)
        try:
            result = self._follow(request, draft, deadline=started + self._collection.total_timeout_seconds)
        except _Failure as failure:
            draft = draft if failure.response is None else describe_response(draft, failure.response)
            result = replace(draft, outcome=failure.outcome, error=failure.error)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            outcome, reason = classify_error(error)
            result = replace(draft, outcome=outcome, error=reason)
        return replace(result, duration_ms=round((time.monotonic() - started) * 1000))

    def _follow(self, request: FetchRequest, draft: FetchResult, deadline: float) -> FetchResult:
        """Send the request and follow redirects, each hop checked like the first."""
        url = request.url
        for _ in range(self._collection.max_redirects + 1):
            response = self._send(url, request, deadline)
            try:
                if response.status_code not in REDIRECTS or "location" not in response.headers:
                    return self._read(response, request, draft, deadline)
                target = urljoin(response.url, response.headers["location"].strip())
                if response.url.startswith("https:") and target.lower().startswith("http:"):
                    raise _Failure(FetchOutcome.REFUSED, "a redirect from https to http", response)
                url = target
            finally:
                response.close()
        raise _Failure(FetchOutcome.HTTP_ERROR, f"more than {self._collection.max_redirects} redirects", response)

    def _send(self, url: str, request: FetchRequest, deadline: float) -> requests.Response:
        """Send one hop through the adapter itself: a requests Session would read the bodies of redirects."""
        if not url.lower().startswith(("http://", "https://")):
            raise _Failure(FetchOutcome.REFUSED, "only http and https are fetched")
        prepared = requests.Request("GET", url, headers=self._build_headers(request)).prepare()
        self._check_address(prepared.url or url)
        left = deadline - time.monotonic()
        if left <= 0:
            raise _Failure(FetchOutcome.TIMEOUT, self._name_deadline())
        timeout = (
            min(self._collection.connect_timeout_seconds, left),
            min(self._collection.read_timeout_seconds, left),
        )
        with set_deadline(deadline):
            return self._adapter.send(prepared, stream=True, timeout=timeout, verify=True)

    def _build_headers(self, request: FetchRequest) -> dict[str, str]:
        headers = {"User-Agent": self._collection.user_agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        if request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        return headers

    def _check_address(self, url: str) -> None:
        """Refuse an address outside the public internet. The URL is parsed as urllib3 will parse it to connect."""
        if self._is_offline or self._collection.allow_private_addresses:
            return
        parts = parse_url(url)
        refusal = find_refusal((parts.host or "").strip("[]"), parts.port or (443 if parts.scheme == "https" else 80))
        if refusal:
            raise _Failure(FetchOutcome.REFUSED, refusal)

    def _read(
        self, response: requests.Response, request: FetchRequest, draft: FetchResult, deadline: float
    ) -> FetchResult:
        """Return the result of the last hop, its body read if it is wanted."""
        described = describe_response(draft, response)
        if response.status_code == requests.codes.not_modified:
            return replace(described, outcome=FetchOutcome.NOT_MODIFIED)
        if not response.ok:
            reason = f"HTTP {response.status_code} {response.reason or ''}".strip()
            return replace(described, outcome=FetchOutcome.HTTP_ERROR, error=reason)
        body = self._read_body(response, request.max_bytes, deadline)
        digest = hashlib.sha256(body).hexdigest()
        outcome = FetchOutcome.UNCHANGED if digest == request.body_sha256 else FetchOutcome.OK
        return replace(described, outcome=outcome, body=body, body_sha256=digest)

    def _read_body(self, response: requests.Response, max_bytes: int, deadline: float) -> bytes:
        """Read and decode the body piece by piece. Raises _Failure past the size or the deadline.

        ``read1`` returns what has come; ``iter_content`` would wait for a whole chunk, deadline or not.
        """
        too_large = _Failure(FetchOutcome.TOO_LARGE, f"more than {max_bytes} bytes", response)
        coding = response.headers.get("content-encoding", "identity").strip().lower()
        if coding not in {"identity", "gzip", "x-gzip", "deflate", ""}:
            raise _Failure(FetchOutcome.REFUSED, f"a content coding that was not asked for: {coding[:60]}", response)
        if coding in {"identity", ""} and read_length(response) > max_bytes:
            raise too_large
        pieces: list[bytes] = []
        size = 0
        while piece := response.raw.read1(CHUNK_BYTES, decode_content=True):
            size += len(piece)
            if size > max_bytes:
                raise too_large
            pieces.append(piece)
            if time.monotonic() > deadline:
                raise _Failure(FetchOutcome.TIMEOUT, self._name_deadline(), response)
        return b"".join(pieces)

    def _name_deadline(self) -> str:
        return f"not finished after {self._collection.total_timeout_seconds:g} s"
