"""How late captions are, told by both threads: while one is being made, and by how much speech waits for its turn."""

from __future__ import annotations

import threading
import time
from typing import Final

from kiosk.events import Behind, Emit

BEHIND_FROM: Final = 3.0
"""Seconds from which a person is told that captions are late."""


class Lateness:
    """Tells Behind events, one for each whole second by which they differ."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._since: float | None = None
        self._told = 0.0
        self._lock = threading.Lock()

    def working(self, since: float | None) -> None:
        """A final is being made of what was cut out at this `time.monotonic()`; None once it is there."""
        self._since = since

    def look(self, waiting: float) -> None:
        """Tell what there is to tell, where so many seconds of speech wait."""
        since = self._since
        with self._lock:
            seconds = max(waiting, time.monotonic() - since if since is not None else 0.0)
            late = seconds if seconds >= BEHIND_FROM else 0.0
            if int(late) != int(self._told):
                self._told = late
                self._emit(Behind(late))
