"""Put a page where readers find it: the whole new one or the whole old one, never half of either."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from volteface.errors import InputError


def save_page(path: Path, page: str) -> None:
    """Write a page as UTF-8 in one rename, making its folder if need be. Raises InputError where it cannot be written."""
    making = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with making.open("w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(page)
            file.flush()
            os.fsync(file.fileno())
        making.replace(path)
    except OSError as error:
        raise InputError(path, f"cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):  # it never came to be, or its folder is none: the reason is told above
            making.unlink()
