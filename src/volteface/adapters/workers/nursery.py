"""The process that workers are forked from: it has imported the parsers, runs no thread and never sees a hostile byte.

Started with a fresh interpreter, as the program itself may hold threads and an open database, which must not be
forked. A fork of this process costs milliseconds where a fresh interpreter costs the parsers' import, so a worker that
was killed is replaced at once. It ends when the program does, however that ends: its control socket then closes.

On the control socket (standard input) two requests are known: ``H`` with one end of a socket pair hires a worker that
serves it, and answers its process id; ``D`` with a process id kills and reaps it, and answers its exit code.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import resource
import signal
import socket
from collections.abc import Callable
from typing import Any

from volteface.adapters.workers.limits import MEGABYTE
from volteface.adapters.workers.wire import NUMBER_BYTES, Fault, FaultKind, receive_message, send_message

REQUEST_BYTES = 1 + NUMBER_BYTES
CPU_ALLOWANCE = 2.0  # times the wall limit: only for a worker that nobody is left to kill


def run(
    module: str, name: str, *, memory_megabytes: int, file_megabytes: int, seconds: float, result_bytes: int
) -> None:
    """Import the function and serve hires and dismissals until the control socket closes."""
    function = getattr(importlib.import_module(module), name)
    gc.collect()
    gc.freeze()  # what is imported is never looked at again, so that forks go on sharing its memory
    control = socket.socket(fileno=0)
    workers: set[int] = set()
    while request := _read_request(control):
        verb, number, channel = request
        if verb == b"D":
            answer = _dismiss(number)
            workers.discard(number)
        else:
            answer = os.fork()
            if answer == 0:
                control.close()
                megabytes = memory_megabytes, file_megabytes
                _serve(channel, function, megabytes, seconds=seconds, result_bytes=result_bytes)
            channel.close()
            workers.add(answer)
        try:
            control.sendall(answer.to_bytes(NUMBER_BYTES, signed=True))
        except BrokenPipeError:
            break  # the program was killed while it waited for this
    for pid in workers:
        _dismiss(pid)


def _read_request(control: socket.socket) -> tuple[bytes, int, socket.socket] | None:
    try:
        message, descriptors, _, _ = socket.recv_fds(control, REQUEST_BYTES, 1)
    except ConnectionResetError:
        return None  # the program was killed before it read our last answer
    if len(message) < REQUEST_BYTES:
        return None
    channel = socket.socket(fileno=descriptors[0]) if descriptors else control
    return message[:1], int.from_bytes(message[1:]), channel


def _dismiss(pid: int) -> int:
    """Kill a worker, if it still lives, and return its exit code: negative where a signal ended it."""
    os.kill(pid, signal.SIGKILL)  # not reaped yet, so the number is still this worker's
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _serve(
    channel: socket.socket,
    function: Callable[..., Any],
    megabytes: tuple[int, int],
    *,
    seconds: float,
    result_bytes: int,
) -> None:
    """Answer calls until the channel closes, then end the process. Never returns, never raises."""
    exit_code = 1
    try:
        _close_doors(*megabytes)
        while True:
            arguments = receive_message(channel)
            _limit_cpu(seconds)
            answer, is_sound = _answer(function, arguments, result_bytes)
            send_message(channel, answer)
            if not is_sound:
                break
    except (EOFError, OSError):
        exit_code = 0
    finally:
        os._exit(exit_code)  # nothing that was inherited is flushed or closed twice


def _answer(function: Callable[..., Any], arguments: bytes, result_bytes: int) -> tuple[bytes, bool]:
    """Return the pickled value or fault, and whether this process may take another call."""
    try:
        positional, named = pickle.loads(arguments)  # noqa: S301 -- from the program, not from the web
        answer = pickle.dumps(function(*positional, **named))
        if len(answer) <= result_bytes:
            return answer, True
        fault = Fault(FaultKind.TOO_LARGE, f"the result takes more than {result_bytes} bytes")
    except MemoryError:
        fault = Fault(FaultKind.OUT_OF_MEMORY, "it needed more memory than a worker may use")
    except RecursionError:
        fault = Fault(FaultKind.CRASHED, "it is nested too deep")
    except Exception as error:  # noqa: BLE001 -- whatever a parser raises is the outcome of its one input
        fault = Fault(FaultKind.CRASHED, f"{type(error).__name__}: {error}"[:300])
    return pickle.dumps(fault), fault.kind is not FaultKind.OUT_OF_MEMORY


def _close_doors(memory_megabytes: int, file_megabytes: int) -> None:
    """Take away what a parser does not need: memory beyond the limit, files to write, streams, core dumps."""
    memory = memory_megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_megabytes * MEGABYTE, file_megabytes * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)


def _limit_cpu(seconds: float) -> None:
    """Let the kernel end this process where it goes on computing long after its caller should have killed it."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(usage.ru_utime + usage.ru_stime + CPU_ALLOWANCE * seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))
