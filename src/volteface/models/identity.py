"""How things get their ids: digests of natural keys, so that every run can be done again and converge."""

from __future__ import annotations

import hashlib


def identify(*parts: object) -> str:
    """Return the stable id of a thing: 20 hexadecimal digits of the SHA-256 of its natural key."""
    key = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:20]
