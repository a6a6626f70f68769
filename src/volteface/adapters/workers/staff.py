"""The nursery and the workers, as seen from the program that uses them."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from volteface.adapters.workers.limits import WorkerLimits
from volteface.adapters.workers.wire import NUMBER_BYTES, load_answer, receive_message, send_message
from volteface.errors import WorkerError

STOP_SECONDS = 5.0
START_SECONDS = 60.0  # for the nursery to import what it must, on a busy machine
_BOOT = (
    "import json, sys; options = json.loads(sys.argv[1]); sys.path[:] = options.pop('path'); "
    "from volteface.adapters.workers.nursery import run; run(**options)"
)
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
_KEPT = frozenset({"PATH", "HOME", "LANG", "TZ", "TMPDIR", "VIRTUAL_ENV"})
_KEPT_PREFIXES = ("PYTHON", "LC_", "LD_", "DYLD_")


def choose_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return what a worker needs of the environment, which may hold secrets; numeric libraries run one thread."""
    return {
        key: value for key, value in environ.items() if key in _KEPT or key.startswith(_KEPT_PREFIXES)
    } | _ONE_THREAD


class Worker:
    """One process that answers one call at a time."""

    def __init__(self, pid: int, channel: socket.socket) -> None:
        self.pid = pid
        self.call_count = 0
        self._channel = channel

    def ask(self, arguments: bytes, *, max_bytes: int, deadline: float) -> Any:
        """Return the answer to one call. Raises TimeoutError, EOFError, OSError, ValueError, UnpicklingError."""
        self.call_count += 1
        send_message(self._channel, arguments, deadline=deadline)
        return load_answer(receive_message(self._channel, max_bytes=max_bytes, deadline=deadline))

    def hang_up(self) -> None:
        """Close our end: an idle worker ends by it. Whoever is reading from it gets an end of file."""
        with suppress(OSError):  # it hung up first
            self._channel.shutdown(socket.SHUT_RDWR)
        self._channel.close()


class Nursery:
    """Hires and dismisses workers for one function. Its process is started with the first worker. Thread-safe."""

    def __init__(self, function: Callable[..., Any], limits: WorkerLimits) -> None:
        self._options = {
            "module": function.__module__,
            "name": function.__name__,
            "memory_megabytes": limits.memory_megabytes,
            "file_megabytes": limits.file_megabytes,
            "seconds": limits.seconds,
            "result_bytes": limits.result_bytes,
        }
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._workers: dict[int, Worker] = {}
        self._is_closed = False

    def hire(self) -> Worker:
        """Return a fresh worker. A nursery that has died is replaced once. Raises WorkerError."""
        with self._lock:
            if self._is_closed:
                reason = "the pool is closed"
                raise WorkerError(self._name, reason)
            try:
                return self._hire()
            except (OSError, EOFError):
                self._stop()
            try:
                return self._hire()
            except (OSError, EOFError) as error:
                self._stop()
                reason = f"no worker process can be started: {error or 'it ended at once'}"
                raise WorkerError(self._name, reason) from error

    def dismiss(self, worker: Worker) -> int | None:
        """End a worker, at work or not, and return its exit code (a signal's is negative), None where it is unknown."""
        with self._lock:
            worker.hang_up()
            if self._workers.pop(worker.pid, None) is None or self._control is None:
                return None
            try:
                return self._request(b"D" + worker.pid.to_bytes(NUMBER_BYTES))
            except (OSError, EOFError):
                self._stop()
                return None

    def close(self) -> None:
        """End the nursery and all its workers."""
        with self._lock:
            self._is_closed = True
            self._stop()

    @property
    def _name(self) -> str:
        return f"{self._options['module']}.{self._options['name']}"

    def _hire(self) -> Worker:
        if self._control is None:
            self._start()
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                pid = self._request(b"H" + bytes(NUMBER_BYTES), theirs)
        except BaseException:
            ours.close()
            raise
        worker = self._workers[pid] = Worker(pid, ours)
        return worker

    def _start(self) -> None:
        """Start the nursery in a fresh interpreter."""
        self._control, theirs = socket.socketpair()
        self._control.settimeout(START_SECONDS)
        options = json.dumps(self._options | {"path": sys.path})
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and code
                [sys.executable, "-c", _BOOT, options],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env=choose_environment(os.environ),
                start_new_session=True,  # Ctrl-C is for the program; its end is theirs
            )

    def _request(self, message: bytes, descriptor: socket.socket | None = None) -> int:
        """Return the number that the nursery answers. Raises OSError and EOFError where it has died."""
        if self._control is None:
            raise EOFError
        if descriptor is None:
            self._control.sendall(message)
        else:
            socket.send_fds(self._control, [message], [descriptor.fileno()])
        answer = self._control.recv(NUMBER_BYTES, socket.MSG_WAITALL)
        if len(answer) < NUMBER_BYTES:
            raise EOFError
        return int.from_bytes(answer, signed=True)

    def _stop(self) -> None:
        """End all workers and the nursery: when its control socket closes, it kills those that are still at work."""
        for worker in self._workers.values():
            worker.hang_up()
        self._workers.clear()
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
