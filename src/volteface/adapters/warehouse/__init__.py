"""The warehouse: one DuckDB file with one writer at a time, and the snapshot that everybody else reads."""

from __future__ import annotations

from volteface.adapters.warehouse.writer import Warehouse

__all__ = ["Warehouse"]
