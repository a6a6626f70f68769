"""The writer's lock: a file of its own beside the database, because DuckDB's own lock does not wait.

It never opens the database file: closing any descriptor of that file in the same process would drop DuckDB's POSIX lock.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from volteface.errors import WarehouseLockedError


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

    ``<path>.lock`` is locked; ``<path>.holder`` says by whom, for people, and is removed at the end.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(f"{path}.lock")
    holder = Path(f"{path}.holder")
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout:
        raise WarehouseLockedError(path, _refusal(lock.lock_file, holder, wait_seconds)) from None
    try:
        holder.write_text(describe_process(), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _refusal(lock_file: str, holder: Path, wait_seconds: float) -> str:
    try:
        process = holder.read_text(encoding="utf-8").split(":")
    except OSError:
        process = []  # it has just let go, or has not written its name yet
    by = f" by process {process[1]} on {process[0]}" if len(process) > 1 else ""
    return f"another run is writing: {lock_file} is held{by}; waited {wait_seconds:g} s"


def _start_ticks(pid: int) -> str:
    """Return when a process started, in the kernel's ticks; empty where there is no /proc."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except OSError:
        return ""
