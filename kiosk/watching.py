"""Pure rules on a source of sound that may be mute, and on a machine that may have slept."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from kiosk.types import FRAME_SAMPLES, SAMPLE_RATE, Samples

MUTE_AFTER: Final = 2.5
"""Seconds of nothing but digital zeros after which a microphone counts as mute.

The quietest room leaves noise in the lowest bits; zeros come from a switch, a muted input, or a broken driver. Some
headsets send zeros too while nobody speaks: hence it is said and nothing is stopped.
"""

RENEW_AFTER: Final = 10.0
"""Seconds of zeros after which the stream is opened anew: a driver that is stuck is freed, and another default device
is found. Twice as many before each next time: a person who muted it loses nothing by that."""

LEAST_SLEEP: Final = 1.0
"""Seconds of sleep after which a stream is not trusted any more."""


LAG_WINDOW: Final = 2.0
LEAST_LAG: Final = 0.25
"""Seconds among whose blocks the least late one is looked for, and of lateness that can only be sound that was lost:
what waits to be read is 0.2 s at most (`kiosk.adapters.microphone`)."""


class MuteWatch:
    """Follows the frames of one source. Costs a waiting machine 2 µs a frame."""

    def __init__(self) -> None:
        self.mute = False
        self._zeros = 0
        self._renew_at = _frames(RENEW_AFTER)

    def hear(self, samples: Samples) -> bool:
        """Take the next frame; True when `mute` is another than before."""
        before = self.mute
        if samples.any():
            self._zeros = 0
            self.mute = False
            self._renew_at = _frames(RENEW_AFTER)
        else:
            self._zeros += 1
            self.mute = self._zeros >= _frames(MUTE_AFTER)
        return self.mute is not before

    def renewal_due(self) -> bool:
        """Whether the stream should be opened anew now; True once each time that it is due."""
        if self._zeros < self._renew_at:
            return False
        self._renew_at *= 2
        return True


class LagWatch:
    """Notices sound that a device dropped without a word, as PulseAudio does for a program that gets no processor.

    A block comes late by as much as was dropped before it, and by what it waited on its way; the least that any block
    of some seconds was late is what was dropped. The clocks of a device and of a machine drift apart by less than that.
    """

    def __init__(self) -> None:
        self._began: float | None = None
        self._given = self._least = self._before = 0.0
        self._window_ends = 0.0

    def hear(self, now: float, seconds: float) -> float:
        """Take a block of so many `seconds` that came `now`; the seconds found to be missing before it, mostly 0.0."""
        self._given += seconds
        if self._began is None:
            self._began, self._window_ends = now - self._given, now + LAG_WINDOW
        late = now - self._began - self._given
        if now < self._window_ends:
            self._least = min(self._least, late)
            return 0.0
        missing = self._least - self._before
        self._before, self._least, self._window_ends = self._least, late, now + LAG_WINDOW
        return missing if missing >= LEAST_LAG else 0.0


class SleepWatch:
    """Notices that the machine slept. `asleep`: a clock that goes on only meanwhile, in seconds."""

    def __init__(self, asleep: Callable[[], float]) -> None:
        self._asleep = asleep
        self._before = asleep()

    def slept(self) -> float:
        """Seconds of sleep since the last call, 0.0 where there were hardly any."""
        now = self._asleep()
        slept, self._before = now - self._before, now
        return slept if slept >= LEAST_SLEEP else 0.0


def seconds_asleep() -> float:
    """How long this machine has slept since it started: 0.0 where no clock tells.

    Linux counts sleep in one of its clocks and not in the one that everything here is timed by. Elsewhere a stream that
    died in the sleep is noticed like any other.
    """
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return 0.0 if clock is None else time.clock_gettime(clock) - time.monotonic()


def _frames(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE / FRAME_SAMPLES)
