"""The sound of what was said last, kept in memory so that it can be recognised again: bounded, forgotten at a word."""

from __future__ import annotations

import threading
from collections import OrderedDict

from kiosk.types import SAMPLE_RATE, Utterance


class Recent:
    """Settled utterances, the newest `limit` seconds of sound."""

    def __init__(self, limit: float) -> None:
        self._limit = limit * SAMPLE_RATE
        self._utterances: OrderedDict[int, Utterance] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def seconds(self) -> float:
        """Sound that is kept."""
        with self._lock:
            return sum(utterance.seconds for utterance in self._utterances.values())

    def keep(self, utterance: Utterance) -> None:
        """Add one, and drop the oldest ones that no longer fit."""
        with self._lock:
            self._utterances[utterance.id] = utterance
            samples = sum(kept.samples.size for kept in self._utterances.values())
            while samples > self._limit:
                _, dropped = self._utterances.popitem(last=False)
                samples -= dropped.samples.size

    def find(self, utterance_id: int) -> Utterance | None:
        """The utterance, if it is still here."""
        with self._lock:
            return self._utterances.get(utterance_id)

    def forget(self) -> None:
        """Drop all of them."""
        with self._lock:
            self._utterances.clear()
