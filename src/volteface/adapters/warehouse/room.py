"""Whether there is room on the disk, before anything is begun: a disk that fills up in the middle costs a run."""

from __future__ import annotations

import shutil
from pathlib import Path

from volteface.adapters.warehouse.connection import find_log
from volteface.errors import WarehouseFullError

SIZES = 3  # of the database: itself growing, the copy that is being published, and one to spare
MEBIBYTE = 2**20


def check_room(path: Path, *, min_free_bytes: int) -> None:
    """Raise WarehouseFullError where less than ``min_free_bytes``, or thrice the database, is free beside it."""
    needed = max(min_free_bytes, SIZES * measure(path))
    free = shutil.disk_usage(path.parent).free
    if free < needed:
        reason = f"{free // MEBIBYTE} MiB free at {path.parent}, {-(-needed // MEBIBYTE)} MiB needed: nothing was begun"
        raise WarehouseFullError(path, reason)


def measure(path: Path) -> int:
    """Return the bytes of a database with its log; 0 where there is none yet. Opens neither."""
    return sum(file.stat().st_size for file in (path, find_log(path)) if file.exists())
