"""From settings to a pipeline: the only file that names concrete adapters.

Adapters are imported where they are needed: `kiosk caption` must work without PortAudio, `kiosk devices` without
models, and the screen must appear before half a second of imports.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk import paths
from kiosk.config import Config
from kiosk.languages import Offer
from kiosk.models.manifest import Manifest
from kiosk.models.routes import find_route, offers
from kiosk.models.store import ModelStore
from kiosk.pipeline import Parts, Pipeline, PipelineConfig
from kiosk.ports import AudioSource, OpenSession, Session, Translator
from kiosk.types import Emit, Room

if TYPE_CHECKING:
    from kiosk.adapters.argos import ArgosTranslator
    from kiosk.adapters.microphone import Device
    from kiosk.adapters.whisper import WhisperTranscriber

PARTIAL_EVERY: Final = 0.8
"""Seconds of speech between partials. A partial of Whisper base takes about 0.3 s here, and gives way to finals."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds for one encoding of Whisper's 30 s window, and for one short translation."""

    encode: float
    translate: float


def model_store(config: Config) -> ModelStore:
    """The installed models. Raises ModelError when the manifest cannot be read."""
    return ModelStore(config.models.path, Manifest.load(paths.MANIFEST))


def check_models(config: Config, room: Room | None) -> None:
    """Hash every file that is needed, so that a missing or damaged one is named before anything opens.

    Without a room, only what every room needs. Whisper base and two starter packages take 0.1 to 0.3 s here.
    Raises ModelMissing, ModelDamaged.
    """
    store = model_store(config)
    store.whisper(config.speech.model)
    if room is None:
        return
    for source, target in (room.languages, room.languages[::-1]):
        for package in find_route(store.packages(), source, target).steps:
            store.verify_package(package)


def language_offers(config: Config) -> tuple[Offer, ...]:
    """What each family language offers beside the staff's."""
    return offers(model_store(config).packages(), config.room.staff)


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
    """Those that this machine sees now. Raises DeviceError where PortAudio is not installed."""
    from kiosk.adapters.microphone import list_devices

    return list_devices()


def translator(config: Config, source: str, target: str) -> Translator:
    """One direction, checked and loaded. Raises ModelMissing, ModelDamaged."""
    argos = _argos(config)
    argos.load_direction(source, target)
    return argos


def pipeline(config: Config, room: Room, source: AudioSource, emit: Emit, *, partials: bool) -> Pipeline:
    """A pipeline ready to start. Raises ModelMissing when a model is not installed."""
    from kiosk.adapters.silero import SileroDetector

    parts = Parts(source, SileroDetector(), _whisper(config), _argos(config))
    return Pipeline(parts, room, PipelineConfig(config.segmenter, PARTIAL_EVERY if partials else 0.0), emit)


def session_opener(config: Config, recording: Path | None) -> OpenSession:
    """What the app calls to begin a conversation: on the microphone, or on a recording played at real pace."""

    def open_session(room: Room, emit: Emit) -> Session:
        source = open_recording(recording, real_pace=True) if recording else microphone(config)
        return pipeline(config, room, source, emit, partials=True)

    return open_session


def measure_speed(config: Config, room: Room) -> Speed:
    """Load the models of a room and time each once, warm. Raises ModelMissing, ModelDamaged."""
    whisper, argos = _whisper(config), _argos(config)
    whisper.load()
    argos.load(room)
    return Speed(
        encode=_seconds(whisper.encode_silence),
        translate=_seconds(lambda: argos.translate("Bonjour.", *room.languages)),
    )


def _seconds(work: Callable[[], object]) -> float:
    work()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _whisper(config: Config) -> WhisperTranscriber:
    from kiosk.adapters.whisper import WhisperTranscriber

    store = model_store(config)
    return WhisperTranscriber(lambda: store.whisper(config.speech.model), config.speech)


def _argos(config: Config) -> ArgosTranslator:
    from kiosk.adapters.argos import ArgosTranslator

    store = model_store(config)
    return ArgosTranslator(store.packages(), store.verify_package, config.translation)
