"""Worker processes come to what this process comes to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from saying import SETTING, report, say

from volteface.adapters.workers import Fault, FaultKind, WorkerPool
from volteface.errors import WorkerError
from volteface.positions.batch import GroupTask, follow_groups, split_tasks
from volteface.stages import following
from volteface.stages.following import open_followers

END = say("support", "20").stated_at.date()


def make_tasks(count: int) -> list[GroupTask]:
    return [
        GroupTask(
            (f"a{number}", "i"),
            [
                make(stance, day, actor_id=f"a{number}", rationale=f"reason {number}")
                for make, stance, day in ((report, "support", "2"), (say, "support", "5"), (say, "oppose", "9"))
            ],
            None,
            [END],
        )
        for number in range(count)
    ]


@pytest.fixture
def always_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "FEW", 1)
    monkeypatch.setattr(following, "_STATEMENTS_A_CALL", 4)


@pytest.mark.usefixtures("always_apart")
def test_processes_give_the_same_answers_in_the_same_order() -> None:
    tasks = make_tasks(7)
    with open_followers(SETTING, 21, workers=2) as followers:
        apart = followers.begin(tasks, [])()

    assert apart == follow_groups(tasks, [], SETTING)
    assert [answer[0][0].actor_id for answer in apart] == [f"a{number}" for number in range(7)]
    assert all(changes for _, changes, _ in apart)


@pytest.mark.usefixtures("always_apart")
def test_states_can_be_taken_up_in_another_process() -> None:
    (first,) = make_tasks(1)
    later = say("support", (END + timedelta(days=9)).isoformat(), actor_id="a0")
    ((_, _, states),) = follow_groups([first], [], SETTING)
    task = first._replace(statements=[later], start=states[END], settle_on=[])
    with open_followers(SETTING, 4, workers=2) as followers:
        ((positions, changes, _),) = followers.begin([task], [])()

    assert [position.stance for position in positions] == ["oppose", "support"]
    assert [(change.kind, change.before_statement_id) for _, change in changes] == [
        ("flip", first.statements[2].statement_id)
    ]


def test_state_of_another_making_has_no_answer() -> None:
    (task,) = make_tasks(1)

    assert follow_groups([task._replace(start="eJw=")], [], SETTING) == [None]


@pytest.mark.usefixtures("always_apart")
def test_lost_process_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WorkerPool, "_call", lambda *_: Fault(FaultKind.CRASHED, "its process is gone"))

    with (
        open_followers(SETTING, 3, workers=2) as followers,
        pytest.raises(WorkerError, match="follow_groups: its process is gone"),
    ):
        followers.begin(make_tasks(1), [])()


@pytest.mark.parametrize(("count", "workers"), [(following.FEW - 1, 2), (10 * following.FEW, 1)])
def test_few_statements_or_one_worker_need_no_process(count: int, workers: int) -> None:
    with open_followers(SETTING, count, workers) as followers:
        assert followers._pool is None


def test_parts_hold_about_so_many_statements() -> None:
    tasks = make_tasks(5)

    assert [len(part) for part in split_tasks(tasks, 6)] == [2, 2, 1]
    assert [len(part) for part in split_tasks(tasks, 1)] == [1] * 5
    assert list(split_tasks([], 6)) == []
