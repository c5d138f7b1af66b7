"""Where an utterance begins and ends: a pure state machine over speech probabilities.

    quiet --(onset of speech)--> open --(hangover of silence | flush)--> quiet
                                  |
                                  +--(longest utterance)--> open, the next one, cut at the weakest frame

Every frame that is heard while an utterance is open belongs to exactly one utterance, or to the silence that ended it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np

from kiosk.config import SegmenterConfig
from kiosk.types import FRAME_SAMPLES, SAMPLE_RATE, AudioFrame, Utterance

HYSTERESIS: Final = 0.15
"""How far below the threshold a probability must fall to be silence again (Silero's own `neg_threshold`)."""

TAIL_FRAMES: Final = 6
"""Frames of silence (192 ms) left after the last speech: Silero lets go of a final consonant early."""

CUT_WINDOW: Final = 3.0
"""Seconds before the longest utterance among which the weakest frame is looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class _Heard:
    """A frame, and how likely it is speech."""

    frame: AudioFrame
    probability: float


@dataclass(frozen=True, slots=True)
class Opened:
    """Speech began."""

    utterance_id: int


@dataclass(frozen=True, slots=True, eq=False)
class Closed:
    """Speech ended; `utterance.final` is true."""

    utterance: Utterance


class Segmenter:
    """Cuts a stream of frames into utterances, numbered from 1 in the order in which they open."""

    def __init__(self, config: SegmenterConfig) -> None:
        self._config = config
        self._onset_frames = max(1, _frames(config.onset))
        self._hangover_frames = max(1, _frames(config.hangover))
        self._longest_frames = _frames(config.longest)
        self._before: deque[_Heard] = deque(maxlen=_frames(config.pre_roll) + self._onset_frames)
        self._speech_run = 0
        self._heard: list[_Heard] = []
        self._last_speech = 0
        self._id = 0

    @property
    def is_open(self) -> bool:
        """Somebody is speaking, or has paused for less than the hangover."""
        return bool(self._heard)

    def push(self, frame: AudioFrame, probability: float) -> list[Opened | Closed]:
        """Take the next frame and its speech probability in [0, 1]; tell what that opened or closed, in order."""
        heard = _Heard(frame, probability)
        if self.is_open:
            return self._grow(heard)
        self._before.append(heard)
        self._speech_run = self._speech_run + 1 if probability >= self._config.threshold else 0
        if self._speech_run < self._onset_frames:
            return []
        self._open(list(self._before))
        return [Opened(self._id)]

    def flush(self) -> list[Closed]:
        """End the open utterance, if any, and forget what came before: the source ended or jumped."""
        closed = [Closed(self._cut(final=True))] if self.is_open else []
        self._rest()
        return closed

    def snapshot(self) -> Utterance | None:
        """The utterance said so far, as a partial; None when nobody speaks."""
        return self._cut(final=False) if self.is_open else None

    def _open(self, heard: list[_Heard]) -> None:
        self._id += 1
        self._heard = heard
        self._last_speech = len(heard) - 1
        self._before.clear()
        self._speech_run = 0

    def _grow(self, heard: _Heard) -> list[Opened | Closed]:
        self._heard.append(heard)
        last = len(self._heard) - 1
        if heard.probability >= self._config.threshold - HYSTERESIS:
            self._last_speech = last
        elif last - self._last_speech >= self._hangover_frames:
            closed = Closed(self._cut(final=True))
            self._rest()
            return [closed]
        if len(self._heard) >= self._longest_frames:
            return self._split()
        return []

    def _split(self) -> list[Opened | Closed]:
        """Close at the weakest of the last frames and go on with the rest as the next utterance."""
        first = len(self._heard) - min(_frames(CUT_WINDOW), len(self._heard) // 2)
        weakest = min(range(first, len(self._heard)), key=lambda index: self._heard[index].probability)
        rest = self._heard[weakest:]
        last_speech = self._last_speech - weakest
        self._heard = self._heard[:weakest]
        self._last_speech = min(self._last_speech, weakest - 1)
        closed = Closed(self._cut(final=True))
        self._open(rest)
        self._last_speech = max(0, last_speech)
        return [closed, Opened(self._id)]

    def _cut(self, *, final: bool) -> Utterance:
        said = self._heard[: self._last_speech + 1]
        kept = [heard.frame for heard in self._heard[: self._last_speech + 1 + TAIL_FRAMES]]
        return Utterance(
            id=self._id,
            samples=np.concatenate([frame.samples for frame in kept]),
            start=kept[0].index * FRAME_SAMPLES,
            end=(said[-1].frame.index + 1) * FRAME_SAMPLES,
            heard=(self._heard[-1].frame.index + 1) * FRAME_SAMPLES,
            voice=sum(heard.probability for heard in said) / len(said),
            final=final,
        )

    def _rest(self) -> None:
        self._heard = []
        self._before.clear()
        self._speech_run = 0


def _frames(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE / FRAME_SAMPLES)
