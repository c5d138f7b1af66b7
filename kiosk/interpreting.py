"""The interpreting thread: owns the models and turns utterances into captions."""

from __future__ import annotations

import time
from typing import Final

from kiosk import textrules
from kiosk.backlog import Backlog, Job
from kiosk.ports import Transcriber, Translator
from kiosk.signals import Signals
from kiosk.types import (
    SAMPLE_RATE,
    Behind,
    Caption,
    Discarded,
    Emit,
    Finished,
    Latency,
    Loading,
    Room,
)

BEHIND_FROM: Final = 3.0
"""Seconds of waiting utterances from which a person is told that captions are late."""


class Interpreter:
    """Captions utterances one at a time: finals in order, partials when nothing else waits."""

    def __init__(
        self,
        transcriber: Transcriber,
        translator: Translator,
        room: Room,
        backlog: Backlog,
        signals: Signals,
        emit: Emit,
    ) -> None:
        self._transcriber = transcriber
        self._translator = translator
        self._room = room
        self._backlog = backlog
        self._signals = signals
        self._emit = emit
        self._behind = False

    def run(self) -> None:
        """Load the models, then work until the backlog is closed and empty. Raises ModelError."""
        self._emit(Loading("reconnaissance vocale"))
        self._transcriber.load()
        self._emit(Loading("traduction"))
        self._translator.load(self._room)
        self._signals.loaded()
        while (job := self._backlog.get()) is not None:
            self._tell_lateness()
            self._interpret(job)
        if not self._signals.stopped:
            self._emit(Finished())

    def _tell_lateness(self) -> None:
        seconds = self._backlog.seconds
        if seconds >= BEHIND_FROM or self._behind:
            self._behind = seconds >= BEHIND_FROM
            self._emit(Behind(seconds if self._behind else 0.0))

    def _interpret(self, job: Job) -> None:
        utterance = job.utterance
        started = time.monotonic()
        transcript = self._transcriber.transcribe(utterance.samples, self._room.languages, final=utterance.final)
        transcribed = time.monotonic()
        if textrules.is_invented(transcript, utterance.voice):
            if utterance.final:
                self._emit(Discarded(utterance.id))
            return
        target = self._room.other(transcript.language)
        translation = self._translator.translate(transcript.text, transcript.language, target)
        translated = time.monotonic()
        endpoint = (utterance.heard - utterance.end) / SAMPLE_RATE
        if self._signals.stopped:
            return
        self._emit(
            Caption(
                utterance_id=utterance.id,
                side=self._room.side(transcript.language),
                transcript=transcript,
                translation=translation,
                start=utterance.start,
                end=utterance.end,
                latency=Latency(
                    endpoint=endpoint,
                    transcribe=transcribed - started,
                    translate=translated - transcribed,
                    total=endpoint + translated - job.since,
                ),
                final=utterance.final,
            )
        )
