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
