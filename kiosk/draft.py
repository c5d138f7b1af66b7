"""What is shown of an utterance while it is still open: settled words, and a translation that only grows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kiosk import textrules
from kiosk.agreement import Agreement
from kiosk.hypothesis import TWICE
from kiosk.ports import Translator
from kiosk.sentences import clause_end, join_sentences, split_sentences
from kiosk.types import FACTS, Samples, Transcript, Translation, Utterance

SURE: Final = 0.9
"""Probability of a language from which the hypotheses of an utterance stay with it; the final decides again."""

LONG_ENOUGH: Final = 1.5
"""Seconds of sound before which no hypothesis is sure of its language."""

PRESUMED: Final = 0.85
"""Probability of a language under which a hypothesis on less sound than that is not worth showing: it changes sides."""

_CLOSING: Final = re.compile(r"[\s.!?…。！？؟۔।]+$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A final made before its time, while a speaker pauses; it is the final if nobody goes on.

    `end` is where speech ended, in samples; `translation` is None where there were no words.
    """

    end: int
    transcript: Transcript
    translation: Translation | None
    transcribe: float
    translate: float


class RunningTranslation:
    """A translation that follows settled words from clause to clause and never takes back what it showed.

    What is doubtful waits for the final.
    """

    def __init__(self, translator: Translator, source: str, target: str) -> None:
        self._translator = translator
        self._source = source
        self._target = target
        self._end = 0
        self._sentences: list[tuple[str, Translation]] = []

    @property
    def shown(self) -> Translation:
        """All of it so far."""
        made = [translation for _, translation in self._sentences]
        return Translation(
            join_sentences((translation.text for translation in made), self._target),
            self._source,
            self._target,
            made[-1].engine if made else "",
            tuple(dict.fromkeys(flag for translation in made for flag in translation.flags)),
        )

    def follow(self, settled: str) -> None:
        """Translate as far as whole clauses of `settled` go. Costs nothing when there is no new one."""
        end = clause_end(settled, self._end)
        if end <= self._end:
            return
        self._end = end
        sentences = split_sentences(settled[:end])
        for index, sentence in enumerate(sentences):
            before = self._sentences[index] if index < len(self._sentences) else None
            if before is not None and before[0] == sentence:
                continue
            shown = before[1].text if before is not None else ""
            made = self._translator.follow(sentence, self._source, self._target, shown)
            if is_doubtful(made):
                return
            if not _CLOSING.search(sentence):
                # The sentence goes on: a full stop would have to be taken back.
                made = Translation(_CLOSING.sub("", made.text), made.source, made.target, made.engine, made.flags)
            if before is None:
                self._sentences.append((sentence, made))
            else:
                self._sentences[index] = (sentence, made)


def is_doubtful(translation: Translation) -> bool:
    """Whether there is anything to doubt but the package."""
    return bool({*translation.flags} - FACTS) or textrules.longest_repeat(translation.text) >= TWICE


def _is_firm(transcript: Transcript) -> bool:
    """Whether it can stand until the final: heard well, and no figure at its end that may go on, "38" in "38,5"."""
    last = transcript.text.split()[-1:]
    return transcript.flags == () and not any(character.isdigit() for word in last for character in word)


class Draft:
    """The open utterance `utterance_id`: its hypotheses so far.

    After a pause, what was said before it is known; only what is said since is recognised again and again.
    """

    def __init__(self, utterance_id: int, translator: Translator) -> None:
        self.utterance_id = utterance_id
        self.candidate: Candidate | None = None
        self._translator = translator
        self._agreement = Agreement()
        self._heard_in: str | None = None
        self._sure = False
        self._known = ""
        self._known_samples = 0
        self._translation: RunningTranslation | None = None

    @property
    def language(self) -> str | None:
        """The language of the hypotheses, once they are sure of it."""
        return self._heard_in if self._sure else None

    @property
    def settled(self) -> str:
        """The words that stay until the final: none as long as the language is not sure."""
        return self._agreement.settled if self._sure else ""

    @property
    def text(self) -> str:
        """The newest hypothesis."""
        return self._agreement.text

    def since_pause(self, utterance: Utterance) -> tuple[Samples, str]:
        """The sound that a hypothesis has to be made of, and the settled words that it must begin with."""
        return utterance.samples[self._known_samples :], self.settled[len(self._known) :].strip()

    def hear(self, transcript: Transcript, utterance: Utterance) -> bool:
        """Take a hypothesis of what was said since the last pause. Whether it is worth showing.

        It is not when it contradicts what is settled, or may yet change sides.
        """
        return self._hear(transcript, f"{self._known} {transcript.text}".strip(), utterance)

    def hear_pause(self, candidate: Candidate, utterance: Utterance) -> bool:
        """Take what was said up to a pause, which is known from now on. Whether it is worth showing."""
        self.candidate = candidate
        if not self._hear(candidate.transcript, candidate.transcript.text, utterance):
            return False
        if self._sure and _is_firm(candidate.transcript):
            self._agreement.settle()
            self._known, self._known_samples = candidate.transcript.text, utterance.samples.size
        return True

    def translate(self, target: str, *, further: bool = True) -> Translation:
        """What is settled, in the other language, as far as whole clauses go; without `further`, as far as it went."""
        source = self._heard_in or target
        if not self._sure:
            return Translation("", source, target, "")
        if self._translation is None:
            self._translation = RunningTranslation(self._translator, source, target)
        if further:
            self._translation.follow(self.settled)
        return self._translation.shown

    def _hear(self, transcript: Transcript, text: str, utterance: Utterance) -> bool:
        same = transcript.language == self._heard_in
        if not (same and self._agreement.hear(text)):
            if self._sure:
                return False
            self._agreement = Agreement()
            self._agreement.hear(text)
            self._heard_in = transcript.language
        if utterance.seconds >= LONG_ENOUGH and transcript.probability >= SURE:
            self._sure = True
        return utterance.seconds >= LONG_ENOUGH or transcript.probability >= PRESUMED
