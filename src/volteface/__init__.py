"""volteface watches the news and tells when somebody has changed position, with the words to prove it."""

from __future__ import annotations

__version__ = "0.1.0"
