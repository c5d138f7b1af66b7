"""What was said last, kept in memory so that it can be recognised or translated again: bounded, forgotten at a word."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Final

from kiosk.types import SAMPLE_RATE, Translation, Utterance

_NONE: Final = range(0)


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """An utterance that has its final caption: its sound, its words, and what they became."""

    utterance: Utterance
    said: str
    translation: Translation


class Recent:
    """Settled utterances, the newest `limit` seconds of sound.

    Sound that is dropped is overwritten first: whoever finds an utterance is given a copy of its sound, and whoever has
    one kept does not read it any more.
    """

    def __init__(self, limit: float) -> None:
        self._limit = limit * SAMPLE_RATE
        self._settled: OrderedDict[int, Settled] = OrderedDict()
        self._forgotten = _NONE
        self._lock = threading.Lock()

    @property
    def seconds(self) -> float:
        """Sound that is kept."""
        with self._lock:
            return sum(settled.utterance.seconds for settled in self._settled.values())

    def keep(self, settled: Settled) -> bool:
        """Add one, or replace it, and drop the oldest ones that no longer fit. False if it is to be forgotten."""
        number = settled.utterance.id
        with self._lock:
            if (replaced := self._settled.get(number)) is not None:
                _overwrite(replaced)
            if number in self._forgotten:
                _overwrite(settled)
                return False
            self._settled[number] = settled
            samples = sum(kept.utterance.samples.size for kept in self._settled.values())
            while samples > self._limit:
                _, dropped = self._settled.popitem(last=False)
                samples -= dropped.utterance.samples.size
                _overwrite(dropped)
        return True

    def find(self, utterance_id: int) -> Settled | None:
        """The utterance, if it is still here, with a copy of its sound."""
        with self._lock:
            settled = self._settled.get(utterance_id)
            if settled is None:
                return None
            return replace(settled, utterance=replace(settled.utterance, samples=settled.utterance.samples.copy()))

    def forget(self, numbers: range = _NONE) -> None:
        """Drop all of them, and keep none of these numbers from now on: what is not settled yet."""
        with self._lock:
            self._forgotten = numbers
            for settled in self._settled.values():
                _overwrite(settled)
            self._settled.clear()


def _overwrite(settled: Settled) -> None:
    settled.utterance.samples.fill(0)
