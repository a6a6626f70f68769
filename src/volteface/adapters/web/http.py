"""Fetch pages and feeds. Whatever a server does is a FetchResult; nothing that is expected raises."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import requests
import urllib3
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from volteface.adapters.web.addresses import find_refusal
from volteface.adapters.web.body import CODING, read_body
from volteface.adapters.web.connections import Watch, Watchdog
from volteface.adapters.web.host_book import HostBook
from volteface.adapters.web.host_queue import HostQueue
from volteface.adapters.web.responses import FetchFailure, classify_error, describe_response, find_host
from volteface.adapters.web.robots import MAX_ROBOTS_BYTES, check_robots
from volteface.adapters.web.tls import SharedTlsAdapter, load_tls_context
from volteface.config.settings import Collection
from volteface.models import FetchOutcome, FetchResult

PERMANENT_REDIRECTS = frozenset({301, 308})
REDIRECTS = frozenset({302, 303, 307}) | PERMANENT_REDIRECTS
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """One address to read, with what is known of it from last time. Validators go out verbatim."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None  # the digest of the body that we have: the same again is UNCHANGED
    max_bytes: int = 10 * 1024 * 1024  # decoded
    is_cut: bool = False  # a larger body is cut there, not refused
    obeys_robots: bool = False  # feeds are published for programs, pages are not


class Fetcher:
    """Reads addresses over HTTP with bounded size, time, redirects and concurrency. Use as a context manager.

    ``book`` remembers what hosts want; it is the caller's to load and save. ``transport`` answers in place of the
    network (a replay); then no name is resolved, no host is waited for and no robots.txt is read. Proxies, cookies,
    .netrc and environment variables are not used. Bodies of redirects and of errors are never read.
    """

    def __init__(
        self,
        collection: Collection,
        *,
        clock: Callable[[], datetime],
        transport: BaseAdapter | None = None,
        book: HostBook | None = None,
    ) -> None:
        self._collection = collection
        self._clock = clock
        self._is_offline = transport is not None
        self._book = book or HostBook()
        self._watchdog = Watchdog()
        self._adapter = transport or SharedTlsAdapter(
            load_tls_context(), pool_connections=2 * collection.concurrency, pool_maxsize=1
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watchdog.close()
        if not self._is_offline:  # a transport that was lent belongs to the lender
            self._adapter.close()

    def fetch_all(self, fetch_requests: Sequence[FetchRequest]) -> Iterator[FetchResult]:
        """Yield one result for each request in order of completion: at most ``concurrency`` at once, one to a host.

        A host rests after each request for ``host_pause_seconds``, or as long as its robots.txt asks. What could not
        begin within ``max_stage_minutes`` is POSTPONED.
        """
        queue = HostQueue(fetch_requests, host_of=lambda request: find_host(request.url))
        running: dict[Future[FetchResult], FetchRequest] = {}
        done: SimpleQueue[Future[FetchResult]] = SimpleQueue()
        end = time.monotonic() + self._collection.max_stage_minutes * 60
        with ThreadPoolExecutor(self._collection.concurrency, thread_name_prefix="fetch") as pool:
            try:
                while True:
                    now = time.monotonic()
                    yield from (self._postpone(request) for request in (queue.drain() if now > end else ()))
                    while len(running) < self._collection.concurrency and (request := queue.take(now)) is not None:
                        future = pool.submit(self.fetch, request)
                        running[future] = request
                        future.add_done_callback(done.put)
                    rest_until = queue.next_time()
                    if not running and rest_until is None:
                        return
                    if (finished := _await_one(done, rest_until)) is not None:
                        request = running.pop(finished)
                        queue.release(request, rest_until=time.monotonic() + self._choose_pause(request))
                        yield finished.result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _choose_pause(self, request: FetchRequest) -> float:
        """Return how many seconds the host of this request rests after it."""
        if self._is_offline:
            return 0.0
        delay = self._book.crawl_delay_seconds(find_host(request.url), self._collection.robots_name)
        return max(self._collection.host_pause_seconds, delay)

    def _postpone(self, request: FetchRequest) -> FetchResult:
        return FetchResult(
            url=request.url,
            outcome=FetchOutcome.POSTPONED,
            fetched_at=self._clock(),
            error=f"not begun within {self._collection.max_stage_minutes:g} minutes",
        )

    def fetch(self, request: FetchRequest) -> FetchResult:
        """Return what one address gave. Thread-safe. ``fetched_at`` is the clock's time when the request began."""
        started, fetched_at = time.monotonic(), self._clock()
        draft = FetchResult(url=request.url, outcome=FetchOutcome.NETWORK_ERROR, fetched_at=fetched_at)
        deadline = started + self._collection.total_timeout_seconds
        with self._watchdog.watch(request.url, deadline, self._judge) as watch:
            try:
                result = self._follow(request, draft, watch)
            except FetchFailure as failure:
                draft = draft if failure.response is None else describe_response(draft, failure.response)
                result = replace(draft, outcome=failure.outcome, error=failure.error)
                if failure.wait_seconds is not None:
                    result = replace(result, retry_after_seconds=failure.wait_seconds)
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
                outcome, reason = classify_error(error)
                result = replace(draft, outcome=outcome, error=reason)
            if watch.is_late:  # a body that was cut may look like a short one that is whole
                reason = f"not finished after {self._collection.total_timeout_seconds:g} s"
                result = replace(draft, outcome=FetchOutcome.TIMEOUT, error=reason)
        if not self._is_offline and result.outcome is not FetchOutcome.POSTPONED:
            self._book.note(find_host(watch.url), result, self._clock())
        return replace(result, duration_ms=round((time.monotonic() - started) * 1000))

    def _judge(self, address: str, port: int) -> str | None:
        settings = self._collection
        return find_refusal(address, port, private=settings.allow_private_addresses, ports=settings.ports)

    def _follow(self, request: FetchRequest, draft: FetchResult, watch: Watch) -> FetchResult:
        """Send the request and follow redirects, each hop checked like the first."""
        url, is_permanent, seen = request.url, True, {request.url}
        for _ in range(self._collection.max_redirects + 1):
            response = self._send(url, request, watch)
            try:
                if response.status_code not in REDIRECTS or "location" not in response.headers:
                    return self._read(response, request, draft, watch.deadline)
                is_permanent = is_permanent and response.status_code in PERMANENT_REDIRECTS
                url = _find_target(response)
                draft = replace(draft, moved_to=url) if is_permanent else draft
                if url in seen:  # without cookies the same question has the same answer
                    raise FetchFailure(FetchOutcome.HTTP_ERROR, "redirects that go in a circle", response)
                seen.add(url)
            finally:
                response.close()
        raise FetchFailure(FetchOutcome.HTTP_ERROR, f"more than {self._collection.max_redirects} redirects", response)

    def _send(self, url: str, request: FetchRequest, watch: Watch) -> requests.Response:
        """Send one hop through the adapter itself: a requests Session would read the bodies of redirects."""
        if not url.lower().startswith(("http://", "https://")):
            raise FetchFailure(FetchOutcome.REFUSED, "only http and https are fetched")
        prepared = requests.PreparedRequest()
        prepared.method = "GET"
        prepared.prepare_url(url, None)
        prepared.headers = self._build_headers(request)
        watch.url = prepared.url or url
        if not self._is_offline:
            self._ask_book(watch.url, request)
        left = watch.deadline - time.monotonic()
        if left <= 0:
            raise FetchFailure(FetchOutcome.TIMEOUT, "not finished in time")
        timeout = (
            min(self._collection.connect_timeout_seconds, left),
            min(self._collection.read_timeout_seconds, left),
        )
        return self._adapter.send(prepared, stream=True, timeout=timeout, verify=True)

    def _ask_book(self, url: str, request: FetchRequest) -> None:
        """Raise FetchFailure where the host of a hop wants to be left alone, or forbids the page to robots."""
        host, now = find_host(url), self._clock()
        if (seconds := self._book.wait_seconds(host, now)) > 0:
            reason = f"{host.rstrip(':')} is left alone for {seconds:.0f} s more"
            raise FetchFailure(FetchOutcome.POSTPONED, reason, wait_seconds=seconds)
        if request.obeys_robots:
            check_robots(self._book, url, self._collection.robots_name, now, self._fetch_robots)

    def _fetch_robots(self, url: str) -> FetchResult:
        return self.fetch(FetchRequest(url=url, max_bytes=MAX_ROBOTS_BYTES, is_cut=True))

    def _build_headers(self, request: FetchRequest) -> CaseInsensitiveDict[str]:
        settings = self._collection
        headers = {"User-Agent": settings.user_agent_line, "Accept": _ACCEPT, "Accept-Encoding": CODING}
        if request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        return CaseInsensitiveDict(headers)

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
        body = read_body(response, max_bytes=request.max_bytes, deadline=deadline, is_cut=request.is_cut)
        digest = hashlib.sha256(body).hexdigest()
        outcome = FetchOutcome.UNCHANGED if digest == request.body_sha256 else FetchOutcome.OK
        return replace(described, outcome=outcome, body=body, body_sha256=digest)


def _find_target(response: requests.Response) -> str:
    """Return where a redirect leads. Raises FetchFailure where it leads from https to http."""
    target = urljoin(response.url, response.headers["location"].strip())
    if response.url.startswith("https:") and target.lower().startswith("http:"):
        raise FetchFailure(FetchOutcome.REFUSED, "a redirect from https to http", response)
    return target


def _await_one(done: SimpleQueue[Future[FetchResult]], until: float | None) -> Future[FetchResult] | None:
    """Return the next request that is done, or None once the time has come."""
    try:
        return done.get(timeout=None if until is None else max(0.0, until - time.monotonic()))
    except Empty:
        return None
