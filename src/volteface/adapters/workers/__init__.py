"""Functions called in processes that can be killed: a crash, a hang or a flood of memory is a value of that one call."""

from __future__ import annotations

from volteface.adapters.workers.limits import WorkerLimits
from volteface.adapters.workers.pool import WorkerPool
from volteface.adapters.workers.wire import Fault, FaultKind

__all__ = ["Fault", "FaultKind", "WorkerLimits", "WorkerPool"]
