"""The listening thread: reads the source, tells speech from silence, and hands utterances on."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from kiosk.backlog import Job
from kiosk.between import Between
from kiosk.config import SegmenterConfig
from kiosk.errors import AudioFileError, EndOfAudio
from kiosk.events import Discarded, Emit, Level, Overflow, SpeechStarted, Warned
from kiosk.hearing import Hearing
from kiosk.ports import AudioSource, VoiceDetector
from kiosk.segmenter import TAIL_FRAMES, Closed, Opened, Paused, Segmenter
from kiosk.types import FRAME_SAMPLES, SAMPLE_RATE, AudioFrame, Utterance
from kiosk.watching import SleepWatch, seconds_asleep

LEVEL_EVERY: Final = 5
"""Frames between level events: six a second look alive, and cost a waiting machine little."""

PARTIAL_SILENCE: Final = SAMPLE_RATE // 10
"""Samples of silence after which no partial is made."""

QUIET: Final = 0.35
STALE_AFTER: Final = 125
"""Frames (4 s) in a row below this probability after which the voice detector starts afresh.

Its memory of lasting noise makes it deaf: after dishes or an exercise bike it takes 0.6 of the speech frames of 15
clips for speech, and misses one or two clips whole; afresh 0.76, and none. Sooner, noise alone opens more utterances.
"""


@dataclass(frozen=True, slots=True)
class ListenerConfig:
    """`first_partial`, `partial_every`: seconds of speech before the first partial and between partials, 0 for none.
    `anticipate`: recognise what was said as soon as a speaker pauses, and let that decide how long to wait."""

    segmenter: SegmenterConfig = field(default_factory=SegmenterConfig)
    first_partial: float = 0.0
    partial_every: float = 0.0
    anticipate: bool = False


_log = logging.getLogger(__name__)


class Listener:
    """Owns the source, the voice detector and the segmenter."""

    def __init__(
        self,
        source: AudioSource,
        detector: VoiceDetector,
        between: Between,
        emit: Emit,
        config: ListenerConfig,
    ) -> None:
        self._source = source
        self._hearing = Hearing(source, between.signals, emit, self._break, SleepWatch(seconds_asleep))
        self._detector = detector
        self._segmenter = Segmenter(config.segmenter)
        self._backlog = between.backlog
        self._verdicts = between.verdicts
        self._lateness = between.lateness
        self._signals = between.signals
        self._emit = emit
        self._first_partial = round(config.first_partial * SAMPLE_RATE)
        self._partial_every = round(config.partial_every * SAMPLE_RATE)
        self._anticipate = config.anticipate
        self._partial_due = 0
        self._quiet_frames = 0
        # Who has the floor now, and who has it in what is being said.
        self._given: str | None = None
        self._floor: str | None = None

    def run(self) -> None:
        """Listen until the recording ends or the pipeline stops. Raises AudioError, ModelError."""
        self._detector.load()
        # A microphone opens only once its words can be understood: "listening" on the screen means just that.
        self._signals.wait_loaded()
        try:
            self._hearing.open()
            self._listen()
        finally:
            self._hearing.close()

    def _listen(self) -> None:
        try:
            while not self._signals.stopped:
                self._step()
        except EndOfAudio:
            pass
        except AudioFileError as error:
            # A recording that breaks off is captioned up to there; the error is told, not thrown.
            self._emit(Warned(error.message, error.remedy, lasting=True))
        self._break()
        self._backlog.close()

    def _step(self) -> None:
        if self._signals.paused:
            self._rest()
            return
        frame = self._hearing.read()
        if lost := self._source.lost_samples():
            _log.warning("overflow: %d samples", lost)
            self._break()
            self._emit(Overflow(lost / SAMPLE_RATE))
        if frame is None:
            return
        try:
            self._hear(frame)
        except MemoryError:
            # A moment of sound is lost and said to be; the next one may find memory again.
            _log.warning("memory short while listening")
            self._emit(Overflow(frame.samples.size / SAMPLE_RATE))

    def _rest(self) -> None:
        # The microphone first: whoever pressed pause must not be heard any more.
        if self._source.live:
            self._hearing.close()
        self._break()
        self._emit(Level(0.0, speech=False))
        self._signals.wait_resumed()
        self._hearing.open()

    def _hear(self, frame: AudioFrame) -> None:
        probability = self._detector.probability(frame.samples)
        self._freshen(probability)
        if frame.index % LEVEL_EVERY == 0:
            rms = float(np.sqrt(np.mean(np.square(frame.samples))))
            self._emit(Level(min(rms, 1.0), speech=self._segmenter.is_open))
            if self._source.live:
                self._lateness.look(self._backlog.seconds)
        if verdict := self._verdicts.take():
            self._segmenter.expect(verdict)
        self._heed_floor()
        for change in self._segmenter.push(frame, probability):
            match change:
                case Opened(utterance_id):
                    self._partial_due = (frame.index + 1) * frame.samples.size + self._first_partial
                    self._floor = self._given
                    self._emit(SpeechStarted(utterance_id))
                case Paused(utterance):
                    if self._anticipate:
                        self._backlog.put_open(self._job(utterance))
                case Closed(utterance):
                    self._hand_on(utterance)
        self._offer_partial(frame)

    def _heed_floor(self) -> None:
        """Notice a key that gives the floor to a side, or to neither: it is for what is said from now on.

        In a pause, what was said is over, with the floor as it was. In the middle of speech nobody knows whether who
        speaks pressed it late, or who listens early: the sound tells the language of this utterance.
        """
        if self._signals.language == self._given:
            return
        self._given = self._signals.language
        utterance = self._segmenter.snapshot()
        if utterance is None:
            return
        if utterance.heard - utterance.end < TAIL_FRAMES * FRAME_SAMPLES:
            self._floor = None
        else:
            self._close()

    def _freshen(self, probability: float) -> None:
        """Let the detector forget lasting noise, when nobody has spoken for a while."""
        self._quiet_frames = self._quiet_frames + 1 if probability < QUIET else 0
        if self._quiet_frames >= STALE_AFTER and not self._segmenter.is_open:
            self._detector.reset()
            self._quiet_frames = 0

    def _offer_partial(self, frame: AudioFrame) -> None:
        now = (frame.index + 1) * frame.samples.size
        if not self._partial_every or now < self._partial_due:
            return
        utterance = self._segmenter.snapshot()
        # In a pause there is nothing new to recognise, and a partial begun there would delay the final.
        if utterance is not None and utterance.heard - utterance.end <= PARTIAL_SILENCE:
            self._partial_due = now + self._partial_every
            self._backlog.put_open(self._job(utterance))

    def _hand_on(self, utterance: Utterance) -> None:
        """What is over goes to be captioned. A microphone does not wait for a full backlog: the newest is lost then."""
        job = self._job(utterance)
        if not self._backlog.put_final(job, wait=not self._source.live) and not self._signals.stopped:
            _log.warning("backlog full: %d samples", utterance.samples.size)
            self._emit(Discarded(utterance.id))
            self._emit(Overflow(utterance.seconds))

    def _job(self, utterance: Utterance) -> Job:
        return Job(utterance, time.monotonic(), self._floor)

    def _break(self) -> None:
        """What follows does not continue what came before."""
        self._close()
        self._detector.reset()

    def _close(self) -> None:
        for closed in self._segmenter.flush():
            self._hand_on(closed.utterance)
