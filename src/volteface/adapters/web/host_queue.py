"""Take work from a list so that each host is asked one thing at a time, with a pause after it, and no thread waits."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class HostQueue(Generic[T]):
    """Items in their order, hosts in turn; those of a host that is busy or resting are passed over. Not thread-safe.

    Times are seconds of one clock, which the caller reads.
    """

    def __init__(self, items: Iterable[T], *, host_of: Callable[[T], str]) -> None:
        self._host_of = host_of
        self._waiting: dict[str, deque[T]] = {}
        for item in items:
            self._waiting.setdefault(host_of(item), deque()).append(item)
        self._free = deque(self._waiting)
        self._resting: list[tuple[float, str]] = []  # a heap: until when, which host

    def take(self, now: float) -> T | None:
        """Return the next item of a host that may be asked, or None if there is none now."""
        while self._resting and self._resting[0][0] <= now:
            self._free.append(heapq.heappop(self._resting)[1])
        if not self._free:
            return None
        return self._waiting[self._free.popleft()].popleft()

    def release(self, item: T, *, rest_until: float) -> None:
        """Tell that an item is done: its host may be asked again from then on."""
        host = self._host_of(item)
        if self._waiting[host]:
            heapq.heappush(self._resting, (rest_until, host))

    def next_time(self) -> float | None:
        """Return when the first resting host may be asked again, or None if none rests."""
        return self._resting[0][0] if self._resting else None

    def drain(self) -> list[T]:
        """Return all items that were not taken, and forget them."""
        left = [item for items in self._waiting.values() for item in items]
        self._waiting, self._resting = {host: deque() for host in self._waiting}, []
        self._free.clear()
        return left
