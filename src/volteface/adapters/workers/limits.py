"""What one worker process may use."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLimits:
    """The limits of one pool. Memory is address space: what the imported libraries map counts too (100-300 MB)."""

    workers: int = 2
    seconds: float = 10.0  # wall time of one call
    memory_megabytes: int = 1024
    file_megabytes: int = 0  # a file that it may write: none
    result_bytes: int = 64 * MEGABYTE
    waiting_bytes: int = 64 * MEGABYTE  # arguments of calls that wait for a worker; beyond it, submit() waits
    calls_per_worker: int = 200  # then a fresh process takes over, with what the libraries leaked left behind
