"""What flows from the microphone to the screen.

Audio time is counted in samples at 16 kHz since the source was opened; the wall clock only measures latency.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE: Final = 16_000
"""Samples a second everywhere behind an audio source: what Whisper and Silero were trained on."""

FRAME_SAMPLES: Final = 512
"""Samples in a frame: 32 ms, the only window that Silero VAD takes at 16 kHz."""

Samples = NDArray[np.float32]
"""Mono sound, float32 in [-1, 1], shape (n,)."""


class Side(Enum):
    """Who speaks: told by the language, not by the voice."""

    STAFF = "staff"
    FAMILY = "family"


class Flag(StrEnum):
    """A doubt, or a fact, that a reader of a caption must see. The value is what JSONL shows."""

    STARTER = "starter"
    """Translated by a demonstration package, whose PMI vocabulary is wrong."""
    UNSURE_LANGUAGE = "unsure-language"
    """Neither language of the room was clearly the likelier, or not the side that has the floor spoke."""
    UNSURE_WORDS = "unsure-words"
    """Whisper itself finds what it heard improbable: mumbled, far away, or several people at once."""
    LOOP = "loop"
    """A repetition that the speaker did not say was cut out."""
    NUMBERS = "numbers"
    """A figure on one side has no equal on the other."""
    UNTRANSLATED = "untranslated"
    """The translation is the source text again."""
    EMPTY = "empty"
    """Nothing came out of the translation."""
    TOO_LONG = "too-long"
    """The translation is many times longer than what was said."""
    TOO_SHORT = "too-short"
    """The translation is many times shorter than what was said: a part of it is missing."""
    IMPLAUSIBLE = "implausible"
    """A quantity was heard that cannot be, such as 3000 litres of syrup: said before anything is translated."""
    UNITS = "units"
    """A unit changed on the way, millilitres to litres."""
    NEGATION = "negation"
    """One side denies what the other does not."""
    SCRIPT = "wrong-script"
    """The translation is not written in the letters of its language."""
    LANGUAGE = "wrong-language"
    """The translation is in another language than the one asked for."""
    LEFTOVER = "untranslated-words"
    """Words of the source were left inside the translation."""
    TERM = "term"
    """A name or a term of the glossary was lost on the way."""
    MEANING = "meaning"
    """Translated back, it says something else."""
    PHRASE = "phrase"
    """No doubt but a fact: this is a sentence of the phrasebook, written by hand, that no qualified person reviewed."""
    VERIFIED = "verified"
    """No doubt but a fact: a sentence of the phrasebook that a qualified person verified and signed."""


FACTS: Final = frozenset({Flag.STARTER, Flag.PHRASE, Flag.VERIFIED})
"""Flags that say where a translation comes from; every other one is a doubt."""

FIGURES: Final = frozenset({Flag.NUMBERS, Flag.UNITS, Flag.IMPLAUSIBLE})
"""Doubts about a number or a dose, the worst there are. Where a translation has one, the figures that were said stand
beside it; one that cannot be is not repeated."""


@dataclass(frozen=True, slots=True)
class Room:
    """The two languages spoken here, as codes of `kiosk.languages`."""

    staff: str
    family: str

    @property
    def languages(self) -> tuple[str, str]:
        """Staff first."""
        return (self.staff, self.family)

    def side(self, language: str) -> Side:
        """Whose language this is; anything but the staff's is the family's."""
        return Side.STAFF if language == self.staff else Side.FAMILY

    def other(self, language: str) -> str:
        """The language that an utterance in `language` is translated into."""
        return self.family if language == self.staff else self.staff


@dataclass(frozen=True, slots=True, eq=False)
class AudioFrame:
    """32 ms of sound: `samples` has shape (512,); `index` counts frames since the source was opened."""

    samples: Samples
    index: int


class Stage(Enum):
    """How far an utterance has come."""

    GROWING = "growing"
    """Somebody is speaking."""
    PAUSED = "paused"
    """Somebody has just fallen silent. If nobody goes on, the closed utterance will be this very sound."""
    CLOSED = "closed"
    """It is over."""


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """One stretch of speech.

    `start` and `end` are in samples of audio time; `end` is the end of speech as far as it is known.
    `heard` is where listening stood when the utterance was cut out, in samples, so that `heard - end`
    is the silence that had to pass. `voice` is the mean probability in [0, 1] that its frames are speech, from the
    first one that was. Until it is closed, an utterance is a copy of what was said so far.
    """

    id: int
    samples: Samples
    start: int
    end: int
    heard: int
    voice: float
    stage: Stage

    @property
    def seconds(self) -> float:
        """How much sound this is."""
        return self.samples.size / SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of an utterance before it is recognised.

    `previous`: the language of the utterance before it, None for the first. `language`: that of this one where it is
    settled already, None where it has to be told from the sound. `floor`: the language of the side that had the
    floor from its first word to its last, as a person said before it began: it is obeyed, and doubted where the sound
    is clearly of the other one.
    `settled`: words of it that a hypothesis must begin with, in `language`.
    """

    previous: str | None = None
    language: str | None = None
    floor: str | None = None
    settled: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was heard.

    `probability` is that of the language against the other one of the room, in [0, 1]. `no_speech` is Whisper's
    probability that there was no speech at all; `log_probability` is the mean over tokens.
    """

    text: str
    language: str
    probability: float
    no_speech: float
    log_probability: float
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Translation:
    """The same in the other language. `engine` names what made it, such as "argos" or "argos+en" through English.

    `figures`: the quantities as they were said, such as ("2,5 ml",), to be shown beside a text whose own cannot be
    trusted; empty where they can.
    """

    text: str
    source: str
    target: str
    engine: str
    flags: tuple[Flag, ...] = ()
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BackTranslation:
    """What a translation says to whoever reads it, as far as a machine can tell: translated back by another package.

    `similarity` in [0, 1] to what was said; `doubtful` when that is too little.
    """

    text: str
    similarity: float
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Via:
    """What translates one direction: `engine` such as "argos" or "argos+en"; `starter` when a part is for
    demonstration only."""

    engine: str
    starter: bool


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds spent on a caption: silence awaited, recognition, translation, and from end of speech to caption."""

    endpoint: float
    transcribe: float
    translate: float
    total: float


@dataclass(frozen=True, slots=True)
class Caption:
    """One utterance in both languages. A row is keyed by `utterance_id`: partials replace it, the final settles it.

    `start` and `end` are in samples. `settled` counts the leading characters of the transcript that stay as they are
    until the final, in which it counts all of them; what follows may still change. A final whose language a person
    corrected comes again under the same id.
    """

    utterance_id: int
    side: Side
    transcript: Transcript
    translation: Translation
    start: int
    end: int
    latency: Latency
    final: bool
    settled: int

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The doubts of both halves, each once."""
        return tuple(dict.fromkeys(self.transcript.flags + self.translation.flags))
