"""What a person asks for of a caption: the other language, other words, what the family reads. Done before all else."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

import numpy as np

from kiosk.backlog import Correction, Review, Wording
from kiosk.captioning import Captioner
from kiosk.events import BackTranslated, Emit, Warned
from kiosk.types import Latency, Stage, Transcript, Utterance

_GONE: Final = Warned("Cette phrase n'est plus en mémoire.", "Faites-la redire.")


@dataclass(frozen=True, slots=True)
class Wishes:
    """Carries them out in the interpreting thread."""

    captioner: Captioner
    emit: Emit

    def correct(self, correction: Correction) -> bool:
        """The same sound in the language that a person says it was. Whether there were words in it."""
        settled = self.captioner.recent.find(correction.utterance_id)
        if settled is None or settled.utterance.samples.size == 0:
            self.emit(_GONE)
            return False
        utterance = settled.utterance
        made = self.captioner.interpret(utterance, language=correction.language)
        if made.translation is None:
            self.emit(Warned("Rien n'a été compris dans cette langue.", "Faites répéter la phrase."))
            return False
        total = time.monotonic() - correction.since
        latency = Latency(0.0, made.transcribe, made.translate, total)
        self.captioner.settle(utterance, made.transcript, made.translation, latency)
        return True

    def reword(self, wording: Wording) -> None:
        """Words that a person typed: in the place of what was heard, or in that of speech."""
        settled = self.captioner.recent.find(wording.utterance_id)
        utterance = settled.utterance if settled is not None else _unspoken(wording.utterance_id)
        transcript = self.captioner.screened(Transcript(wording.text, wording.language, 1.0, 0.0, 0.0))
        began = time.monotonic()
        translation = self.captioner.translate(transcript)
        now = time.monotonic()
        self.captioner.settle(utterance, transcript, translation, Latency(0.0, 0.0, now - began, now - wording.since))

    def review(self, review: Review) -> None:
        """What the other side reads, in the language in which it was said."""
        settled = self.captioner.recent.find(review.utterance_id)
        if settled is None:
            self.emit(_GONE)
            return
        back = self.captioner.translator.back_translate(settled.said, settled.translation)
        self.emit(BackTranslated(review.utterance_id, back))


def _unspoken(number: int) -> Utterance:
    """What was typed, as an utterance without a sound."""
    return Utterance(number, np.zeros(0, np.float32), 0, 0, 0, 1.0, Stage.CLOSED)
