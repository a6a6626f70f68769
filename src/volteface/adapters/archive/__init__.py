"""Captures: what was fetched, kept as WARC, and read again in place of the web."""

from __future__ import annotations

from volteface.adapters.archive.reader import CaptureReader
from volteface.adapters.archive.replay import ReplayAdapter
from volteface.adapters.archive.writer import CaptureWriter

__all__ = ["CaptureReader", "CaptureWriter", "ReplayAdapter"]
