"""What awaits recognition: finals in order, none lost, and at most one partial, the newest.

The bound is in seconds of sound, not in utterances, since that is what memory and lateness are made of.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from kiosk.types import SAMPLE_RATE, Utterance


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """An utterance to caption; `since` is `time.monotonic()` when it was cut out."""

    utterance: Utterance
    since: float


class Backlog:
    """A queue between the listening and the interpreting thread.

    `limit`: seconds of finals held before `put_final` waits.
    """

    def __init__(self, limit: float) -> None:
        self._limit = limit * SAMPLE_RATE
        self._finals: deque[Job] = deque()
        self._partial: Job | None = None
        self._samples = 0
        self._closed = False
        self._changed = threading.Condition()

    @property
    def seconds(self) -> float:
        """Sound of the finals that wait."""
        with self._changed:
            return self._samples / SAMPLE_RATE

    def put_final(self, job: Job) -> None:
        """Queue an utterance that is over; waits while the backlog is full, gives up only when aborted."""
        with self._changed:
            # One utterance is always taken, however long, or a small limit could never be met.
            self._changed.wait_for(lambda: self._closed or not self._finals or self._samples < self._limit)
            if self._closed:
                return
            self._partial = None
            self._finals.append(job)
            self._samples += job.utterance.samples.size
            self._changed.notify_all()

    def put_partial(self, job: Job) -> None:
        """Replace whatever partial waits."""
        with self._changed:
            if not self._closed:
                self._partial = job
                self._changed.notify_all()

    def get(self) -> Job | None:
        """The next final, else the newest partial, waiting for either; None once closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._finals or self._partial is not None)
            if self._finals:
                job = self._finals.popleft()
                self._samples -= job.utterance.samples.size
                self._changed.notify_all()
                return job
            job_or_none, self._partial = self._partial, None
            return job_or_none

    def close(self) -> None:
        """No more will come; what waits will still be handed out."""
        with self._changed:
            self._closed = True
            self._partial = None
            self._changed.notify_all()

    def abort(self) -> None:
        """No more will come, and what waits is forgotten."""
        with self._changed:
            self._closed = True
            self._partial = None
            self._finals.clear()
            self._samples = 0
            self._changed.notify_all()
