"""A journal beside the database of the cycles that were told to be saved: it shows what a damaged database has lost.

DuckDB drops the tail of a truncated log without a word, and a log that was moved aside takes its runs with it. The
journal is a plain file, one JSON line a cycle, written and synced after the database has committed that cycle's end.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from volteface.errors import WarehouseError
from volteface.models import Run


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A cycle that was saved."""

    run_id: str
    flow: str
    started_at: datetime


def find_journal(path: Path) -> Path:
    """Return where the journal of a database is."""
    return Path(f"{path}.journal")


def note_run(path: Path, run: Run) -> None:
    """Add a cycle that the database has committed. Raises WarehouseError where the disk does not take it."""
    line = {"run_id": run.run_id, "flow": run.flow, "started_at": run.started_at.isoformat()}
    journal = find_journal(path)
    try:
        with journal.open("ab", buffering=0) as file:
            file.write(json.dumps(line).encode() + b"\n")
            os.fsync(file.fileno())
    except OSError as error:
        raise WarehouseError(journal, f"cannot be written: {error.strerror}") from error


def read_journal(path: Path) -> list[JournalLine]:
    """Return the cycles that were saved, oldest first, once each; a line that a crash cut off is passed over."""
    try:
        lines = find_journal(path).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    found = [_read_line(line) for line in lines]
    return list({line.run_id: line for line in found if line is not None}.values())


def _read_line(text: str) -> JournalLine | None:
    try:
        row = json.loads(text)
        return JournalLine(str(row["run_id"]), str(row["flow"]), datetime.fromisoformat(row["started_at"]))
    except (ValueError, KeyError, TypeError):
        return None
