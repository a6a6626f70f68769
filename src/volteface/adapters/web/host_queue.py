"""Take work from a list so that no host gets more than a few requests at once, and no thread waits for one."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class HostQueue(Generic[T]):
    """Items in their order, except that those of a busy host are passed over until it is free. Not thread-safe."""

    def __init__(self, items: Iterable[T], *, host_of: Callable[[T], str], per_host: int) -> None:
        self._host_of = host_of
        self._per_host = per_host
        self._waiting: dict[str, deque[T]] = {}
        self._busy: Counter[str] = Counter()
        for item in items:
            self._waiting.setdefault(host_of(item), deque()).append(item)
        self._free = deque(self._waiting)

    def take(self) -> T | None:
        """Return the next item of a host that may be asked, taking hosts in turn; None if there is none now."""
        if not self._free:
            return None
        host = self._free.popleft()
        item = self._waiting[host].popleft()
        self._busy[host] += 1
        if self._waiting[host] and self._busy[host] < self._per_host:
            self._free.append(host)
        return item

    def release(self, item: T) -> None:
        """Tell that an item is done: its host may be asked again."""
        host = self._host_of(item)
        was_full = self._busy[host] >= self._per_host
        self._busy[host] -= 1
        if self._waiting[host] and was_full:
            self._free.append(host)
