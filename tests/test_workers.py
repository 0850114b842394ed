"""Work shared between processes: same results, in the same order, and no failure lost."""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import sys
import threading
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maille.workers import (
    PARTS,
    SHARE,
    begin,
    count_cores,
    iterate_in_processes,
    map_in_processes,
    start_in_process,
)
from tests.doses import SITES

ITEMS = list(range(SHARE * 4 + 3))


def square(some: Iterable[int]) -> Iterator[int]:
    return (item * item for item in some)


@settings(max_examples=SITES)
@given(st.integers(0, SHARE * 4), st.integers(1, 5))
def test_results_are_those_of_one_process(count: int, processes: int) -> None:
    items = list(range(count))
    assert map_in_processes(square, items, processes) == [item * item for item in items]


def test_several_processes_do_the_work() -> None:
    pids = map_in_processes(lambda some: [os.getpid() for _ in some], ITEMS, 3)
    assert len(set(pids)) == 3
    assert os.getpid() in pids


def test_who_meets_a_long_item_takes_fewer() -> None:
    items = list(range(PARTS * 2))
    waiting, done = os.pipe()

    def work(some: Iterable[int]) -> Iterator[int]:
        for item in some:
            if item == items[0]:  # as long as the rest takes
                select.select([waiting], [], [], 30)
            if item == items[-1]:
                os.write(done, b".")
            yield os.getpid()

    pids = map_in_processes(work, items, 2)
    assert [item for item in items if pids[item] == os.getpid()] == [0, PARTS]


def test_little_work_stays_here() -> None:
    assert set(map_in_processes(lambda some: [os.getpid() for _ in some], [1, 2, 3], 8)) == {
        os.getpid()
    }


@pytest.mark.parametrize("wrong", [0, 1], ids=["here", "in another process"])
def test_a_failure_is_raised_with_its_traceback(wrong: int) -> None:
    def work(some: Iterable[int]) -> list[int]:
        done = list(some)
        if wrong in done:
            message = "a bug of ours"
            raise KeyError(message)
        return done

    with pytest.raises((KeyError, RuntimeError), match="a bug of ours") as raised:
        map_in_processes(work, ITEMS, 2)
    assert wrong == 0 or "Traceback" in str(raised.value)


def test_a_process_that_dies_is_told() -> None:
    def work(some: Iterable[int]) -> list[int]:
        done = list(some)
        if 1 in done:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    with pytest.raises(RuntimeError, match="died"):
        map_in_processes(work, ITEMS, 2)


def test_a_process_that_dies_while_it_answers_is_told() -> None:
    whole = pickle.dumps
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pickle, "dumps", lambda answer, *_: whole(answer)[:-9])
        with pytest.raises(RuntimeError, match="died"):
            map_in_processes(square, ITEMS, 2)


def test_a_result_that_cannot_travel_is_told_with_its_traceback() -> None:
    def work(some: Iterable[int]) -> list[object]:
        return [(lambda: 1) for _ in some]

    with pytest.raises(RuntimeError, match=r"(?s)Traceback.*pickle"):
        map_in_processes(work, ITEMS, 2)


def test_no_process_is_left_behind() -> None:
    pids = {*map_in_processes(lambda some: [os.getpid() for _ in some], ITEMS, 4)} - {os.getpid()}
    assert len(pids) == 3
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_process_with_threads_does_not_fork() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert count_cores() == 1
    finally:
        stop.set()
        thread.join()


def test_a_work_begun_is_done_by_another_process() -> None:
    result = start_in_process(os.getpid, 2)
    assert result() not in {None, os.getpid()}


def test_a_work_begun_where_there_is_one_process_is_left_undone() -> None:
    assert start_in_process(os.getpid, 1)() is None


@pytest.mark.parametrize("processes", [1, 2])
def test_a_result_is_there_wherever_it_was_made(processes: int) -> None:
    pid = begin(os.getpid, processes)()
    assert (pid == os.getpid()) == (processes == 1)


def test_a_work_begun_that_fails_is_told_when_it_is_asked_for() -> None:
    def work() -> int:
        message = "a bug of ours"
        raise KeyError(message)

    result = start_in_process(work, 2)
    with pytest.raises(RuntimeError, match="a bug of ours"):
        result()


def test_a_work_that_nobody_asks_for_any_more_is_ended() -> None:
    told, tell = os.pipe()

    def work() -> None:
        os.write(tell, str(os.getpid()).encode())
        select.select([], [], [], 600)

    result = start_in_process(work, 2)
    pid = int(os.read(told, 20))
    del result
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_works_that_become_garbage_together_end_without_a_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    warned: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", warned.append)
    # A build that stops keeps them in the frames of its exception, which refer to one another.
    waits: list[object] = [start_in_process(os.getpid, 2) for _ in range(4)]
    waits.append(waits)
    del waits
    gc.collect()
    assert warned == []


def test_what_comes_before_is_done_here_while_the_others_work() -> None:
    here: list[int] = []

    def work(items: Iterable[int]) -> Iterator[int]:
        return (os.getpid() for _ in items)

    done = map_in_processes(work, range(SHARE * 2), 2, lambda: here.append(os.getpid()))
    assert here == [os.getpid()]
    assert len({os.getpid(), *done}) == 2
    assert map_in_processes(work, [1], 2, lambda: here.append(0)) == [os.getpid()]
    assert here == [os.getpid()]


def test_results_made_here_come_one_by_one() -> None:
    drawn: list[int] = []

    def work(some: Iterable[int]) -> Iterator[int]:
        for item in some:
            drawn.append(item)
            yield os.getpid()

    results = iterate_in_processes(work, ITEMS, 2)
    assert next(results) == (0, os.getpid())
    assert drawn == [0]
    assert {0, *(index for index, _ in results)} == set(range(len(ITEMS)))


def test_results_of_the_others_come_between_those_of_this_process() -> None:
    sent, send = os.pipe()
    here = os.getpid()

    def work(some: Iterable[int]) -> Iterator[int]:
        for item in some:
            if item == 0:  # until the other process has sent its first result
                os.read(sent, 1)
            yield os.getpid()
            if os.getpid() != here:
                os.write(send, b".")

    results = iterate_in_processes(work, ITEMS, 2)
    assert [next(results)[1], next(results)[1] == here] == [here, False]


def test_a_process_that_has_ended_is_not_read_again() -> None:
    def work(some: Iterable[int]) -> Iterator[int]:
        for item in some:
            if item == 0:  # until the other process has ended
                os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
            yield item

    assert map_in_processes(work, ITEMS, 2) == ITEMS
