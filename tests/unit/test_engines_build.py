"""Which engines stand behind the settings: by preference, and without the library that is optional."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import build, installed
from kiosk.config import Config
from kiosk.errors import ModelDamaged, ModelMissing
from kiosk.models.files import FilePin
from kiosk.models.record import Origin, PackageRecord, pins_of
from kiosk.models.store import Package
from kiosk.quality import EngineName
from kiosk.settings import load_config
from tests.translation_kit import FRENCH_ENGLISH, write_package


def install(store: Path, engine: EngineName, pair: tuple[str, str] = ("fr", "en")) -> Package:
    """A package that really translates for Argos, and one that nobody reads for Firefox."""
    folder = store / engine / "package"
    if engine is EngineName.ARGOS:
        write_package(folder, FRENCH_ENGLISH, pair)
    else:
        folder.mkdir(parents=True)
        (folder / "model.fren.intgemm.alphas.bin").write_bytes(b"weights")
        (folder / "vocab.fren.spm").write_bytes(b"pieces")
    record = PackageRecord(*pair, "1.0", False, "", Origin.LOCAL, FilePin("a", 1, "0" * 64), pins_of(folder), engine)
    record.write(folder)
    return Package(folder, record)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.setattr("kiosk.paths.SETTINGS", tmp_path / "absent.toml")
    return load_config(options={"models.dir": str(tmp_path)})


def without_fxtranslate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "firefox_installed", lambda: False)


def test_what_is_installed_is_verified_read_and_translates(config: Config, tmp_path: Path) -> None:
    package = install(tmp_path, EngineName.ARGOS)
    engine, second = build.engines(config)
    assert engine.translate(["bonjour enfant", "oui"], "fr", "en") == ["hello child", "yes"]
    assert not second.serves("fr", "en")
    (package.path / "metadata.json").write_bytes(b"{}")
    with pytest.raises(ModelDamaged, match=r"metadata\.json"):
        build.engines(config)[0].load("fr", "en")


def test_the_better_engine_comes_first_and_the_other_second(config: Config, tmp_path: Path) -> None:
    install(tmp_path, EngineName.ARGOS)
    install(tmp_path, EngineName.FIREFOX)
    engines = build.engines(config)
    assert [engine.via("fr", "en").engine for engine in engines] == ["firefox", "argos"]
    wanted = load_config(options={"models.dir": str(tmp_path), "translation.prefer": "fr-en:argos"})
    assert [engine.via("fr", "en").engine for engine in build.engines(wanted)] == ["argos", "firefox"]


def test_without_its_library_firefox_is_as_good_as_not_installed(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, EngineName.FIREFOX)
    without_fxtranslate(monkeypatch)
    engine, _ = build.engines(config)
    with pytest.raises(ModelMissing, match="kiosk models pull fr-en"):
        engine.load("fr", "en")
    offer = next(offer for offer in installed.language_offers(config) if offer.language.code == "en")
    assert offer.missing == ("fr-en", "en-fr")


def test_a_package_that_cannot_be_tried_is_not_taken_for_sound(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = install(tmp_path, EngineName.FIREFOX)
    with pytest.raises(ModelDamaged, match=r"model\.fren\.intgemm\.alphas\.bin"):
        build.check_package(config, package)
    without_fxtranslate(monkeypatch)
    with pytest.raises(ModelMissing, match="fxtranslate"):
        build.check_package(config, package)


def test_a_sound_package_passes(config: Config, tmp_path: Path) -> None:
    build.check_package(config, install(tmp_path, EngineName.ARGOS))
