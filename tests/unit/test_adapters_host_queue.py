"""Each host is asked one thing at a time, hosts in turn, and rests in between."""

from __future__ import annotations

from volteface.adapters.web.host_queue import HostQueue


def make_queue(items: str) -> HostQueue[str]:
    return HostQueue(items.split(), host_of=lambda item: item[0])


def test_hosts_take_turns_and_a_busy_one_is_passed_over():
    queue = make_queue("a1 a2 b1 a3 c1")

    assert [queue.take(0) for _ in range(4)] == ["a1", "b1", "c1", None]
    queue.release("a1", rest_until=0)
    assert [queue.take(0), queue.take(0)] == ["a2", None]


def test_host_rests_until_its_time():
    queue = make_queue("a1 a2 b1 b2")
    assert [queue.take(0), queue.take(0)] == ["a1", "b1"]
    queue.release("a1", rest_until=5)
    queue.release("b1", rest_until=3)

    assert (queue.next_time(), queue.take(2.9)) == (3, None)
    assert [queue.take(6), queue.take(6), queue.take(6)] == ["b2", "a2", None]


def test_last_item_of_a_host_leaves_nothing_to_wait_for():
    queue = make_queue("a1")
    assert queue.take(0) == "a1"
    queue.release("a1", rest_until=99)

    assert queue.next_time() is None


def test_what_was_not_taken_can_be_taken_away():
    queue = make_queue("a1 a2 b1 c1")
    assert [queue.take(0), queue.take(0)] == ["a1", "b1"]
    queue.release("a1", rest_until=9)

    assert queue.drain() == ["a2", "c1"]
    assert (queue.take(99), queue.next_time()) == (None, None)
    queue.release("b1", rest_until=9)
    assert queue.take(99) is None
