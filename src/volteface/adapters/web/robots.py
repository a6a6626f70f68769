"""Obey robots.txt as RFC 9309 says: ask for it once a day, and take a host that cannot give it for one that forbids."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urljoin

from volteface.adapters.web.host_book import ROBOTS_RETRY, HostBook
from volteface.adapters.web.responses import FetchFailure, find_host
from volteface.models import FetchOutcome, FetchResult

MAX_ROBOTS_BYTES = 512 * 1024  # what stands beyond is not read: RFC 9309, 2.5, asks for 500 KiB at least
PATH = "/robots.txt"


def check_robots(
    book: HostBook, url: str, agent: str, now: datetime, fetch_robots: Callable[[str], FetchResult]
) -> None:
    """Raise FetchFailure where a host's robots.txt does not let ``agent`` read ``url``, asking for the file if need be.

    REFUSED where it forbids; POSTPONED where the file cannot be had, which may be otherwise in an hour.
    """
    host = find_host(url)
    if not book.has_robots(host, now):
        book.save_robots(host, read_robots(fetch_robots(urljoin(url, PATH))), now)
    may_fetch = book.may_fetch(url, host, agent)
    if may_fetch is None:
        wait = ROBOTS_RETRY.total_seconds()
        raise FetchFailure(FetchOutcome.POSTPONED, "the host's robots.txt cannot be had", wait_seconds=wait)
    if not may_fetch:
        raise FetchFailure(FetchOutcome.REFUSED, "the host's robots.txt does not allow it")


def read_robots(result: FetchResult) -> str | None:
    """Return the text of a robots.txt, empty where the host has none, None where it cannot be told (RFC 9309, 2.3.1)."""
    if result.body is not None:
        return result.body.decode("utf-8-sig", errors="replace")
    status = result.http_status or 0
    is_absent = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    is_loop = status in range(HTTPStatus.MULTIPLE_CHOICES, HTTPStatus.BAD_REQUEST) and (
        result.outcome is FetchOutcome.HTTP_ERROR
    )
    return "" if (is_absent or is_loop) and status != HTTPStatus.TOO_MANY_REQUESTS else None
