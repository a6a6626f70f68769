"""A call that kills, hangs or floods its worker is a value of that one call; the next call is answered."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import hostile_calls
import pytest

from volteface.adapters.workers import Fault, FaultKind, WorkerLimits, WorkerPool
from volteface.errors import WorkerError
from volteface.models import ParsedFeed, ParseStatus

LIMITS = WorkerLimits(workers=1, seconds=1.0, memory_megabytes=512, result_bytes=1 << 20)


def call(function: Any, *arguments: object, limits: WorkerLimits = LIMITS) -> Any:
    with WorkerPool(function, limits) as pool:
        return pool.submit(*arguments).result()


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def count_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def wait_until_gone(pids: list[int], seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not any(is_alive(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize(("way", "told"), [("segfault", "signal 11"), ("killed", "signal 9"), ("exit", "ended with 7")])
def test_a_process_that_dies_is_a_crash_of_its_call_and_the_next_one_is_answered(way: str, told: str):
    with WorkerPool(hostile_calls.die, LIMITS) as pool:
        started = time.monotonic()
        lost = pool.submit(way).result()
        found = pool.submit("sound").result()
        seconds = time.monotonic() - started

    assert isinstance(lost, Fault)
    assert lost.kind is FaultKind.CRASHED
    assert told in lost.reason
    assert found == "sound"
    assert seconds < 5


@pytest.mark.parametrize("seconds", [60, -60], ids=["waits", "computes"])
def test_a_call_that_hangs_is_ended_at_its_limit_and_the_next_one_is_answered(seconds: float):
    with WorkerPool(hostile_calls.hang, LIMITS) as pool:
        pool.submit(0).result()
        started = time.monotonic()
        lost = pool.submit(seconds).result()
        taken = time.monotonic() - started
        assert pool.submit(0.01).result() == 0.01

    assert lost == Fault(FaultKind.TIMEOUT, "not finished after 1 s")
    assert 1.0 <= taken < 3.0


def test_memory_beyond_the_limit_is_an_outcome_and_the_next_call_gets_a_fresh_process():
    with WorkerPool(hostile_calls.swallow, LIMITS) as pool:
        lost = pool.submit(4_000).result()
        assert pool.submit(10).result() == 10 * 1024 * 1024

    assert isinstance(lost, Fault)
    assert lost.kind is FaultKind.OUT_OF_MEMORY


def test_a_result_beyond_the_limit_is_not_taken():
    lost = call(hostile_calls.flood, 2)

    assert isinstance(lost, Fault)
    assert lost.kind is FaultKind.TOO_LARGE


def test_an_error_is_a_fault_that_says_which():
    assert call(hostile_calls.fail, "broken") == Fault(FaultKind.CRASHED, "ValueError: broken")


def test_models_come_back_as_they_are():
    feed = ParsedFeed(status=ParseStatus.OK, title="T")

    assert call(hostile_calls.answer, feed) == feed


def test_an_answer_that_would_run_code_here_is_a_crash(tmp_path: Path):
    lost = call(hostile_calls.set_trap, str(tmp_path / "sprung"))

    assert isinstance(lost, Fault)
    assert lost.kind is FaultKind.CRASHED
    assert "answer cannot be used" in lost.reason
    assert not (tmp_path / "sprung").exists()


def test_a_worker_writes_no_file_and_holds_none_of_ours(tmp_path: Path):
    with (tmp_path / "database").open("wb") as ours:
        assert call(hostile_calls.write, str(tmp_path / "written")) is False
        held = call(hostile_calls.list_open_files)

    assert ours.name not in held
    assert not (tmp_path / "written").exists() or (tmp_path / "written").stat().st_size == 0


def test_a_worker_knows_no_secret_of_our_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VOLTEFACE_CHANNEL_TOKEN", "canary")
    with WorkerPool(hostile_calls.read_environment, LIMITS) as pool:
        assert pool.submit("VOLTEFACE_CHANNEL_TOKEN").result() is None
        assert pool.submit("PATH").result() == os.environ["PATH"]


def test_nothing_is_started_before_the_first_call():
    started = time.monotonic()
    with WorkerPool(hostile_calls.answer, LIMITS) as pool:
        assert pool._nursery._process is None

    assert time.monotonic() - started < 0.1


def test_a_worker_is_replaced_after_so_many_calls():
    limits = WorkerLimits(workers=1, calls_per_worker=3)
    with WorkerPool(hostile_calls.tell_process, limits) as pool:
        processes = [pool.submit().result() for _ in range(9)]

    assert [len(set(processes[start : start + 3])) for start in (0, 3, 6)] == [1, 1, 1]
    assert len(set(processes)) == 3


def test_two_workers_work_at_once_and_one_that_hangs_delays_none_of_the_others():
    limits = WorkerLimits(workers=2, seconds=1.5)
    with WorkerPool(hostile_calls.hang, limits) as pool:
        pool.submit(0).result()
        started = time.monotonic()
        lost = pool.submit(60)
        sound = [pool.submit(0.01).result() for _ in range(20)]
        taken = time.monotonic() - started
        assert isinstance(lost.result(), Fault)

    assert sound == [0.01] * 20
    assert taken < 1.5


def test_answers_come_in_the_order_of_the_items_and_few_calls_run_ahead():
    submitted = []
    with WorkerPool(hostile_calls.answer, WorkerLimits(workers=2)) as pool:

        def submit(item: int) -> Future[Any]:
            submitted.append(item)
            return pool.submit(item)

        answers = pool.call_each(range(100), submit)
        assert next(answers) == (0, 0)
        assert len(submitted) < 12
        assert list(answers) == [(number, number) for number in range(1, 100)]


def test_arguments_that_wait_take_bounded_memory():
    limits = WorkerLimits(workers=1, waiting_bytes=100_000)
    with WorkerPool(hostile_calls.hang, limits) as pool:
        pool.submit(0).result()
        pool.submit(0.5)
        started = time.monotonic()
        with WorkerPool(hostile_calls.answer, limits) as other:
            futures = [other.submit(bytes(60_000)) for _ in range(5)]
            assert all(len(future.result()) == 60_000 for future in futures)
        assert time.monotonic() - started < 5


def test_a_nursery_that_was_killed_is_replaced():
    with WorkerPool(hostile_calls.die, LIMITS) as pool:
        pool.submit("sound").result()
        assert pool._nursery._process is not None
        os.kill(pool._nursery._process.pid, signal.SIGKILL)
        lost = pool.submit("exit").result()
        found = pool.submit("sound").result()

    assert isinstance(lost, Fault)
    assert found == "sound"


def test_a_function_that_cannot_be_imported_is_our_error(capfd: pytest.CaptureFixture[str]):
    def local() -> None:
        """Stand where no other process can find it."""

    with WorkerPool(local, LIMITS) as pool, pytest.raises(WorkerError, match="no worker process can be started"):
        pool.submit().result()

    assert "AttributeError" in capfd.readouterr().err


def test_closing_ends_every_process_at_once_also_one_that_hangs():
    pool = WorkerPool(hostile_calls.hang, WorkerLimits(workers=2, seconds=60))
    pool.submit(0).result()
    pool.submit(-60)
    time.sleep(0.1)
    assert pool._nursery._process is not None
    pids = [pool._nursery._process.pid, *pool._nursery._workers]
    started = time.monotonic()

    pool.close()

    assert time.monotonic() - started < 2
    assert wait_until_gone(pids)


def test_nothing_is_left_behind_by_a_program_that_was_killed(tmp_path: Path):
    script = (
        "import sys, time\nsys.path.insert(0, sys.argv[1])\nimport hostile_calls\n"
        "from volteface.adapters.workers import WorkerLimits, WorkerPool\n"
        "pool = WorkerPool(hostile_calls.hang, WorkerLimits(workers=2, seconds=60))\npool.submit(0).result()\n"
        "pool.submit(-60); pool.submit(-60); time.sleep(0.3)\n"
        "print(pool._nursery._process.pid, *pool._nursery._workers, flush=True)\ntime.sleep(60)\n"
    )
    folder = str(Path(hostile_calls.__file__).parent)
    with subprocess.Popen([sys.executable, "-c", script, folder], stdout=subprocess.PIPE, cwd=tmp_path) as program:
        assert program.stdout is not None
        pids = [int(word) for word in program.stdout.readline().split()]
        program.kill()

    assert len(pids) == 3
    assert wait_until_gone(pids)


def test_a_hundred_crashes_leave_no_process_and_no_descriptor_behind():
    with WorkerPool(hostile_calls.die, LIMITS) as pool:
        pool.submit("sound").result()
        before = count_descriptors()
        for _ in range(100):
            assert isinstance(pool.submit("exit").result(), Fault)
        assert len(pool._nursery._workers) <= 1
        assert count_descriptors() <= before
