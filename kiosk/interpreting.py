"""The interpreting thread: owns the models and turns utterances into captions."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from kiosk import textrules
from kiosk.backlog import Backlog, Correction, Job, Review
from kiosk.draft import Candidate, Draft
from kiosk.endpoint import Verdict, Verdicts, ending_of
from kiosk.ports import Transcriber, Translator
from kiosk.recent import Recent, Settled
from kiosk.signals import Signals
from kiosk.types import (
    SAMPLE_RATE,
    BackTranslated,
    Behind,
    Caption,
    Context,
    Discarded,
    Emit,
    Finished,
    Flag,
    Latency,
    Loading,
    Room,
    Side,
    Stage,
    Transcript,
    Translation,
    Utterance,
    Warned,
)

BEHIND_FROM: Final = 3.0
"""Seconds of waiting utterances from which a person is told that captions are late."""

LEAST_SOUND: Final = SAMPLE_RATE // 2
"""Samples under which no hypothesis is made: Whisper makes words up for half a syllable."""


@dataclass(frozen=True, slots=True)
class InterpreterConfig:
    """`implausible`: whether a text, in a language, holds a quantity that cannot be.

    `review`: whether what staff say is translated back whenever there is nothing else to do.
    """

    implausible: Callable[[str, str], bool] = lambda text, language: False
    review: bool = False


class Interpreter:
    """Captions utterances one at a time: finals in order, what is still being said when nothing else waits."""

    def __init__(
        self,
        models: tuple[Transcriber, Translator, InterpreterConfig],
        room: Room,
        backlog: Backlog,
        verdicts: Verdicts,
        recent: Recent,
        signals: Signals,
        emit: Emit,
    ) -> None:
        self._transcriber, self._translator, self._config = models
        self._room = room
        self._backlog = backlog
        self._verdicts = verdicts
        self._recent = recent
        self._signals = signals
        self._emit = emit
        self._behind = False
        self._previous: str | None = None
        self._newest = 0
        self._draft = Draft(0, self._translator)

    def run(self) -> None:
        """Load the models, then work until the backlog is closed and empty. Raises ModelError."""
        self._emit(Loading("reconnaissance vocale"))
        self._transcriber.load()
        self._emit(Loading("traduction"))
        self._translator.load(self._room)
        self._signals.loaded()
        while (job := self._backlog.get()) is not None:
            self._tell_lateness()
            match job:
                case Correction():
                    self._correct(job)
                case Review():
                    self._review(job)
                case Job(utterance) if utterance.stage is Stage.CLOSED:
                    self._settle(job)
                case Job(utterance) if utterance.stage is Stage.PAUSED:
                    self._anticipate(job)
                case Job():
                    self._follow(job)
        if not self._signals.stopped:
            self._emit(Finished())

    def _tell_lateness(self) -> None:
        seconds = self._backlog.seconds
        if seconds >= BEHIND_FROM or self._behind:
            self._behind = seconds >= BEHIND_FROM
            self._emit(Behind(seconds if self._behind else 0.0))

    # -- while it is said -------------------------------------------------------------------------------------------

    def _follow(self, job: Job) -> None:
        """A hypothesis of what is being said, as cheaply as it can be had."""
        utterance, draft = job.utterance, self._draft_of(job.utterance)
        started = time.monotonic()
        samples, settled = draft.since_pause(utterance)
        if samples.size < LEAST_SOUND:
            return
        context = Context(self._previous, draft.language, settled)
        transcript = self._transcriber.transcribe(samples, self._room.languages, context, final=False)
        transcribed = time.monotonic()
        if textrules.is_invented(transcript, utterance.voice) or not draft.hear(transcript, utterance):
            return
        self._show_draft(job, transcript, transcribed - started)

    def _anticipate(self, job: Job) -> None:
        """In a pause: what the final will be unless somebody goes on, and whether the pause is likely to end it."""
        utterance, draft = job.utterance, self._draft_of(job.utterance)
        candidate = self._interpret(utterance, wanted=lambda: not self._backlog.goes_on(utterance))
        if candidate.translation is None:
            draft.candidate = candidate
            return
        transcript = candidate.transcript
        ending = ending_of(transcript.text, transcript.language)
        self._verdicts.leave(Verdict(utterance.id, utterance.end, ending))
        if draft.hear_pause(candidate, utterance):
            self._show_draft(job, transcript, candidate.transcribe)

    def _draft_of(self, utterance: Utterance) -> Draft:
        if self._draft.utterance_id != utterance.id:
            self._draft = Draft(utterance.id, self._translator)
        return self._draft

    def _show_draft(self, job: Job, transcript: Transcript, took: float) -> None:
        draft = self._draft
        began = time.monotonic()
        translation = draft.translate(self._room.other(transcript.language))
        latency = self._latency(job, took, time.monotonic() - began)
        self._show(job.utterance, replace(transcript, text=draft.text), translation, latency, len(draft.settled))

    # -- once it is over --------------------------------------------------------------------------------------------

    def _settle(self, job: Job) -> None:
        """The caption that stays."""
        utterance = job.utterance
        made = self._draft.candidate if self._draft.utterance_id == utterance.id else None
        if made is None or made.end != utterance.end:
            made = self._interpret(utterance)
        self._draft = Draft(0, self._translator)
        if made.translation is None:
            self._emit(Discarded(utterance.id))
            return
        self._newest, self._previous = utterance.id, made.transcript.language
        latency = self._latency(job, made.transcribe, made.translate)
        self._show(utterance, made.transcript, made.translation, latency, len(made.transcript.text))
        self._keep(utterance, made.transcript, made.translation)

    def _correct(self, correction: Correction) -> None:
        """The same sound in the language that a person says it was."""
        settled = self._recent.find(correction.utterance_id)
        if settled is None:
            self._emit(Warned("Le son de cette phrase n'est plus en mémoire.", "Faites-la répéter."))
            return
        utterance = settled.utterance
        made = self._interpret(utterance, correction.language)
        if made.translation is None:
            self._emit(Warned("Rien n'a été compris dans cette langue.", "Faites répéter la phrase."))
            return
        if utterance.id == self._newest:
            self._previous = correction.language
        total = time.monotonic() - correction.since
        latency = Latency(0.0, made.transcribe, made.translate, total)
        self._show(utterance, made.transcript, made.translation, latency, len(made.transcript.text))
        self._keep(utterance, made.transcript, made.translation)

    def _keep(self, utterance: Utterance, transcript: Transcript, translation: Translation) -> None:
        """What may be corrected or translated back; the latter is done by itself for what staff say."""
        if self._signals.stopped:
            return
        self._recent.keep(Settled(utterance, transcript.text, translation))
        if self._config.review and self._room.side(transcript.language) is Side.STAFF:
            self._backlog.put_review(Review(utterance.id))

    def _review(self, review: Review) -> None:
        """What the other side reads, in the language in which it was said."""
        settled = self._recent.find(review.utterance_id)
        if settled is None:
            self._emit(Warned("Cette phrase n'est plus en mémoire.", "Redites-la pour la faire retraduire."))
            return
        back = self._translator.back_translate(settled.said, settled.translation)
        if not self._signals.stopped:
            self._emit(BackTranslated(review.utterance_id, back))

    def _interpret(
        self, utterance: Utterance, language: str | None = None, wanted: Callable[[], bool] = lambda: True
    ) -> Candidate:
        """Recognise and translate as well as can be, as long as it is `wanted`."""
        started = time.monotonic()
        context = Context(self._previous, language)
        transcript = self._transcriber.transcribe(
            utterance.samples, self._room.languages, context, final=True, wanted=wanted
        )
        transcribed = time.monotonic()
        translation = None
        if self._config.implausible(transcript.text, transcript.language):
            transcript = replace(transcript, flags=(Flag.IMPLAUSIBLE, *transcript.flags))
        if not textrules.is_invented(transcript, utterance.voice):
            target = self._room.other(transcript.language)
            translation = self._translator.translate(transcript.text, transcript.language, target)
        translated = time.monotonic()
        return Candidate(utterance.end, transcript, translation, transcribed - started, translated - transcribed)

    # -- what is told -----------------------------------------------------------------------------------------------

    def _latency(self, job: Job, transcribe: float, translate: float) -> Latency:
        endpoint = (job.utterance.heard - job.utterance.end) / SAMPLE_RATE
        return Latency(endpoint, transcribe, translate, endpoint + time.monotonic() - job.since)

    def _show(
        self,
        utterance: Utterance,
        transcript: Transcript,
        translation: Translation,
        latency: Latency,
        settled: int,
    ) -> None:
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
                latency=latency,
                final=utterance.stage is Stage.CLOSED,
                settled=settled,
            )
        )
