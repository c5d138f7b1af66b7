"""What the pipeline tells whoever listens: one event union, to be matched whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.types import BackTranslation, Caption


@dataclass(frozen=True, slots=True)
class Loading:
    """A model is being loaded; `what` is a name to show."""

    what: str


@dataclass(frozen=True, slots=True)
class Ready:
    """Models are loaded and the source is open; `source` is its name."""

    source: str


@dataclass(frozen=True, slots=True)
class Level:
    """How loud it is, `rms` in [0, 1], and whether that is speech. About six a second."""

    rms: float
    speech: bool


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """An utterance opened."""

    utterance_id: int


@dataclass(frozen=True, slots=True)
class BackTranslated:
    """The translation of a settled caption was translated back."""

    utterance_id: int
    back: BackTranslation


@dataclass(frozen=True, slots=True)
class Discarded:
    """An utterance held no words after all: a cough, a door, or a phrase that Whisper invents on silence."""

    utterance_id: int


@dataclass(frozen=True, slots=True)
class Behind:
    """Captions are late by `seconds`, or so many of closed utterances await recognition; 0.0 once caught up."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Overflow:
    """`seconds` of sound were lost because nothing read them in time."""

    seconds: float


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """The microphone went away; it is being looked for. Told again when the reason becomes another."""

    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class DeviceBack:
    """The microphone gives sound again. `source` says so when it is another one than was asked for."""

    source: str


@dataclass(frozen=True, slots=True)
class Mute:
    """Nothing but digital zeros comes from the microphone, or no longer so: a switch, most often."""

    mute: bool


@dataclass(frozen=True, slots=True)
class Warned:
    """Something a person should know that stops nothing, such as a recording that is cut short.

    `lasting`: it is about all that was heard, not about one caption or one wish.
    """

    message: str
    remedy: str
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """The recording is over and every caption of it has been emitted."""


@dataclass(frozen=True, slots=True)
class Failure:
    """The pipeline stopped. `message` and `remedy` are for a person and never hold what was said.

    `kind` is the name of the error, to be counted by.
    """

    message: str
    remedy: str
    kind: str = field(default="", compare=False)


Event = (
    Loading
    | Ready
    | Level
    | SpeechStarted
    | Caption
    | BackTranslated
    | Discarded
    | Behind
    | Overflow
    | DeviceLost
    | DeviceBack
    | Mute
    | Warned
    | Finished
    | Failure
)

Emit = Callable[[Event], object]
"""How the pipeline speaks to whoever listens. Called from the pipeline's threads."""
