"""One cycle of the pipeline."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One cycle of the pipeline and what it counted."""

    run_id: str
    flow: str
    started_at: datetime
    ended_at: datetime | None = None
    state: str = "running"  # running | completed | failed | crashed
    config_sha256: str = ""
    model_version: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    error: str | None = None
