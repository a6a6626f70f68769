"""What is remembered of hosts: until when one wants to be left alone, and what its robots.txt says."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus

from protego import Protego

from volteface.models import FetchOutcome, FetchResult, HostState

MIN_WAIT = timedelta(seconds=60)
MAX_WAIT = timedelta(hours=24)
JITTER_SHARE = 0.25  # of the wait, at most: those that were sent away together need not come back together
FAILURES = 3  # in a row that cost time, and a host is left alone for DEAD_WAIT: its other pages would cost the same
DEAD_WAIT = timedelta(minutes=10)
ROBOTS_KEPT = timedelta(hours=24)  # RFC 9309, 2.4
ROBOTS_RETRY = timedelta(hours=1)  # one that cannot be had, which forbids everything: RFC 9309, 2.3.1.4
MAX_CRAWL_DELAY_SECONDS = 60.0


class HostBook:
    """States of hosts, from those of earlier runs on. Thread-safe; ``changed`` returns what is to be saved."""

    def __init__(self, states: Iterable[HostState] = (), *, draw: Callable[[], float] = random.random) -> None:
        self._states = {state.host: state for state in states}
        self._changed: set[str] = set()
        self._failures: dict[str, int] = {}
        self._parsed: dict[str, tuple[str, Protego]] = {}
        self._draw = draw
        self._lock = threading.Lock()

    def changed(self) -> tuple[HostState, ...]:
        """Return the states that are other than they were, by host."""
        with self._lock:
            return tuple(self._states[host] for host in sorted(self._changed))

    def wait_seconds(self, host: str, now: datetime) -> float:
        """Return how long a host wants to be left alone yet; 0 where it may be asked."""
        state = self._states.get(host)
        if state is None or state.wait_until is None:
            return 0.0
        left = (state.wait_until - now).total_seconds()
        return left if 0 < left <= MAX_WAIT.total_seconds() * (1 + JITTER_SHARE) else 0.0  # a clock that went back

    def note(self, host: str, result: FetchResult, now: datetime) -> None:
        """Learn from how a request to a host ended: 429, 503 with a Retry-After, or failures that cost time."""
        is_failure = result.outcome is FetchOutcome.TIMEOUT or (
            result.outcome is FetchOutcome.NETWORK_ERROR and result.http_status is None
        )
        with self._lock:
            self._failures[host] = self._failures.get(host, 0) + 1 if is_failure else 0
            wait = self._choose_wait(host, result)
            if wait is not None:
                self._put(replace(self._get(host), wait_until=now + wait * (1 + JITTER_SHARE * self._draw())))

    def _choose_wait(self, host: str, result: FetchResult) -> timedelta | None:
        asked = result.retry_after_seconds
        if result.http_status == HTTPStatus.TOO_MANY_REQUESTS or (
            result.http_status == HTTPStatus.SERVICE_UNAVAILABLE and asked is not None
        ):
            seconds = min(asked or 0.0, MAX_WAIT.total_seconds())
            return max(timedelta(seconds=seconds), MIN_WAIT)
        return DEAD_WAIT if self._failures[host] >= FAILURES else None

    # ---------------------------------------------------------------------------------------------------------- robots
    def has_robots(self, host: str, now: datetime) -> bool:
        """Tell whether a host's robots.txt was asked for, and not too long ago."""
        state = self._states.get(host)
        until = state.robots_until if state else None
        return until is not None and now < until <= now + ROBOTS_KEPT

    def save_robots(self, host: str, text: str | None, now: datetime) -> None:
        """Keep a robots.txt: empty where the host has none, None where it cannot be had."""
        until = now + (ROBOTS_RETRY if text is None else ROBOTS_KEPT)
        with self._lock:
            self._put(replace(self._get(host), robots_text=text, robots_until=until))

    def may_fetch(self, url: str, host: str, agent: str) -> bool | None:
        """Tell whether a host's robots.txt lets an agent read a URL; None where the file cannot be had."""
        rules = self._rules(host)
        return None if rules is None else rules.can_fetch(url, agent)

    def crawl_delay_seconds(self, host: str, agent: str) -> float:
        """Return the pause that a host's robots.txt asks for, 60 s at most; 0 where it asks for none."""
        rules = self._rules(host)
        delay = rules.crawl_delay(agent) if rules is not None else None
        return min(max(delay or 0.0, 0.0), MAX_CRAWL_DELAY_SECONDS)

    def _rules(self, host: str) -> Protego | None:
        state = self._states.get(host)
        if state is None or state.robots_text is None:
            return None
        known = self._parsed.get(host)
        if known is None or known[0] != state.robots_text:
            known = self._parsed[host] = (state.robots_text, Protego.parse(state.robots_text))
        return known[1]

    def _get(self, host: str) -> HostState:
        return self._states.get(host) or HostState(host=host)

    def _put(self, state: HostState) -> None:
        self._states[state.host] = state
        self._changed.add(state.host)
