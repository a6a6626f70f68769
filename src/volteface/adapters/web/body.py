"""Read the body of a response, decoded, up to a size and until a deadline."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack

import requests

from volteface.adapters.web.responses import FetchFailure, read_length
from volteface.models import FetchOutcome

CODING = "gzip"  # the one that is asked for
CHUNK_BYTES = 64 * 1024
LARGE_BYTES = 1024 * 1024
LARGE_AT_ONCE = 2  # bodies beyond that are read on so many at a time: thirty-two bombs at once would hold 320 MB
LARGE_PATIENCE_SECONDS = 5.0  # then one goes on all the same: large bodies that drip must not hold up the others
_large = threading.BoundedSemaphore(LARGE_AT_ONCE)


def read_body(response: requests.Response, *, max_bytes: int, deadline: float, is_cut: bool = False) -> bytes:
    """Return the decoded body. Raises FetchFailure past the size (unless it ``is_cut`` there) or the deadline.

    Reads and decodes piece by piece, so a body that unpacks to a gigabyte costs no more than the limit. ``read1``
    returns what has come; ``iter_content`` would wait for a whole chunk, deadline or not. Only one coding is accepted.
    """
    coding = response.headers.get("content-encoding", "").strip().lower() or "identity"
    if coding not in {"identity", CODING, f"x-{CODING}"}:
        reason = f"a content coding that was not asked for: {coding[:60]}"
        raise FetchFailure(FetchOutcome.REFUSED, reason, response)
    if not is_cut and read_length(response) > max_bytes:  # announced packed, and it is larger unpacked
        raise FetchFailure(FetchOutcome.TOO_LARGE, f"more than {max_bytes} bytes", response)
    pieces: list[bytes] = []
    size = 0
    with ExitStack() as turn:
        while piece := response.raw.read1(CHUNK_BYTES, decode_content=True):
            if size <= LARGE_BYTES < size + len(piece) and _large.acquire(timeout=LARGE_PATIENCE_SECONDS):
                turn.callback(_large.release)
            size += len(piece)
            pieces.append(piece)
            if size > max_bytes:
                if is_cut:
                    break
                raise FetchFailure(FetchOutcome.TOO_LARGE, f"more than {max_bytes} bytes", response)
            if time.monotonic() > deadline:
                raise FetchFailure(FetchOutcome.TIMEOUT, "not finished in time", response)
        return b"".join(pieces)[:max_bytes]
