"""From sound, or from words, to a caption that is shown and kept: what every way to one has in common."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk import textrules
from kiosk.backlog import Backlog, Review
from kiosk.draft import Candidate
from kiosk.errors import UNFORESEEN
from kiosk.events import Emit
from kiosk.ports import Transcriber, Translator
from kiosk.recent import Recent, Settled
from kiosk.signals import Signals
from kiosk.types import Caption, Context, Flag, Latency, Room, Side, Stage, Transcript, Translation, Utterance

_log = logging.getLogger(__name__)


def always() -> bool:
    """Wanted whatever happens."""
    return True


@dataclass(frozen=True, slots=True)
class CaptionerConfig:
    """`implausible`: whether a text, in a language, holds a quantity that cannot be.

    `review`: whether what staff say is translated back whenever there is nothing else to do.
    """

    implausible: Callable[[str, str], bool] = lambda text, language: False
    review: bool = False


class Captioner:
    """The models and the room. Used by the interpreting thread alone.

    `previous` is the language of what was said last, None at first.
    """

    def __init__(
        self,
        models: tuple[Transcriber, Translator],
        config: CaptionerConfig,
        room: Room,
        backlog: Backlog,
        recent: Recent,
        signals: Signals,
        emit: Emit,
    ) -> None:
        self.transcriber, self.translator = models
        self.room = room
        self.recent = recent
        self.previous: str | None = None
        self._config = config
        self._backlog = backlog
        self._signals = signals
        self._emit = emit

    def interpret(
        self,
        utterance: Utterance,
        *,
        language: str | None = None,
        floor: str | None = None,
        wanted: Callable[[], bool] = always,
    ) -> Candidate:
        """Recognise and translate as well as can be, as long as it is `wanted`. `language`, `floor`: see Context."""
        started = time.monotonic()
        context = Context(self.previous, language, floor)
        transcript = self.transcriber.transcribe(
            utterance.samples, self.room.languages, context, final=True, wanted=wanted
        )
        transcribed = time.monotonic()
        transcript = self.screened(transcript)
        translation = None
        if not textrules.is_invented(transcript, utterance.voice):
            translation = self.translate(transcript)
        translated = time.monotonic()
        return Candidate(utterance.end, transcript, translation, transcribed - started, translated - transcribed)

    def screened(self, transcript: Transcript) -> Transcript:
        """The same, marked where it holds a quantity that cannot be."""
        if Flag.IMPLAUSIBLE in transcript.flags or not self._is_implausible(transcript):
            return transcript
        return replace(transcript, flags=(Flag.IMPLAUSIBLE, *transcript.flags))

    def _is_implausible(self, transcript: Transcript) -> bool:
        """Whether a quantity cannot be, or cannot be read."""
        try:
            return self._config.implausible(transcript.text, transcript.language)
        except UNFORESEEN as error:
            _log.warning("quantities not read: %s", type(error).__name__)
            return True

    def translate(self, transcript: Transcript) -> Translation:
        """Into the other language of the room. What cannot be is not repeated in figures, which a family would read."""
        target = self.room.other(transcript.language)
        made = self.translator.translate(transcript.text, transcript.language, target)
        return replace(made, figures=()) if Flag.IMPLAUSIBLE in transcript.flags else made

    def settle(self, utterance: Utterance, transcript: Transcript, translation: Translation, latency: Latency) -> None:
        """Show the caption that stays, and keep what it is of: what staff said is translated back in an idle moment.

        What was being said when all was forgotten is shown, and not kept. The utterance's sound is read no more after.
        """
        self.show(utterance, transcript, translation, latency, len(transcript.text))
        if self._signals.stopped:
            return
        if not self.recent.keep(Settled(utterance, transcript.text, translation)):
            self.translator.forget()
        elif self._config.review and self.room.side(transcript.language) is Side.STAFF:
            self._backlog.put_review(Review(utterance.id))

    def show(
        self, utterance: Utterance, transcript: Transcript, translation: Translation, latency: Latency, settled: int
    ) -> None:
        """Tell a caption, of which `settled` characters stay; nothing once the pipeline stops."""
        if self._signals.stopped:
            return
        self._emit(
            Caption(
                utterance_id=utterance.id,
                side=self.room.side(transcript.language),
                transcript=transcript,
                translation=translation,
                start=utterance.start,
                end=utterance.end,
                latency=latency,
                final=utterance.stage is Stage.CLOSED,
                settled=settled,
            )
        )
