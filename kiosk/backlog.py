"""What awaits recognition: finals in order, none lost, and at most one utterance still open, the newest.

The bound is in seconds of sound, not in utterances, since that is what memory and lateness are made of.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from typing import Final

from kiosk.types import SAMPLE_RATE, Utterance


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """An utterance to caption; `since` is `time.monotonic()` when it was cut out, `floor` as in `Context`."""

    utterance: Utterance
    since: float
    floor: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A settled utterance that was in `language` after all; `since` is `time.monotonic()` when a person said so."""

    utterance_id: int
    language: str
    since: float


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that a person typed, in `language`: for a settled utterance, or for one that was never spoken.

    `since` is `time.monotonic()` when they were entered.
    """

    utterance_id: int
    text: str
    language: str
    since: float


@dataclass(frozen=True, slots=True)
class Review:
    """A settled utterance whose translation is to be translated back."""

    utterance_id: int


MOST_REVIEWS: Final = 4
"""Reviews that nobody asked for and that wait for an idle moment; the oldest go first."""


class Backlog:
    """A queue between the listening and the interpreting thread.

    `limit`: seconds of finals held before `put_final` waits, or refuses.
    """

    def __init__(self, limit: float) -> None:
        self._limit = limit * SAMPLE_RATE
        self._asked: deque[Correction | Review | Wording] = deque()
        self._reviews: deque[Review] = deque(maxlen=MOST_REVIEWS)
        self._finals: deque[Job] = deque()
        self._open: Job | None = None
        self._samples = 0
        self._closed = False
        self._aborted = False
        self._changed = threading.Condition()

    @property
    def seconds(self) -> float:
        """Sound of the finals that wait."""
        with self._changed:
            return self._samples / SAMPLE_RATE

    def put_final(self, job: Job, *, wait: bool) -> bool:
        """Queue an utterance that is over. False if it was refused, because the backlog is full or was aborted.

        `wait`: until there is room, as a recording can; a microphone goes on meanwhile.
        """
        with self._changed:
            if wait:
                self._changed.wait_for(lambda: self._closed or self._has_room)
            if self._closed or not self._has_room:
                return False
            self._open = None
            self._finals.append(job)
            self._samples += job.utterance.samples.size
            self._changed.notify_all()
            return True

    def put_open(self, job: Job) -> None:
        """Replace whatever open utterance waits."""
        with self._changed:
            if not self._closed:
                self._open = job
                self._changed.notify_all()

    def put_asked(self, wish: Correction | Review | Wording) -> None:
        """A person waits for it: it goes first."""
        with self._changed:
            if not self._closed:
                self._asked.append(wish)
                self._changed.notify_all()

    def put_review(self, review: Review) -> None:
        """For when nothing else is to be done, the end of a recording included."""
        with self._changed:
            if not self._aborted:
                self._reviews.append(review)
                self._changed.notify_all()

    def get(self) -> Job | Correction | Review | Wording | None:
        """What was asked for, else the next final, else the open utterance, else a review, waiting for any.

        None once closed and empty.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._holds_something)
            if self._asked:
                return self._asked.popleft()
            if self._finals:
                job = self._finals.popleft()
                self._samples -= job.utterance.samples.size
                self._changed.notify_all()
                return job
            if self._open is not None:
                job, self._open = self._open, None
                return job
            return self._reviews.popleft() if self._reviews else None

    def forget_reviews(self) -> None:
        """Drop those that wait: what they are of is forgotten."""
        with self._changed:
            self._reviews.clear()

    def goes_on(self, utterance: Utterance) -> bool:
        """Whether more of this open utterance has been said and waits, so that it is no longer worth much care."""
        with self._changed:
            return self._open is not None and self._open.utterance.end > utterance.end

    def close(self) -> None:
        """No more will come; what waits will still be handed out."""
        with self._changed:
            self._closed = True
            self._open = None
            self._changed.notify_all()

    def abort(self) -> None:
        """No more will come, and what waits is forgotten, its sound overwritten: nobody else has it."""
        with self._changed:
            for job in (*self._finals, self._open):
                if job is not None:
                    job.utterance.samples.fill(0)
            self._closed = self._aborted = True
            self._open = None
            self._asked.clear()
            self._reviews.clear()
            self._finals.clear()
            self._samples = 0
            self._changed.notify_all()

    @property
    def _holds_something(self) -> bool:
        return bool(self._asked or self._finals or self._open is not None or self._reviews)

    @property
    def _has_room(self) -> bool:
        # One utterance is always taken, however long, or a small limit could never be met.
        return not self._finals or self._samples < self._limit
