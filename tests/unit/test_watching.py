"""Rules on a mute source and on a machine that slept; and that nothing here is timed by a clock that people can set."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from kiosk import paths
from kiosk.types import FRAME_SAMPLES, SAMPLE_RATE
from kiosk.watching import LEAST_SLEEP, MUTE_AFTER, RENEW_AFTER, LagWatch, MuteWatch, SleepWatch, seconds_asleep

ZEROS = np.zeros(FRAME_SAMPLES, np.float32)
LEAST_NOISE = np.full(FRAME_SAMPLES, 1 / 32_768, np.float32)

DATES = {"date.today", "datetime.now"}
WITHOUT_DATES = {
    "adapters", "backlog.py", "bounded.py", "captioning.py", "draft.py", "hearing.py", "interpreting.py", "lateness.py",
    "listening.py", "pipeline.py", "recent.py", "segmenter.py", "signals.py", "ui", "watching.py", "wishes.py",
}  # fmt: skip
"""Where nothing is a date for people to read, and so no clock on the wall is needed."""


def frames(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE / FRAME_SAMPLES)


def test_zeros_are_mute_within_3_seconds_and_the_least_sound_ends_it() -> None:
    watch = MuteWatch()
    changes = [watch.hear(ZEROS) for _ in range(frames(MUTE_AFTER))]
    assert changes == [False] * (len(changes) - 1) + [True]
    assert watch.mute
    assert MUTE_AFTER < 3
    assert not watch.hear(ZEROS)
    assert watch.hear(LEAST_NOISE)
    assert not watch.mute


def test_zeros_between_sounds_are_not_mute() -> None:
    watch = MuteWatch()
    for _ in range(10):
        assert not any(watch.hear(ZEROS) for _ in range(frames(MUTE_AFTER) - 1))
        assert not watch.hear(LEAST_NOISE)


def test_a_stream_is_renewed_after_10_20_and_40_seconds_of_zeros_and_sound_begins_anew() -> None:
    watch = MuteWatch()
    due = []
    for index in range(frames(60)):
        watch.hear(ZEROS)
        if watch.renewal_due():
            due.append(round((index + 1) * FRAME_SAMPLES / SAMPLE_RATE))
    assert due == [10, 20, 40]
    watch.hear(LEAST_NOISE)
    assert not any(watch.hear(ZEROS) is None or watch.renewal_due() for _ in range(frames(RENEW_AFTER) - 1))


BLOCK = FRAME_SAMPLES / SAMPLE_RATE


def lost(arrivals: Iterable[float]) -> float:
    """What is found to be missing where a block comes at each of these moments."""
    watch = LagWatch()
    return sum(watch.hear(now, BLOCK) for now in arrivals)


def test_blocks_that_come_in_time_in_bursts_or_from_a_clock_that_drifts_are_all_there() -> None:
    assert lost(index * BLOCK for index in range(3_000)) == 0
    assert lost((index // 5) * 5 * BLOCK for index in range(3_000)) == 0
    assert lost(index * BLOCK * 1.001 for index in range(3_000)) == 0
    assert lost(index * BLOCK * 0.999 for index in range(3_000)) == 0


def test_blocks_that_were_kept_waiting_and_then_came_at_once_are_all_there() -> None:
    assert lost(max(index * BLOCK, 11.0 if 10 < index * BLOCK < 11 else 0) for index in range(3_000)) == 0


def test_sound_that_never_came_is_found_missing_once() -> None:
    arrivals = [index * BLOCK + (1.5 if index > 300 else 0.0) for index in range(1_000)]
    assert lost(arrivals) == pytest.approx(1.5, abs=0.05)


def test_sleep_is_noticed_once_and_less_than_a_second_is_none() -> None:
    clock = [5.0]
    watch = SleepWatch(lambda: clock[0])
    assert watch.slept() == 0
    clock[0] += 3_600
    assert watch.slept() == 3_600
    assert watch.slept() == 0
    clock[0] += LEAST_SLEEP / 2
    assert watch.slept() == 0


def test_this_machine_does_not_sleep_between_two_looks() -> None:
    before = seconds_asleep()
    assert seconds_asleep() - before < LEAST_SLEEP


def test_nothing_is_timed_by_a_clock_that_people_can_set() -> None:
    folder = paths.ROOT / "kiosk"
    used = {(file.relative_to(folder), clock) for file in folder.rglob("*.py") for clock in settable_clocks(file)}
    assert {clock for _, clock in used} <= DATES
    assert {file.parts[0] for file, _ in used}.isdisjoint(WITHOUT_DATES)
    assert used, "nothing is found any more: look at how this test looks"


def settable_clocks(file: Path) -> Iterator[str]:
    """Every use in a file of a clock that jumps when the time of day is set."""
    names = {"time.time", "time.time_ns", "datetime.today", "datetime.utcnow", *DATES}
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and (name := ".".join(ast.unparse(node).split(".")[-2:])) in names:
            yield name
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield f"from time import {node.names[0].name}"
