"""Keep what was fetched as WARC, so that evidence survives its page and a run can be replayed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from volteface.adapters.archive import CaptureWriter
from volteface.models import FetchResult
from volteface.stages.job import Job


@contextmanager
def keep_pages(job: Job, run_id: str, kind: str) -> Iterator[Callable[[FetchResult], None]]:
    """Lend a function that writes fetched bodies to this run's capture; a replay keeps nothing again.

    One file a run and kind, named by the run's start and id: CAPTURES/2024-03-27/0930-1f3a-feeds.warc.gz. One that is there
    already, of the same run killed before, is left as it is: another gets a number behind its name.
    """
    if not job.capture:
        yield lambda _result: None
        return
    now = job.clock()
    folder = job.config.path(job.config.settings.paths.captures) / f"{now:%Y-%m-%d}"
    folder.mkdir(parents=True, exist_ok=True)
    with CaptureWriter(_find_free(folder, f"{now:%H%M%S}-{run_id[:8]}-{kind}")) as writer:
        if kind == "feeds":
            writer.write_feeds(job.config.feeds)

        def keep(result: FetchResult) -> None:
            if result.http_status is not None:
                writer.write(result)

        yield keep


def _find_free(folder: Path, stem: str) -> Path:
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(path for name in names if not (path := folder / f"{name}.warc.gz").exists())
