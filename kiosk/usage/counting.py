"""Counting one consultation: a fold over the events of its sessions, and a few facts that the screen tells."""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from typing import Final

from kiosk.errors import KioskError
from kiosk.events import BackTranslated, DeviceLost, Emit, Event, Failure
from kiosk.ports import OpenSession, Session
from kiosk.types import FACTS, Caption, Flag, Room
from kiosk.usage.months import MINUTES, STEPS, Month

_KINDS: Final = {
    "AudioError": "microphone",
    "AudioFileError": "microphone",
    "DeviceError": "microphone",
    "ModelError": "model",
    "ModelMissing": "model",
    "ModelDamaged": "model",
    "PackageRefused": "model",
    "AssetError": "other",
    "OutputError": "other",
    "SettingsError": "other",
    "KioskError": "other",
}
"""By the name of the error; any other was not foreseen."""


class _Heard:
    """What one session has told so far, of which a second time counts otherwise."""

    def __init__(self) -> None:
        self.settled: set[int] = set()
        self.changed: set[int] = set()
        self.doubted: set[int] = set()
        """Those with a doubt, of whichever kind."""


class _Visit:
    """From the notice to the end, with one family. Its sessions tell it from their own threads."""

    def __init__(self, now: float) -> None:
        self._lock = threading.Lock()
        self._now = now
        self._began: float | None = None
        self._counts: Counter[str] = Counter()
        self._doubts: Counter[str] = Counter()
        self._failures: Counter[str] = Counter()
        self._latencies = [0] * (len(STEPS) + 1)
        self._language = ""
        self.refused = self.asked = False

    def begin(self, room: Room, now: float) -> None:
        """The first session opens."""
        if self._began is None:
            self._began, self._language = now, room.family

    def count(self, what: str) -> None:
        """Once more."""
        with self._lock:
            self._counts[what] += 1

    def fail(self, kind: str) -> None:
        """A session stopped, or did not open."""
        with self._lock:
            self._failures[_KINDS.get(kind, "unforeseen")] += 1

    def take(self, event: Event, heard: _Heard) -> None:
        """Count what an event says, and keep nothing of it."""
        match event:
            case Caption(final=True):
                with self._lock:
                    self._take_caption(event, heard)
            case BackTranslated(number, back) if back.doubtful:
                with self._lock:
                    self._doubt(number, (Flag.MEANING,), heard)
            case DeviceLost():
                self.count("microphone")
            case Failure():
                self.fail(event.kind)
            case _:
                pass

    def _take_caption(self, caption: Caption, heard: _Heard) -> None:
        number = caption.utterance_id
        if number in heard.settled:
            if number not in heard.changed:
                heard.changed.add(number)
                self._counts["corrections"] += 1
            return
        heard.settled.add(number)
        self._counts["captions"] += 1
        self._doubt(number, tuple(flag for flag in caption.flags if flag not in FACTS), heard)
        if number > 0:  # typed text, from -1 down, waits for nobody to fall silent
            self._latencies[bisect_left(STEPS, caption.latency.total)] += 1

    def _doubt(self, number: int, flags: tuple[Flag, ...], heard: _Heard) -> None:
        self._doubts.update(flag.value for flag in flags)
        if flags and number not in heard.doubted:
            heard.doubted.add(number)
            self._counts["doubtful"] += 1

    def month(self, now: float) -> Month:
        """All of it, as something to add to a month."""
        with self._lock:
            began = self._began
            return Month(
                consultations=int(began is not None),
                refused=int(self.refused),
                interpreter=int(self.asked),
                minutes=0 if began is None else MINUTES * round((now - began) / 60 / MINUTES),
                captions=self._counts["captions"],
                doubtful=self._counts["doubtful"],
                phrases=self._counts["phrases"],
                corrections=self._counts["corrections"],
                microphone=self._counts["microphone"],
                languages={self._language: 1} if began is not None else {},
                doubts=dict(self._doubts),
                failures=dict(self._failures),
                latencies=tuple(self._latencies),
            )


class Usage:
    """Counts one visit after the other. `keep`: what becomes of each once it is over; by default it is dropped.

    `clock` in seconds. The screen tells the facts; `counted` makes sessions tell the rest.
    """

    def __init__(
        self, keep: Callable[[Month], object] = lambda month: None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._keep = keep
        self._clock = clock
        self._visit = _Visit(clock())

    def counted(self, open_session: OpenSession) -> OpenSession:
        """`open_session`, whose sessions are counted too. The first one of a visit is a consultation begun."""

        def opened(room: Room, emit: Emit) -> Session:
            visit, heard = self._visit, _Heard()
            visit.begin(room, self._clock())

            def tell(event: Event) -> None:
                visit.take(event, heard)
                emit(event)

            try:
                return open_session(room, tell)
            except KioskError as error:
                visit.fail(type(error).__name__)
                raise

        return opened

    def refused(self) -> None:
        """The family refused at the notice; however often, once a visit."""
        self._visit.refused = True

    def interpreter(self) -> None:
        """A person was asked for; once a visit."""
        self._visit.asked = True

    def phrase(self) -> None:
        """A phrase was shown."""
        self._visit.count("phrases")

    def ended(self) -> None:
        """The family has left; the next one is a visit of its own."""
        now = self._clock()
        visit, self._visit = self._visit, _Visit(now)
        month = visit.month(now)
        if not month.empty:
            self._keep(month)
