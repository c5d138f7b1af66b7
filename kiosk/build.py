"""From settings to a pipeline: the only file that names concrete adapters.

Adapters are imported where they are needed: `kiosk caption` must work without PortAudio, `kiosk devices` without
models, and the screen must appear before half a second of imports.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk import installed, measuring, paths, vocabulary
from kiosk.captioning import CaptionerConfig
from kiosk.config import Config
from kiosk.errors import AudioFileError, KioskError, ModelMissing
from kiosk.events import Emit
from kiosk.glossary import Glossary
from kiosk.listening import ListenerConfig
from kiosk.models.store import Package
from kiosk.phrasebook import Phrasebook
from kiosk.pipeline import Parts, Pipeline, PipelineConfig
from kiosk.ports import AudioSource, Engine, OpenSession, Session, Transcriber, Translator
from kiosk.quality import EngineName
from kiosk.quantities.plausible import Plausible
from kiosk.routing import Leg, Legs, RoutedEngine
from kiosk.translating import GatedTranslator
from kiosk.types import Room, Samples

if TYPE_CHECKING:
    from kiosk.adapters.microphone import Device
    from kiosk.adapters.whisper import WhisperTranscriber

FIRST_PARTIAL: Final = 0.25
PARTIAL_EVERY: Final = 0.45
"""Seconds of speech before the first partial, counted from when speech was noticed, and between partials.

A partial of Whisper base takes 0.1 to 0.3 s here. It gives way to finals, and only the newest is ever computed.
"""


TYPICAL_SPEECH: Final = 4.0
"""Seconds of an ordinary turn: the demonstration's last 4 s on average."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds to encode an ordinary turn, and for one short translation."""

    encode: float
    translate: float


def open_recording(file: Path, *, real_pace: bool) -> AudioSource:
    """A file to be played, opened already so that a wrong one is told at once. Raises AudioFileError."""
    from kiosk.adapters.recording import Recording

    recording = Recording(file, "real" if real_pace else "fast")
    recording.open()
    return recording


def pcm_pipe(descriptor: int) -> AudioSource:
    """Raw sound on a file descriptor."""
    from kiosk.adapters.pcm import PcmPipe

    return PcmPipe(descriptor)


def microphone(config: Config) -> AudioSource:
    """The microphone of the settings, not yet open."""
    from kiosk.adapters.microphone import Microphone

    return Microphone(config.audio.device)


def microphones() -> tuple[Device, ...]:
    """Those that this machine sees now. Raises AudioError where sound cannot be used."""
    from kiosk.adapters.microphone import list_devices

    return list_devices()


def translator(config: Config, source: str, target: str) -> Translator:
    """One direction, checked and loaded. Raises ModelMissing, ModelDamaged."""
    gated = _translator(config)
    gated.load_direction(source, target)
    return gated


def transcriber(config: Config, name: str) -> Transcriber:
    """The Whisper of this name, checked and loaded. Raises ModelMissing, ModelDamaged."""
    whisper = _whisper(config, name)
    whisper.load()
    return whisper


def room_translator(config: Config, room: Room) -> Translator:
    """Both directions, checked and loaded. Raises ModelMissing, ModelDamaged."""
    gated = _translator(config)
    gated.load(room)
    return gated


def demonstration() -> tuple[Samples, ...]:
    """The turns of the demonstration consultation, as sound. Raises AudioFileError."""
    try:
        turns = json.loads(paths.DEMO_TURNS.read_text(encoding="utf-8"))
        spans = [(float(turn["start"]), float(turn["end"])) for turn in turns]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AudioFileError(f"{paths.DEMO_TURNS} est absent ou incorrect.", "Réinstallez le programme.") from error
    recording = open_recording(paths.DEMO, real_pace=False)
    try:
        return measuring.cut_turns(recording, spans)
    finally:
        recording.close()


def pipeline(
    config: Config,
    room: Room,
    source: AudioSource,
    emit: Emit,
    *,
    partials: bool,
    real_time: bool,
    watched: bool = False,
) -> Pipeline:
    """A pipeline ready to start. Raises ModelMissing when a model is not installed.

    `real_time`: the sound comes as fast as it is spoken, so that pauses can be used to be early. `watched`: somebody
    has a screen and time to compare what staff say with its translation, translated back.
    """
    from kiosk.adapters.silero import SileroDetector

    parts = Parts(source, SileroDetector(), _whisper(config), _translator(config))
    plausible = Plausible.load(paths.PLAUSIBLE)
    captioner = CaptionerConfig(
        implausible=lambda text, language: bool(plausible.implausible(text, language)),
        review=watched and config.translation.back == "idle",
    )
    return Pipeline(
        parts, room, PipelineConfig(listener(config, partials=partials, real_time=real_time), captioner), emit
    )


def listener(config: Config, *, partials: bool, real_time: bool) -> ListenerConfig:
    """How to listen: see `pipeline`."""
    every = PARTIAL_EVERY if partials else 0.0
    return ListenerConfig(config.segmenter, FIRST_PARTIAL, every, anticipate=real_time)


def warm(config: Config) -> None:
    """Import what a conversation needs, while nobody waits for it. Whatever is wrong is told when one opens.

    Opening the first one took 0.53 s here, in which the screen stood still; once imported, 0.03 s.
    """
    with suppress(ImportError, OSError, KioskError):
        from kiosk.adapters import microphone, silero  # noqa: F401 - the imports are the purpose

        _whisper(config)
        _translator(config)


def session_opener(config: Config, recording: Path | None) -> OpenSession:
    """What the app calls to begin a conversation: on the microphone, or on a recording played at real pace."""

    def open_session(room: Room, emit: Emit) -> Session:
        source = open_recording(recording, real_pace=True) if recording else microphone(config)
        partials = config.speech.partials == "on"
        return pipeline(config, room, source, emit, partials=partials, real_time=True, watched=True)

    return open_session


def measure_speed(config: Config, room: Room) -> Speed:
    """Load the models of a room and time each once, warm. Raises ModelMissing, ModelDamaged."""
    whisper, gated = _whisper(config), _translator(config)
    whisper.load()
    gated.load(room)
    return Speed(
        encode=_seconds(lambda: whisper.encode_silence(TYPICAL_SPEECH)),
        translate=_seconds(lambda: gated.follow("Bonjour.", *room.languages, "")),
    )


def _seconds(work: Callable[[], object]) -> float:
    work()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _whisper(config: Config, name: str = "") -> WhisperTranscriber:
    from kiosk.adapters.whisper import WhisperTranscriber

    store = installed.model_store(config)
    staff = config.room.staff
    told = vocabulary.prompt(paths.VOCABULARY, staff) if config.speech.vocabulary == "on" else ""
    return WhisperTranscriber(
        lambda: store.whisper(name or installed.speech_model(config)), config.speech, {staff: told}
    )


def engines(config: Config) -> tuple[Engine, ...]:
    """Who translates, best first: the best route for each direction, then the one that shares least with it.

    They share what they have in memory. Nothing is read yet. Raises ModelDamaged, AssetError.
    """
    store = installed.model_store(config)
    legs = Legs(
        {EngineName.ARGOS: partial(_argos_leg, config), EngineName.FIREFOX: _firefox_leg},
        store.verify_package,
        config.translation.memory * 1_000_000,
    )
    packages, wanted = installed.usable(store.packages()), installed.preference(config)
    return (RoutedEngine(packages, legs, wanted), RoutedEngine(packages, legs, wanted, second=True))


def check_package(config: Config, package: Package) -> None:
    """Read a package whole, have it translate, and give it up again. Raises ModelDamaged, ModelMissing."""
    if package.engine is EngineName.FIREFOX and not installed.firefox_installed():
        raise ModelMissing(
            "La bibliothèque fxtranslate, qui lit les paquets de Firefox, n'est pas installée.",
            "Relancez ./install.sh ; elle n'existe pas pour les Mac à processeur Intel.",
        )
    leg: Leg = _firefox_leg(package) if package.engine is EngineName.FIREFOX else _argos_leg(config, package)
    leg.close()


def _argos_leg(config: Config, package: Package) -> Leg:
    from kiosk.adapters.argos import ArgosLeg, Search

    return ArgosLeg.open(package, Search(beam=config.translation.beam))


def _firefox_leg(package: Package) -> Leg:
    from kiosk.adapters.firefox import FirefoxLeg

    return FirefoxLeg.open(package)


@cache
def phrasebook() -> Phrasebook:
    """The phrasebook of the program, with what was signed on this machine. Raises AssetError.

    Read once: the screen and each conversation need it, and its twelve files take 0.15 s.
    """
    return Phrasebook.load(paths.PHRASEBOOK, paths.local_phrasebook())


def _translator(config: Config) -> GatedTranslator:
    own = Path(config.translation.glossary).expanduser() if config.translation.glossary else None
    glossary = Glossary.load(*((own,) if own else ()), paths.GLOSSARY)
    return GatedTranslator(engines(config), phrasebook(), glossary)
