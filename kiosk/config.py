"""What settings there are: a dataclass a section of kiosk.toml, a rule a key. `kiosk.settings` reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kiosk import paths
from kiosk.errors import LanguageError
from kiosk.interface import MASTER, STAFF_LANGUAGES
from kiosk.languages import LANGUAGES
from kiosk.quality import AUTO, EngineName
from kiosk.types import Room


@dataclass(frozen=True, slots=True)
class Rule:
    """What a value must be: its type, a test, and that test in words. `secret`: no error quotes it."""

    kind: type
    test: Callable[[Any], bool]
    allowed: str
    secret: bool = False


def _setting(default: object, kind: type, allowed: str, test: Callable[[Any], bool], *, secret: bool = False) -> Any:
    return field(default=default, metadata={"rule": Rule(kind, test, allowed, secret)})


def _number(default: float, low: float, high: float, unit: str) -> Any:
    return _setting(default, float, f"un nombre de {low:g} à {high:g} ({unit})", lambda v: low <= v <= high)


def _integer(default: int, low: int, high: int) -> Any:
    return _setting(default, int, f"un entier de {low} à {high}", lambda v: low <= v <= high)


def _choice(default: str, *choices: str) -> Any:
    return _setting(default, str, " ou ".join(f'"{c}"' for c in choices), lambda v: v in choices)


def _text(default: str, allowed: str) -> Any:
    return _setting(default, str, allowed, lambda v: True)


_PREFERENCE: Final = re.compile(rf"([a-z]{{2,3}}-[a-z]{{2,3}}):({'|'.join(EngineName)})")


def _are_preferences(text: str) -> bool:
    return all(_PREFERENCE.fullmatch(item) for item in text.replace(",", " ").split())


@dataclass(frozen=True, slots=True)
class RoomConfig:
    """[room] The two languages, as ISO 639-1 codes."""

    staff: str = _choice("fr", *LANGUAGES)
    family: str = _choice("en", *LANGUAGES)


@dataclass(frozen=True, slots=True)
class AudioConfig:
    """[audio] `device`: part of the microphone's name as `kiosk devices` lists it; empty for the system's default."""

    device: str = _text("", "une partie du nom d'un microphone (voir « kiosk devices »)")


@dataclass(frozen=True, slots=True)
class SegmenterConfig:
    """[segmenter] Where an utterance begins and ends.

    `threshold`: speech probability above which a frame is speech (Silero's own default); it must fall 0.15 lower to be
    silence again. `pre_roll`: seconds kept from before speech was noticed, so that the first consonant is whole.
    `onset`: seconds of speech that open an utterance, so that a click does not.
    `hangover`: seconds of silence that end it as long as its words are not known; `hangover_complete` after a whole
    sentence, `hangover_hesitant` after anything else. `patient`: seconds of speech after which a breath ends it.
    `longest`: seconds after which it is cut at its weakest point; Whisper hears 30 at most.
    """

    threshold: float = _number(0.5, 0.05, 0.95, "probabilité")
    pre_roll: float = _number(0.32, 0.0, 2.0, "secondes")
    onset: float = _number(0.096, 0.032, 1.0, "secondes")
    hangover: float = _number(0.64, 0.1, 5.0, "secondes")
    hangover_complete: float = _number(0.45, 0.1, 5.0, "secondes")
    hangover_hesitant: float = _number(0.9, 0.1, 5.0, "secondes")
    patient: float = _number(10.0, 2.0, 29.0, "secondes")
    longest: float = _number(24.0, 2.0, 29.0, "secondes")


@dataclass(frozen=True, slots=True)
class SpeechConfig:
    """[speech] `model`: Whisper size, or "auto" for what suits this machine (`kiosk.speed.choose`).

    `threads`: 0 for one for two cores, 4 at most. `beam`: hypotheses kept for a final.
    `partials`: whether words are shown while they are still being said; without, a conversation takes a third to two
    fifths of the processor time. `vocabulary`: whether finals in the staff's language are biased towards the words of
    assets/vocabulary.
    """

    model: str = _choice("auto", "auto", "tiny", "base", "small")
    threads: int = _integer(0, 0, 64)
    beam: int = _integer(5, 1, 10)
    partials: str = _choice("on", "off", "on")
    vocabulary: str = _choice("off", "off", "on")


@dataclass(frozen=True, slots=True)
class TranslationConfig:
    """[translation] `beam`: hypotheses that Argos keeps, 4 as it does by itself.

    `engine`: "auto" for the better one by the measured table (assets/quality), or the one that comes first wherever it
    is installed. `prefer`: the same for single directions, such as "en-ar:firefox, tr-en:argos". `memory`: MB that
    packages may take before those of directions not in use are given up (`kiosk.routing`). `back`: when what staff say
    is translated back, "idle" for whenever there is nothing else to do, "key" for on demand alone. `glossary`: a file
    of a team's own names and terms, beside the program's.
    """

    beam: int = _integer(4, 1, 10)
    engine: str = _choice(AUTO, AUTO, *EngineName)
    prefer: str = _setting("", str, 'des sens et leur moteur, comme "en-ar:firefox, tr-en:argos"', _are_preferences)
    memory: int = _integer(500, 50, 16_000)
    back: str = _choice("idle", "idle", "key")
    glossary: str = _text("", "un fichier de termes (voir assets/glossary)")

    @property
    def preferred(self) -> dict[str, EngineName]:
        """The engine of each direction that `prefer` names."""
        return {pair: EngineName(engine) for pair, engine in _PREFERENCE.findall(self.prefer)}


@dataclass(frozen=True, slots=True)
class InterpreterConfig:
    """[interpreter] `contacts`: who to call, as "name number", separated by semicolons."""

    contacts: str = _text("", "des noms et des numéros, séparés par des points-virgules")

    @property
    def listed(self) -> tuple[str, ...]:
        """The contacts, one by one."""
        return tuple(filter(None, (contact.strip() for contact in self.contacts.split(";"))))


@dataclass(frozen=True, slots=True)
class WaitingConfig:
    """[waiting] The kiosk of a waiting room. `code`: what staff type to leave it, 4 characters at least.

    `idle`: seconds without a key, a touch or a word after which it forgets everything and welcomes again; five times as
    many without a key or a touch, as a television speaks for ever.
    `demonstration`: whether languages that only demonstration packages serve are offered, for a trial without families.
    """

    code: str = _setting(
        "", str, "vide, ou 4 à 64 caractères entre guillemets", lambda v: not v or 4 <= len(v) <= 64, secret=True
    )
    idle: float = _number(120.0, 10.0, 3600.0, "secondes")
    demonstration: str = _choice("off", "off", "on")


@dataclass(frozen=True, slots=True)
class TerminalConfig:
    """[terminal] `bidi`: who puts right-to-left text in order, this program or the terminal by itself.

    "auto": what the self-test found out about this terminal, or else what is known of it (`kiosk.ui.terminal`).
    `theme`: the colours at the start; a key changes them.
    """

    bidi: str = _choice("auto", "auto", "app", "terminal")
    theme: str = _choice("dark", "dark", "light", "contrast")


@dataclass(frozen=True, slots=True)
class InterfaceConfig:
    """[interface] `language`: in which the screen speaks to staff (assets/interface)."""

    language: str = _choice(MASTER, *STAFF_LANGUAGES)


@dataclass(frozen=True, slots=True)
class UsageConfig:
    """[usage] `keep`: whether consultations are counted by month, in numbers alone, for `kiosk report`."""

    keep: str = _choice("off", "off", "on")


@dataclass(frozen=True, slots=True)
class ModelsConfig:
    """[models] `dir`: where models are installed; empty for the folder beside the program."""

    dir: str = _text("", "un dossier")

    @property
    def path(self) -> Path:
        """The folder as a path."""
        return Path(self.dir).expanduser() if self.dir else paths.MODELS


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting, checked."""

    room: RoomConfig = field(default_factory=RoomConfig)
    audio: AudioConfig = field(default_factory=AudioConfig)
    segmenter: SegmenterConfig = field(default_factory=SegmenterConfig)
    speech: SpeechConfig = field(default_factory=SpeechConfig)
    translation: TranslationConfig = field(default_factory=TranslationConfig)
    interpreter: InterpreterConfig = field(default_factory=InterpreterConfig)
    waiting: WaitingConfig = field(default_factory=WaitingConfig)
    terminal: TerminalConfig = field(default_factory=TerminalConfig)
    interface: InterfaceConfig = field(default_factory=InterfaceConfig)
    usage: UsageConfig = field(default_factory=UsageConfig)
    models: ModelsConfig = field(default_factory=ModelsConfig)

    @property
    def languages(self) -> Room:
        """The room. Raises LanguageError when both languages are the same."""
        if self.room.staff == self.room.family:
            raise LanguageError("La langue de l'équipe et celle de la famille sont les mêmes.")
        return Room(self.room.staff, self.room.family)


SECTIONS: Final[dict[str, type]] = {
    "room": RoomConfig,
    "audio": AudioConfig,
    "segmenter": SegmenterConfig,
    "speech": SpeechConfig,
    "translation": TranslationConfig,
    "interpreter": InterpreterConfig,
    "waiting": WaitingConfig,
    "terminal": TerminalConfig,
    "interface": InterfaceConfig,
    "usage": UsageConfig,
    "models": ModelsConfig,
}
