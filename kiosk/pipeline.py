"""From sound to captions: two owned threads with a bounded backlog between them.

    kiosk-listen     source -> voice detector -> segmenter -> backlog          (kiosk.listening)
    kiosk-interpret  backlog -> transcriber -> rules -> translator -> caption  (kiosk.interpreting)

Everything a listener may learn comes as an event; see `kiosk.events.Event`.
"""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from kiosk.backlog import Backlog, Correction, Review, Wording
from kiosk.between import Between
from kiosk.captioning import Captioner, CaptionerConfig
from kiosk.endpoint import Verdicts
from kiosk.errors import KioskError
from kiosk.events import Emit, Event, Failure, SpeechStarted
from kiosk.interpreting import Interpreter
from kiosk.lateness import Lateness
from kiosk.listening import Listener, ListenerConfig
from kiosk.ports import AudioSource, Transcriber, Translator, VoiceDetector
from kiosk.recent import Recent
from kiosk.signals import Signals
from kiosk.types import Room

JOIN_TIMEOUT: Final = 5.0
"""Seconds `stop` waits for a recognition under way, which cannot be interrupted; 24 s of speech take 1.4 s here."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    """The adapters that a pipeline is made of."""

    source: AudioSource
    detector: VoiceDetector
    transcriber: Transcriber
    translator: Translator


@dataclass(frozen=True, slots=True)
class PipelineConfig:
    """`backlog`: seconds of speech that may wait. `recent`: of settled speech whose language can be corrected."""

    listener: ListenerConfig = field(default_factory=ListenerConfig)
    captioner: CaptionerConfig = field(default_factory=CaptionerConfig)
    backlog: float = 600.0
    recent: float = 120.0


class Pipeline:
    """A conversation being captioned. Implements `kiosk.ports.Session`.

    Used once: `start`, then `wait` for a recording to end, or `stop`. `emit` is called from both threads.
    """

    def __init__(self, parts: Parts, room: Room, config: PipelineConfig, emit: Emit) -> None:
        self._listener = emit
        # Of what was said (from 1 up) and typed (from -1 down), settled or not.
        self._newest_said = self._newest_typed = 0
        self._signals = Signals()
        self._backlog = Backlog(config.backlog)
        self._recent = Recent(config.recent)
        self._translator = parts.translator
        verdicts = Verdicts()
        emit = self._emit
        lateness = Lateness(emit)
        between = Between(self._backlog, verdicts, lateness, self._signals)
        listener = Listener(parts.source, parts.detector, between, emit, config.listener)
        models = (parts.transcriber, parts.translator)
        captioner = Captioner(models, config.captioner, room, self._backlog, self._recent, self._signals, emit)
        interpreter = Interpreter(captioner, between, emit)
        self._threads = (self._thread("kiosk-listen", listener.run), self._thread("kiosk-interpret", interpreter.run))

    def start(self) -> None:
        """Start both threads and return at once."""
        for thread in self._threads:
            thread.start()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the source's end and its last caption; False if a thread outlasts `timeout` seconds."""
        for thread in self._threads:
            thread.join(timeout)
        return not any(thread.is_alive() for thread in self._threads)

    def pause(self) -> None:
        """Stop listening; a microphone is closed. What was said before is still captioned."""
        self._signals.pause()

    def resume(self) -> None:
        """Listen again."""
        self._signals.resume()

    def correct(self, utterance_id: int, language: str) -> None:
        """Caption a settled utterance again, in the language that a person says it was."""
        self._backlog.put_asked(Correction(utterance_id, language, time.monotonic()))

    def reword(self, utterance_id: int, text: str, language: str) -> None:
        """Caption what a person typed, in the place of what was heard or of speech."""
        self._newest_typed = min(self._newest_typed, utterance_id)
        self._backlog.put_asked(Wording(utterance_id, text, language, time.monotonic()))

    def listen_in(self, language: str | None) -> None:
        """What is said from now on is heard in this language; None: told from the sound again."""
        self._signals.language = language

    def back_translate(self, utterance_id: int) -> None:
        """Translate what a settled utterance became back into its own language."""
        self._backlog.put_asked(Review(utterance_id))

    def forget(self) -> None:
        """Drop the sound and the words of what is settled, and keep nothing of what is being said or waits."""
        self._backlog.forget_reviews()
        self._recent.forget(range(self._newest_typed, self._newest_said + 1))
        self._translator.forget()

    def stop(self) -> None:
        """End both threads and forget what waits. Returns within 1 s unless a recognition is under way."""
        self._end()
        for thread in self._threads:
            if thread.ident is not None and thread is not threading.current_thread():
                thread.join(JOIN_TIMEOUT)

    def _emit(self, event: Event) -> None:
        """Pass an event on, and take note of the newest utterance."""
        if isinstance(event, SpeechStarted):
            self._newest_said = event.utterance_id
        self._listener(event)

    def _end(self) -> None:
        self._signals.stop()
        self._backlog.abort()
        self.forget()

    def _thread(self, name: str, work: Callable[[], None]) -> threading.Thread:
        return threading.Thread(target=self._guarded, args=(work,), name=name, daemon=True)

    def _guarded(self, work: Callable[[], None]) -> None:
        """Run a thread's work; whatever ends it becomes an event, or the screen would wait for ever.

        A panic of native code included, which is no Exception.
        """
        try:
            work()
        except KioskError as error:
            self._end()
            self._emit(Failure(error.message, error.remedy, type(error).__name__))
        except BaseException as error:
            self._end()
            _log.error("%s stopped: %s", threading.current_thread().name, _where(error))
            self._emit(
                Failure(
                    f"Une erreur imprévue a arrêté la transcription ({type(error).__name__}).",
                    "Relancez la consultation ; si cela se répète, transmettez le journal au service informatique.",
                    type(error).__name__,
                )
            )


def _where(error: BaseException) -> str:
    """The kind of an error and the lines that led to it. Never its message, which may quote what was said."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at " + " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
