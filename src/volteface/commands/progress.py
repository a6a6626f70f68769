"""A progress bar on standard error, where that is a terminal; nothing elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from volteface.stages.job import Progress as Report
from volteface.stages.job import show_no_progress


@contextmanager
def show_progress() -> Iterator[Report]:
    """Lend a function (stage, done, total) that moves one bar a stage; it does nothing where nobody watches."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield show_no_progress
        return
    columns = (TextColumn("{task.description:>8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield report
