"""The writer's lock and the cycle's: files of their own beside the database, because DuckDB's own lock does not wait.

The writer's is held while the database is open, the cycle's from a cycle's begin to its end. Both live with the process:
one that is killed lets go of them. Neither opens the database file: closing any descriptor of that file in the same process would drop DuckDB's POSIX lock.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from volteface.errors import RunActiveError, WarehouseError, WarehouseLockedError


def describe_process() -> str:
    """Name this process so that ``is_process_alive`` can tell it from a later one with the same number."""
    return f"{socket.gethostname()}:{os.getpid()}:{_start_ticks(os.getpid())}"


def is_process_alive(process: str) -> bool:
    """Tell whether a process named by ``describe_process`` still runs on this host; one of another host does not."""
    host, _, rest = process.partition(":")
    pid, _, ticks = rest.partition(":")
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it lives, as somebody else
    return _start_ticks(int(pid)) == ticks


@contextmanager
def hold_writer_lock(path: Path, *, wait_seconds: float) -> Iterator[None]:
    """Hold the lock of the database at ``path``; wait for it, then raise WarehouseLockedError naming its holder.

    ``<path>.lock`` is locked; ``<path>.holder`` says by whom, for people, and is removed at the end. Raises
    WarehouseError where the lock's file cannot be made.
    """
    with _hold(path, "", wait_seconds) as who:
        if who is not None:
            raise WarehouseLockedError(path, f"another run is writing: {path}.lock {who}; waited {wait_seconds:g} s")
        yield


@contextmanager
def hold_run_lock(path: Path) -> Iterator[None]:
    """Hold the lock of cycles over the database at ``path``, or raise RunActiveError at once: cycles do not queue up."""
    with _hold(path, ".run", 0) as who:
        if who is not None:
            raise RunActiveError(path, f"another cycle is under way: {path}.run.lock {who}; this one is skipped")
        yield


@contextmanager
def _hold(path: Path, kind: str, wait_seconds: float) -> Iterator[str | None]:
    """Hold a lock and yield None; where another process keeps it, yield in words who."""
    lock = FileLock(f"{path}{kind}.lock")
    holder = Path(f"{path}{kind}.holder")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=wait_seconds)
    except Timeout:
        yield _describe_holder(holder)
        return
    except OSError as error:
        raise WarehouseError(path, f"its lock {lock.lock_file} cannot be made: {error.strerror}") from error
    try:
        with suppress(OSError):  # on a full disk people do not learn who holds it; the lock holds all the same
            holder.write_text(describe_process(), encoding="utf-8")
        yield None
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _describe_holder(holder: Path) -> str:
    try:
        process = holder.read_text(encoding="utf-8").split(":")
    except OSError:
        process = []  # it has just let go, or has not written its name yet
    return "is held" + (f" by process {process[1]} on {process[0]}" if len(process) > 1 else "")


def _start_ticks(pid: int) -> str:
    """Return when a process started, in the kernel's ticks; empty where there is no /proc."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except OSError:
        return ""
