"""Call a function in worker processes. Whatever the call does to its process, the caller gets a value."""

from __future__ import annotations

import pickle
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, ParamSpec, Self, TypeVar

from volteface.adapters.workers.limits import WorkerLimits
from volteface.adapters.workers.staff import Nursery, Worker
from volteface.adapters.workers.wire import Fault, FaultKind

Parameters = ParamSpec("Parameters")
Value = TypeVar("Value")
Key = TypeVar("Key")


class WorkerPool(Generic[Parameters, Value]):
    """Calls one function of a module in at most ``limits.workers`` processes. Use as a context manager.

    No process is started before the first call. A call that takes too long, too much memory or its process's life is a
    Fault, and the next call gets a fresh process. Arguments are pickled; a result may hold builtin values, datetimes
    and ``volteface.models``. Thread-safe. Raises WorkerError, out of a future, where no worker can be started at all.
    Does not shield from a function that attacks the machine: workers are limited, not jailed. POSIX only.
    """

    def __init__(self, function: Callable[Parameters, Value], limits: WorkerLimits | None = None) -> None:
        self._limits = limits or WorkerLimits()
        self._nursery = Nursery(function, self._limits)
        self._threads = ThreadPoolExecutor(self._limits.workers, thread_name_prefix="worker")
        self._idle: deque[Worker] = deque()
        self._room = threading.Condition()
        self._waiting_bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every process, also those at work; calls that were not begun are cancelled."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._nursery.close()
        self._threads.shutdown(wait=True)
        with self._room:
            self._waiting_bytes = 0
            self._room.notify_all()

    def submit(self, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Future[Value | Fault]:
        """Call the function soon. Waits first while the arguments of waiting calls take too much memory."""
        arguments = pickle.dumps((args, kwargs))
        with self._room:
            self._room.wait_for(
                lambda: not self._waiting_bytes or self._waiting_bytes + len(arguments) <= self._limits.waiting_bytes
            )
            self._waiting_bytes += len(arguments)
        return self._threads.submit(self._call, arguments)

    def call_each(
        self, items: Iterable[Key], submit: Callable[[Key], Future[Value | Fault]]
    ) -> Iterator[tuple[Key, Value | Fault]]:
        """Yield each item with the answer of the call that ``submit`` makes for it, in the items' order.

        Few calls run ahead of the item that is waited for, so that neither inputs nor results pile up.
        """
        ahead: deque[tuple[Key, Future[Value | Fault]]] = deque()
        for item in items:
            ahead.append((item, submit(item)))
            if len(ahead) > 4 * self._limits.workers:
                first, future = ahead.popleft()
                yield first, future.result()
        for item, future in ahead:
            yield item, future.result()

    def _call(self, arguments: bytes) -> Value | Fault:
        """Have one worker answer; runs in one of the pool's threads."""
        try:
            worker = self._take()
            deadline = time.monotonic() + self._limits.seconds
            answer: Value | Fault
            try:
                answer = worker.ask(arguments, max_bytes=self._limits.result_bytes, deadline=deadline)
            except TimeoutError:
                self._nursery.dismiss(worker)
                return Fault(FaultKind.TIMEOUT, f"not finished after {self._limits.seconds:g} s")
            except (EOFError, OSError, ValueError, pickle.UnpicklingError) as error:
                return self._explain(worker, error)
            self._give_back(worker, answer)
            return answer
        finally:
            with self._room:
                self._waiting_bytes = max(0, self._waiting_bytes - len(arguments))
                self._room.notify_all()

    def _take(self) -> Worker:
        try:
            return self._idle.pop()
        except IndexError:
            return self._nursery.hire()

    def _give_back(self, worker: Worker, answer: Value | Fault) -> None:
        is_worn = worker.call_count >= self._limits.calls_per_worker
        is_ending = isinstance(answer, Fault) and answer.kind is FaultKind.OUT_OF_MEMORY
        if is_worn or is_ending:
            self._nursery.dismiss(worker)
        else:
            self._idle.append(worker)

    def _explain(self, worker: Worker, error: Exception) -> Fault:
        """Return what became of a worker that hung up or talks nonsense; it is gone afterwards."""
        exit_code = self._nursery.dismiss(worker)
        if isinstance(error, ValueError | pickle.UnpicklingError):
            return Fault(FaultKind.CRASHED, f"its answer cannot be used: {error}")
        return Fault(FaultKind.CRASHED, describe_exit(exit_code))


def describe_exit(exit_code: int | None) -> str:
    """Return in words how a process ended."""
    if exit_code is None:
        return "its process is gone"
    return f"its process was ended by signal {-exit_code}" if exit_code < 0 else f"its process ended with {exit_code}"
