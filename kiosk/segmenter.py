"""Where an utterance begins and ends: a pure state machine over speech probabilities.

    quiet --(onset of speech)--> open --(silence | flush)--> quiet
                                  |
                                  +--(longest utterance)--> open, the next one, cut at the weakest frame

Every frame that is heard while an utterance is open belongs to exactly one utterance, or to the silence that ended it.
How much silence ends it depends on what was said, as far as that is known, and on how long the utterance is already.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np

from kiosk.config import SegmenterConfig
from kiosk.endpoint import Ending, Verdict
from kiosk.types import FRAME_SAMPLES, SAMPLE_RATE, AudioFrame, Stage, Utterance

HYSTERESIS: Final = 0.15
"""How far below the threshold a probability must fall to be silence again (Silero's own `neg_threshold`)."""

TAIL_FRAMES: Final = 6
"""Frames of silence (192 ms) left after the last speech: Silero lets go of a final consonant early."""

BREATH_FRAMES: Final = TAIL_FRAMES + 1
"""Frames of silence (224 ms) that end an utterance longer than `patient`: a breath between two phrases."""

CUT_WINDOW: Final = 6.0
"""Seconds before the longest utterance among which the weakest point is looked for."""

CUT_SPAN: Final = 5
"""Frames (160 ms) over which a point's loudness is taken: a stop consonant inside a word is shorter."""


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
class Paused:
    """Speech fell silent; `utterance.stage` is PAUSED. It closes, unless somebody goes on."""

    utterance: Utterance


@dataclass(frozen=True, slots=True, eq=False)
class Closed:
    """Speech ended; `utterance.stage` is CLOSED."""

    utterance: Utterance


Change = Opened | Paused | Closed


class Segmenter:
    """Cuts a stream of frames into utterances, numbered from 1 in the order in which they open."""

    def __init__(self, config: SegmenterConfig) -> None:
        self._config = config
        self._onset_frames = max(1, _frames(config.onset))
        self._hangover_frames = {
            Ending.UNKNOWN: max(1, _frames(config.hangover)),
            Ending.COMPLETE: max(1, _frames(min(config.hangover, config.hangover_complete))),
            Ending.HESITANT: max(1, _frames(max(config.hangover, config.hangover_hesitant))),
        }
        self._patient_frames = _frames(config.patient)
        self._longest_frames = _frames(config.longest)
        self._before: deque[_Heard] = deque(maxlen=_frames(config.pre_roll) + self._onset_frames)
        self._speech_run = 0
        self._heard: list[_Heard] = []
        self._first_speech = 0
        self._last_speech = 0
        self._ending = Ending.UNKNOWN
        self._id = 0

    @property
    def is_open(self) -> bool:
        """Somebody is speaking, or has paused for less than what ends an utterance."""
        return bool(self._heard)

    def push(self, frame: AudioFrame, probability: float) -> list[Change]:
        """Take the next frame and its speech probability in [0, 1]; tell what that changed, in order."""
        heard = _Heard(frame, probability)
        if self.is_open:
            return self._grow(heard)
        self._before.append(heard)
        self._speech_run = self._speech_run + 1 if probability >= self._config.threshold else 0
        if self._speech_run < self._onset_frames:
            return []
        before = list(self._before)
        self._open(before, len(before) - self._onset_frames)
        return [Opened(self._id)]

    def expect(self, verdict: Verdict) -> None:
        """Learn how what was said before the present silence sounds; a verdict on an earlier silence means nothing."""
        if self.is_open and (verdict.utterance_id, verdict.end) == (self._id, self._end):
            self._ending = verdict.ending

    def flush(self) -> list[Closed]:
        """End the open utterance, if any, and forget what came before: the source ended or jumped."""
        closed = [Closed(self._cut(Stage.CLOSED))] if self.is_open else []
        self._rest()
        return closed

    def snapshot(self) -> Utterance | None:
        """The utterance said so far, to be recognised while it grows; None when nobody speaks."""
        return self._cut(Stage.GROWING) if self.is_open else None

    @property
    def _end(self) -> int:
        """Where speech ended, as far as it is known, in samples."""
        return (self._heard[self._last_speech].frame.index + 1) * FRAME_SAMPLES

    def _open(self, heard: list[_Heard], first_speech: int) -> None:
        self._id += 1
        self._heard = heard
        self._first_speech = first_speech
        self._last_speech = len(heard) - 1
        self._ending = Ending.UNKNOWN
        self._before.clear()
        self._speech_run = 0

    def _grow(self, heard: _Heard) -> list[Change]:
        self._heard.append(heard)
        last = len(self._heard) - 1
        if heard.probability >= self._config.threshold - HYSTERESIS:
            self._last_speech = last
            self._ending = Ending.UNKNOWN
        elif last - self._last_speech >= self._patience:
            closed = Closed(self._cut(Stage.CLOSED))
            self._rest()
            return [closed]
        if len(self._heard) >= self._longest_frames:
            return self._split()
        return [Paused(self._cut(Stage.PAUSED))] if last - self._last_speech == TAIL_FRAMES else []

    @property
    def _patience(self) -> int:
        """Frames of silence that end the utterance now."""
        awaited = self._hangover_frames[self._ending]
        return min(awaited, BREATH_FRAMES) if self._last_speech >= self._patient_frames else awaited

    def _split(self) -> list[Change]:
        """Close at the weakest of the last points and go on with the rest as the next utterance."""
        weakest = self._weakest()
        rest = self._heard[weakest:]
        last_speech = self._last_speech - weakest
        self._heard = self._heard[:weakest]
        self._last_speech = min(self._last_speech, weakest - 1)
        closed = Closed(self._cut(Stage.CLOSED))
        self._open(rest, 0)
        self._last_speech = max(0, last_speech)
        return [closed, Opened(self._id)]

    def _weakest(self) -> int:
        """The frame before which to cut: the likeliest silence of the last seconds and, among equals, the quietest."""
        first = len(self._heard) - min(_frames(CUT_WINDOW), len(self._heard) // 2)
        tail = self._heard[first:]
        power = np.array([np.mean(np.square(heard.frame.samples)) for heard in tail])
        around = np.convolve(power, np.ones(CUT_SPAN) / CUT_SPAN, mode="same")
        # In tenths: within continuous speech Silero's probabilities differ by nothing that means a word's end.
        speech = np.array([round(heard.probability, 1) for heard in tail])
        return first + int(np.lexsort((around, speech))[0])

    def _cut(self, stage: Stage) -> Utterance:
        said = self._heard[: self._last_speech + 1]
        kept = [heard.frame for heard in self._heard[: self._last_speech + 1 + TAIL_FRAMES]]
        return Utterance(
            id=self._id,
            samples=np.concatenate([frame.samples for frame in kept]),
            start=kept[0].index * FRAME_SAMPLES,
            end=self._end,
            heard=(self._heard[-1].frame.index + 1) * FRAME_SAMPLES,
            # Without the pre-roll: half of one word's frames would be the silence before it.
            voice=float(np.mean([heard.probability for heard in said[self._first_speech :]])),
            stage=stage,
        )

    def _rest(self) -> None:
        self._heard = []
        self._before.clear()
        self._speech_run = 0


def _frames(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE / FRAME_SAMPLES)
