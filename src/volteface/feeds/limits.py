"""How much of one entry is kept, in characters. What is longer is cut, and nothing is added where it is cut."""

from __future__ import annotations

MAX_TITLE = 1_000
MAX_SUMMARY = 100_000
MAX_AUTHOR = 200
MAX_DATE = 100
MAX_URL = 2_048
