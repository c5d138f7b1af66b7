"""What is installed on this machine, and which of it these settings mean. Reads no model."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from kiosk import machine, paths, speed
from kiosk.config import Config
from kiosk.errors import ModelMissing
from kiosk.languages import Offer
from kiosk.models.manifest import Manifest
from kiosk.models.routes import find_route, offers
from kiosk.models.store import ModelStore, Package
from kiosk.quality import EngineName, Preference, Quality
from kiosk.types import Room


def model_store(config: Config) -> ModelStore:
    """The installed models. Raises ModelError when the manifest cannot be read."""
    return ModelStore(config.models.path, Manifest.load(paths.MANIFEST))


def installed_speech(config: Config) -> tuple[str, ...]:
    """The Whispers that are installed, smallest first, not yet verified."""
    store = model_store(config)
    return tuple(name for name in speed.OFFERED if store.has_whisper(name))


def speech_choice(config: Config) -> speed.Choice:
    """Which Whisper these settings mean here, and why. Looks at what is installed, and reads none of it."""
    answer = machine.read_answer() if config.speech.model == "auto" else None
    return speed.choose(config.speech.model, answer.model if answer else None, installed_speech(config))


def speech_model(config: Config) -> str:
    """The name of the Whisper that these settings mean here."""
    return speech_choice(config).model


def speech_to_install(config: Config) -> str:
    """The Whisper to install where none is named: one that happens to be installed is nobody's wish."""
    choice = speech_choice(config)
    return speed.DEFAULT if choice.why is speed.Why.INSTALLED else choice.model


def preference(config: Config) -> Preference:
    """Which engine comes first for a direction. Raises AssetError."""
    translation = config.translation
    return Preference(translation.engine, translation.preferred, Quality.load(paths.QUALITY))


def firefox_installed() -> bool:
    """Whether the optional library that reads Firefox packages is there."""
    return find_spec("fxtranslate") is not None


def usable(packages: Iterable[Package]) -> tuple[Package, ...]:
    """Without those whose library is not installed."""
    return tuple(package for package in packages if package.engine is not EngineName.FIREFOX or firefox_installed())


def language_offers(config: Config) -> tuple[Offer, ...]:
    """What each family language offers beside the staff's."""
    return offers(usable(model_store(config).packages()), config.room.staff, preference(config))


def check_models(config: Config, room: Room | None) -> None:
    """Hash every file that is needed, so that a missing or damaged one is named before anything opens.

    Without a room, only what every room needs. Whisper base and two starter packages take 0.1 to 0.3 s here.
    Raises ModelMissing, ModelDamaged.
    """
    store = model_store(config)
    store.whisper(speech_model(config))
    if room is None:
        return
    for source, target in (room.languages, room.languages[::-1]):
        for package in find_route(usable(store.packages()), source, target, preference(config)).steps:
            store.verify_package(package)


def translation_steps(config: Config, room: Room) -> int:
    """How many packages translate one sentence of this room, one after the other; 1 where nothing is installed yet."""
    packages = usable(model_store(config).packages())
    try:
        return max(len(find_route(packages, *pair).steps) for pair in (room.languages, room.languages[::-1]))
    except ModelMissing:
        return 1
