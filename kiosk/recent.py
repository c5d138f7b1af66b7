"""What was said last, kept in memory so that it can be recognised or translated again: bounded, forgotten at a word."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from kiosk.types import SAMPLE_RATE, Translation, Utterance


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """An utterance that has its final caption: its sound, its words, and what they became."""

    utterance: Utterance
    said: str
    translation: Translation


class Recent:
    """Settled utterances, the newest `limit` seconds of sound."""

    def __init__(self, limit: float) -> None:
        self._limit = limit * SAMPLE_RATE
        self._settled: OrderedDict[int, Settled] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def seconds(self) -> float:
        """Sound that is kept."""
        with self._lock:
            return sum(settled.utterance.seconds for settled in self._settled.values())

    def keep(self, settled: Settled) -> None:
        """Add one, or replace it, and drop the oldest ones that no longer fit."""
        with self._lock:
            self._settled[settled.utterance.id] = settled
            samples = sum(kept.utterance.samples.size for kept in self._settled.values())
            while samples > self._limit:
                _, dropped = self._settled.popitem(last=False)
                samples -= dropped.utterance.samples.size

    def find(self, utterance_id: int) -> Settled | None:
        """The utterance, if it is still here."""
        with self._lock:
            return self._settled.get(utterance_id)

    def forget(self) -> None:
        """Drop all of them."""
        with self._lock:
            self._settled.clear()
