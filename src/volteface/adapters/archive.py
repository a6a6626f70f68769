"""Captures: what was fetched, kept as WARC, and read again in place of the web."""

from __future__ import annotations

from volteface.adapters.archive_reader import CaptureReader
from volteface.adapters.archive_replay import ReplayAdapter
from volteface.adapters.archive_writer import CaptureWriter

__all__ = ["CaptureReader", "CaptureWriter", "ReplayAdapter"]
