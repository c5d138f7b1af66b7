"""Rules on a mute source and on a machine that slept; and that nothing here is timed by a clock that people can set."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from kiosk import paths
from kiosk.types import FRAME_SAMPLES, SAMPLE_RATE
from kiosk.watching import LEAST_SLEEP, MUTE_AFTER, RENEW_AFTER, MuteWatch, SleepWatch, seconds_asleep

ZEROS = np.zeros(FRAME_SAMPLES, np.float32)
LEAST_NOISE = np.full(FRAME_SAMPLES, 1 / 32_768, np.float32)

OF_THE_DAY = {("cli/bench.py", "datetime.now"), ("cli/phrasebook.py", "date.today"), ("keep.py", "datetime.now")}
"""Where the clock on the wall is meant: dates that people read."""


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
    found = {(name, call) for file in (paths.ROOT / "kiosk").rglob("*.py") for name, call in settable_clocks(file)}
    assert found <= OF_THE_DAY
    assert found, "nothing is found any more: look at how this test looks"


def settable_clocks(file: Path) -> Iterator[tuple[str, str]]:
    """Every use in a file of a clock that jumps when the time of day is set."""
    names = {"time.time", "time.time_ns", "datetime.now", "datetime.today", "datetime.utcnow", "date.today"}
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        name = ".".join(ast.unparse(node).split(".")[-2:]) if isinstance(node, ast.Attribute) else ""
        if name in names:
            yield str(file.relative_to(paths.ROOT / "kiosk")), name
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield str(file.relative_to(paths.ROOT / "kiosk")), f"from time import {node.names[0].name}"
