"""Being late is told once a second, by whichever thread notices, and so is its end."""

from __future__ import annotations

import pytest

from kiosk.events import Behind, Event
from kiosk.lateness import Lateness


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    return now


def test_a_caption_that_takes_long_is_told_while_it_does(clock: list[float]) -> None:
    told: list[Event] = []
    lateness = Lateness(told.append)
    lateness.working(since=100.0)
    for now in (101.0, 103.5, 103.6, 104.5):
        clock[0] = now
        lateness.look(waiting=0.0)
    lateness.working(since=None)
    lateness.look(waiting=0.0)
    assert told == [Behind(3.5), Behind(4.5), Behind(0.0)]


def test_speech_that_waits_is_lateness_too_and_a_little_is_none(clock: list[float]) -> None:
    told: list[Event] = []
    lateness = Lateness(told.append)
    for waiting in (2.9, 8.0, 8.4, 2.0, 0.0):
        lateness.look(waiting)
    assert told == [Behind(8.0), Behind(0.0)]
