"""The interpreting thread: owns the models and turns utterances into captions."""

from __future__ import annotations

import gc
import logging
import time
from dataclasses import replace
from typing import Final

from kiosk import textrules
from kiosk.allocator import give_memory_back
from kiosk.backlog import Correction, Job, Review, Wording
from kiosk.between import Between
from kiosk.captioning import Captioner
from kiosk.draft import Draft
from kiosk.endpoint import Verdict, ending_of
from kiosk.events import Discarded, Emit, Finished, Loading, Warned
from kiosk.types import SAMPLE_RATE, Context, Flag, Latency, Stage, Transcript, Utterance
from kiosk.wishes import Wishes

LEAST_SOUND: Final = SAMPLE_RATE // 2
"""Samples under which no hypothesis is made: Whisper makes words up for half a syllable."""

_NO_MEMORY: Final = Warned(
    "Mémoire insuffisante : une phrase n'a pas été sous-titrée.", "Faites-la redire ; fermez d'autres programmes."
)

_log = logging.getLogger(__name__)


class Interpreter:
    """Captions utterances one at a time: finals in order, what is still being said when nothing else waits."""

    def __init__(self, captioner: Captioner, between: Between, emit: Emit) -> None:
        self._captioner = captioner
        self._wishes = Wishes(captioner, emit)
        self._backlog = between.backlog
        self._verdicts = between.verdicts
        self._lateness = between.lateness
        self._signals = between.signals
        self._emit = emit
        self._newest = 0
        self._draft = Draft(0, captioner.translator)

    def run(self) -> None:
        """Load the models, then work until the backlog is closed and empty. Raises ModelError."""
        self._emit(Loading("reconnaissance vocale"))
        self._captioner.transcriber.load()
        self._emit(Loading("traduction"))
        self._captioner.translator.load(self._captioner.room)
        self._signals.loaded()
        while (job := self._backlog.get()) is not None:
            if isinstance(job, Job) and job.utterance.stage is Stage.CLOSED:
                self._lateness.working(job.since)
            self._lateness.look(self._backlog.seconds)
            try:
                self._do(job)
            except MemoryError:
                self._do_again(job)
            self._lateness.working(None)
            self._lateness.look(self._backlog.seconds)
        if not self._signals.stopped:
            self._emit(Finished())

    def _do(self, job: Job | Correction | Review | Wording) -> None:
        match job:
            case Correction():
                if self._wishes.correct(job) and job.utterance_id == self._newest:
                    self._captioner.previous = job.language
            case Wording():
                self._wishes.reword(job)
            case Review():
                self._wishes.review(job)
            case Job(utterance) if utterance.stage is Stage.CLOSED:
                self._settle(job)
            case Job(utterance) if utterance.stage is Stage.PAUSED:
                self._anticipate(job)
            case Job():
                self._follow(job)

    def _do_again(self, job: Job | Correction | Review | Wording) -> None:
        """Where memory was short: a final once more with what could be given back; what may be missing is left out.

        An utterance for which there is none the second time either is told of, and the conversation goes on.
        """
        _log.warning("memory short for %s", type(job).__name__)
        utterance = job.utterance if isinstance(job, Job) else None
        if utterance is not None and utterance.stage is not Stage.CLOSED:
            return
        self._draft = Draft(0, self._captioner.translator)
        gc.collect()
        give_memory_back()
        try:
            self._do(job)
        except MemoryError:
            if utterance is not None:
                self._emit(Discarded(utterance.id))
            self._emit(_NO_MEMORY)

    # -- while it is said -------------------------------------------------------------------------------------------

    def _follow(self, job: Job) -> None:
        """A hypothesis of what is being said, as cheaply as it can be had."""
        utterance, draft = job.utterance, self._draft_of(job.utterance)
        started = time.monotonic()
        samples, settled = draft.since_pause(utterance)
        if samples.size < LEAST_SOUND:
            return
        captioner = self._captioner
        language = draft.language if job.floor in (None, draft.language) else None
        context = Context(captioner.previous, language, job.floor, settled)
        transcript = captioner.transcriber.transcribe(samples, captioner.room.languages, context, final=False)
        transcribed = time.monotonic()
        if textrules.is_invented(transcript, utterance.voice) or not draft.hear(transcript, utterance):
            return
        self._show_draft(job, transcript, transcribed - started)

    def _anticipate(self, job: Job) -> None:
        """In a pause: what the final will be unless somebody goes on, and whether the pause is likely to end it."""
        utterance, draft = job.utterance, self._draft_of(job.utterance)
        candidate = self._captioner.interpret(
            utterance, floor=job.floor, wanted=lambda: not self._backlog.goes_on(utterance)
        )
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
            self._draft = Draft(utterance.id, self._captioner.translator)
        return self._draft

    def _show_draft(self, job: Job, transcript: Transcript, took: float) -> None:
        draft = self._draft
        heard = self._captioner.screened(replace(transcript, text=draft.text))
        began = time.monotonic()
        # What cannot be waits for the final: it may be half of what is said, and would not be taken back.
        can_be = Flag.IMPLAUSIBLE not in heard.flags
        translation = draft.translate(self._captioner.room.other(heard.language), further=can_be)
        latency = _latency(job, took, time.monotonic() - began)
        self._captioner.show(job.utterance, heard, translation, latency, len(draft.settled))

    # -- once it is over --------------------------------------------------------------------------------------------

    def _settle(self, job: Job) -> None:
        """The caption that stays."""
        utterance = job.utterance
        made = self._draft.candidate if self._draft.utterance_id == utterance.id else None
        if made is None or made.end != utterance.end:
            made = self._captioner.interpret(utterance, floor=job.floor)
        self._draft = Draft(0, self._captioner.translator)
        if made.translation is None:
            self._emit(Discarded(utterance.id))
            return
        self._newest, self._captioner.previous = utterance.id, made.transcript.language
        latency = _latency(job, made.transcribe, made.translate)
        self._captioner.settle(utterance, made.transcript, made.translation, latency)


def _latency(job: Job, transcribe: float, translate: float) -> Latency:
    endpoint = (job.utterance.heard - job.utterance.end) / SAMPLE_RATE
    return Latency(endpoint, transcribe, translate, endpoint + time.monotonic() - job.since)
