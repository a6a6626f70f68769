"""Groups of actors followed in this process, or in several where there is much to follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from volteface.adapters.workers import Fault, WorkerLimits, WorkerPool
from volteface.errors import WorkerError
from volteface.models import EventClaim
from volteface.positions.batch import GroupAnswer, GroupTask, follow_groups, split_tasks
from volteface.positions.findings import Setting

FEW = 30_000  # statements that are followed before another process is up
_STATEMENTS_A_CALL = 10_000
_SECONDS = 900.0  # for a call: our own code on our own rows, which nothing from the web slows down
_MEGABYTES = 8192


class Followers:
    """Follows groups. Made by ``open_followers``."""

    def __init__(self, setting: Setting, pool: WorkerPool[..., list[GroupAnswer]] | None) -> None:
        self._setting = setting
        self._pool = pool

    def begin(self, tasks: Sequence[GroupTask], claims: Sequence[EventClaim]) -> Callable[[], list[GroupAnswer]]:
        """Begin to follow groups; return what waits for an answer for each, in their order.

        That raises WorkerError where a process is lost.
        """
        pool = self._pool
        if pool is None:
            answers = follow_groups(tasks, claims, self._setting)
            return lambda: answers
        calls = [pool.submit(part, claims, self._setting) for part in split_tasks(tasks, _STATEMENTS_A_CALL)]
        return lambda: [answer for call in calls for answer in _take(call.result())]


def _take(answers: list[GroupAnswer] | Fault) -> list[GroupAnswer]:
    if isinstance(answers, Fault):
        raise WorkerError(follow_groups.__name__, answers.reason)
    return answers


@contextmanager
def open_followers(setting: Setting, statement_count: int, workers: int) -> Iterator[Followers]:
    """Give what follows groups that hold so many statements, with so many worker processes where those are worth it."""
    if workers < 2 or statement_count < FEW:  # noqa: PLR2004 -- one process more is none
        yield Followers(setting, None)
        return
    with WorkerPool(
        follow_groups, WorkerLimits(workers=workers, seconds=_SECONDS, memory_megabytes=_MEGABYTES)
    ) as pool:
        yield Followers(setting, pool)
