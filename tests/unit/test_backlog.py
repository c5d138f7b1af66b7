"""The queue between the two threads."""

from __future__ import annotations

import threading

import numpy as np

from kiosk.backlog import Backlog, Job
from kiosk.types import SAMPLE_RATE, Utterance


def job(number: int, *, final: bool = True, seconds: float = 1.0) -> Job:
    samples = np.zeros(round(seconds * SAMPLE_RATE), np.float32)
    return Job(Utterance(number, samples, 0, samples.size, samples.size, 0.9, final), since=0.0)


def taken(backlog: Backlog) -> list[int]:
    """Everything that comes out until the backlog is closed and empty."""
    numbers = []
    while (next_job := backlog.get()) is not None:
        numbers.append(next_job.utterance.id)
    return numbers


def test_finals_come_out_in_order() -> None:
    backlog = Backlog(limit=60)
    for number in (1, 2, 3):
        backlog.put_final(job(number))
    backlog.close()
    assert taken(backlog) == [1, 2, 3]


def test_only_the_newest_partial_is_kept_and_finals_go_first() -> None:
    backlog = Backlog(limit=60)
    backlog.put_final(job(1))
    backlog.put_partial(job(2, final=False, seconds=1))
    backlog.put_partial(job(2, final=False, seconds=2))
    first, second = backlog.get(), backlog.get()
    assert first is not None
    assert first.utterance.final
    assert second is not None
    assert second.utterance.samples.size == 2 * SAMPLE_RATE


def test_a_final_replaces_the_partial_of_what_it_settles() -> None:
    backlog = Backlog(limit=60)
    backlog.put_partial(job(1, final=False))
    backlog.put_final(job(1))
    backlog.close()
    assert taken(backlog) == [1]


def test_a_full_backlog_makes_the_listener_wait_and_loses_nothing() -> None:
    backlog = Backlog(limit=1.5)

    def fill() -> None:
        for number in range(1, 6):
            backlog.put_final(job(number))
        backlog.close()

    listener = threading.Thread(target=fill)
    listener.start()
    assert taken(backlog) == [1, 2, 3, 4, 5]
    listener.join(10)
    assert not listener.is_alive()


def test_an_utterance_longer_than_the_limit_is_taken_all_the_same() -> None:
    backlog = Backlog(limit=1)
    backlog.put_final(job(1, seconds=5))
    assert backlog.seconds == 5


def test_abort_wakes_a_waiting_reader_and_forgets_what_waits() -> None:
    backlog = Backlog(limit=60)
    numbers: list[int] = []
    reader = threading.Thread(target=lambda: numbers.extend(taken(backlog)))
    reader.start()
    backlog.abort()
    reader.join(10)
    assert not reader.is_alive()
    backlog.put_final(job(1))
    assert numbers == []
    assert backlog.get() is None
    assert backlog.seconds == 0
