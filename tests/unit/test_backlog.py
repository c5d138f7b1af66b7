"""The queue between the two threads."""

from __future__ import annotations

import threading

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kiosk.backlog import MOST_REVIEWS, Backlog, Correction, Job, Review
from kiosk.types import SAMPLE_RATE, Stage, Utterance


def job(number: int, stage: Stage = Stage.CLOSED, seconds: float = 1.0) -> Job:
    samples = np.zeros(round(seconds * SAMPLE_RATE), np.float32)
    return Job(Utterance(number, samples, 0, samples.size, samples.size, 0.9, stage), since=0.0)


def put(backlog: Backlog, *numbers: int) -> None:
    for number in numbers:
        assert backlog.put_final(job(number), wait=True)


def taken(backlog: Backlog) -> list[int]:
    """Everything that comes out until the backlog is closed and empty."""
    numbers = []
    while (given := backlog.get()) is not None:
        numbers.append(given.utterance.id if isinstance(given, Job) else -given.utterance_id)
    return numbers


def test_finals_come_out_in_order() -> None:
    backlog = Backlog(limit=60)
    put(backlog, 1, 2, 3)
    backlog.close()
    assert taken(backlog) == [1, 2, 3]


def test_only_the_newest_open_utterance_is_kept_and_finals_go_first() -> None:
    backlog = Backlog(limit=60)
    put(backlog, 1)
    backlog.put_open(job(2, Stage.GROWING, seconds=1))
    backlog.put_open(job(2, Stage.PAUSED, seconds=2))
    first, second = backlog.get(), backlog.get()
    assert isinstance(first, Job)
    assert first.utterance.stage is Stage.CLOSED
    assert isinstance(second, Job)
    assert second.utterance.stage is Stage.PAUSED


def test_a_final_replaces_the_hypotheses_of_what_it_settles() -> None:
    backlog = Backlog(limit=60)
    backlog.put_open(job(1, Stage.PAUSED))
    put(backlog, 1)
    backlog.close()
    assert taken(backlog) == [1]


def test_a_correction_goes_before_everything_else() -> None:
    backlog = Backlog(limit=60)
    put(backlog, 2, 3)
    backlog.put_asked(Correction(1, "en", since=0.0))
    backlog.close()
    assert taken(backlog) == [-1, 2, 3]


def test_a_review_that_nobody_asked_for_waits_until_nothing_else_does() -> None:
    backlog = Backlog(limit=60)
    backlog.put_review(Review(1))
    backlog.put_open(job(3, Stage.GROWING))
    backlog.put_asked(Review(9))
    out = [backlog.get() for _ in range(3)]
    assert (out[0], out[2]) == (Review(9), Review(1))
    assert isinstance(out[1], Job)


def test_of_the_reviews_that_wait_the_oldest_are_given_up_and_all_can_be_forgotten() -> None:
    backlog = Backlog(limit=60)
    for number in range(1, MOST_REVIEWS + 3):
        backlog.put_review(Review(number))
    assert backlog.get() == Review(3)
    backlog.forget_reviews()
    backlog.close()
    assert backlog.get() is None


def test_a_full_backlog_makes_a_recording_wait_and_loses_nothing() -> None:
    backlog = Backlog(limit=1.5)

    def fill() -> None:
        put(backlog, 1, 2, 3, 4, 5)
        backlog.close()

    listener = threading.Thread(target=fill)
    listener.start()
    assert taken(backlog) == [1, 2, 3, 4, 5]
    listener.join(10)
    assert not listener.is_alive()


def test_a_full_backlog_refuses_what_cannot_wait_and_keeps_the_oldest() -> None:
    backlog = Backlog(limit=1.5)
    accepted = [backlog.put_final(job(number), wait=False) for number in (1, 2, 3)]
    backlog.close()
    assert accepted == [True, True, False]
    assert taken(backlog) == [1, 2]


def test_an_utterance_longer_than_the_limit_is_taken_all_the_same() -> None:
    backlog = Backlog(limit=1)
    assert backlog.put_final(job(1, seconds=5), wait=False)
    assert backlog.seconds == 5


def test_abort_wakes_a_waiting_reader_and_forgets_what_waits() -> None:
    backlog = Backlog(limit=60)
    numbers: list[int] = []
    reader = threading.Thread(target=lambda: numbers.extend(taken(backlog)))
    reader.start()
    backlog.abort()
    reader.join(10)
    assert not reader.is_alive()
    assert not backlog.put_final(job(1), wait=True)
    assert numbers == []
    assert backlog.get() is None
    assert backlog.seconds == 0


@given(st.lists(st.sampled_from(["final", "growing", "paused", "correction", "review", "get"]), max_size=60))
def test_whatever_the_interleaving_no_final_is_lost_or_doubled_or_out_of_order(steps: list[str]) -> None:
    backlog = Backlog(limit=1e9)
    finals: list[int] = []
    came_out: list[int] = []
    waiting = 0
    for number, step in enumerate(steps, start=1):
        match step:
            case "final":
                put(backlog, number)
                finals.append(number)
                waiting += 1
            case "growing":
                backlog.put_open(job(number, Stage.GROWING))
            case "paused":
                backlog.put_open(job(number, Stage.PAUSED))
            case "correction":
                backlog.put_asked(Correction(number, "en", since=0.0))
            case "review":
                backlog.put_review(Review(number))
            case "get" if waiting:
                given_out = backlog.get()
                if isinstance(given_out, Job):
                    assert given_out.utterance.stage is Stage.CLOSED  # as long as one waits
                    came_out.append(given_out.utterance.id)
                    waiting -= 1
    backlog.close()
    assert came_out + [number for number in taken(backlog) if number > 0] == finals


def test_the_sound_of_what_is_given_up_is_overwritten() -> None:
    backlog = Backlog(limit=60)
    final, still_open = job(1), job(2, Stage.GROWING)
    for each in (final, still_open):
        each.utterance.samples.fill(0.5)
    backlog.put_final(final, wait=True)
    backlog.put_open(still_open)
    backlog.abort()
    assert not final.utterance.samples.any()
    assert not still_open.utterance.samples.any()
