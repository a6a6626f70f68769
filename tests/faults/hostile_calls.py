"""What a parser may do to its process: functions that the workers of these tests call."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path


def answer(value: object) -> object:
    """Return the value."""
    return value


def tell_process(_value: object = None) -> int:
    """Return the process that answers."""
    return os.getpid()


def die(way: str) -> str:
    """End the process in a way, or return the way."""
    if way == "segfault":
        ctypes.string_at(0)
    if way == "exit":
        os._exit(7)
    if way == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    return way


def hang(seconds: float) -> float:
    """Compute or wait: a hang that no signal handler and no thread could end in C code looks the same from outside."""
    end = time.monotonic() + abs(seconds)
    while time.monotonic() < end:
        if seconds > 0:
            time.sleep(0.01)
    return seconds


def swallow(megabytes: int) -> int:
    """Take so much memory."""
    return len(bytearray(megabytes * 1024 * 1024))


def flood(megabytes: int) -> bytes:
    """Return so much."""
    return bytes(megabytes * 1024 * 1024)


def fail(text: str) -> None:
    """Raise an error with the text."""
    raise ValueError(text)


class Trap:
    """An object whose pickle would write a file where it is loaded."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (Path(self.path),)


def set_trap(path: str) -> Trap:
    """Answer with a trap."""
    return Trap(path)


def write(path: str) -> bool:
    """Tell whether a file can be written."""
    try:
        Path(path).write_bytes(b"written")
    except OSError:
        return False
    return True


def list_open_files() -> list[str]:
    """Return what the process has open."""
    links = []
    for path in Path("/proc/self/fd").iterdir():
        try:
            links.append(str(path.readlink()))
        except OSError:  # the folder's own, closed by now
            continue
    return links


def read_environment(name: str) -> str | None:
    """Return a variable of the environment."""
    return os.environ.get(name)
