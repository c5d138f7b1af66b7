"""Installed models are what they should be, or the file that is not is named with its remedy."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import NoReturn

import pytest

from kiosk import paths
from kiosk.config import SpeechConfig
from kiosk.errors import ModelDamaged, ModelError, ModelMissing, OutputError
from kiosk.languages import LANGUAGES
from kiosk.models import Manifest, ModelStore
from kiosk.models.installer import Installer
from kiosk.models.record import RECORD, Origin, PackageRecord
from kiosk.speed import OFFERED
from tests.model_kit import WHISPER_FILES, ModelWorld, contents, package


@pytest.fixture
def world(tmp_path: Path) -> ModelWorld:
    return ModelWorld(tmp_path)


def install_whisper(store: ModelStore) -> Path:
    with Installer(store) as installer, installer.staging() as staging:
        (staging / "whisper").mkdir()
        for name, content in WHISPER_FILES.items():
            (staging / "whisper" / name).write_bytes(content)
        return installer.install_whisper(store.manifest.whisper("base"), staging / "whisper")


def install_package(store: ModelStore, content: bytes, origin: Origin = Origin.LOCAL) -> Path:
    with Installer(store) as installer:
        return install_package_with(installer, content, origin)


def install_package_with(installer: Installer, content: bytes, origin: Origin = Origin.LOCAL) -> Path:
    archive = installer.store.manifest.folder / "given.argosmodel"
    archive.write_bytes(content)
    return installer.install_archive(archive, origin).path


def test_a_sound_whisper_is_found(world: ModelWorld) -> None:
    world.pin_whisper()
    folder = install_whisper(world.store)
    assert world.store.whisper("base") == folder
    assert contents(folder) == set(WHISPER_FILES)


def test_a_missing_whisper_names_the_command_that_installs_it(world: ModelWorld) -> None:
    world.pin_whisper()
    with pytest.raises(ModelMissing, match="kiosk models pull base"):
        world.store.whisper("base")


def test_an_unknown_whisper_names_those_there_are(world: ModelWorld) -> None:
    world.pin_whisper("tiny")
    with pytest.raises(ModelMissing, match=r"« enormous ».*tiny"):
        world.store.whisper("enormous")


@pytest.mark.parametrize("name", WHISPER_FILES)
@pytest.mark.parametrize("damage", ["altered", "shortened", "removed"])
def test_a_damaged_whisper_file_is_named(world: ModelWorld, name: str, damage: str) -> None:
    world.pin_whisper()
    file = install_whisper(world.store) / name
    content = file.read_bytes()
    match damage:
        case "altered":
            file.write_bytes(bytes([content[0] ^ 1]) + content[1:])
        case "shortened":
            file.write_bytes(content[:-1])
        case "removed":
            file.unlink()
    with pytest.raises(ModelDamaged) as damaged:
        world.store.whisper("base")
    assert str(file) in damaged.value.message
    assert "kiosk models pull base" in damaged.value.remedy


def test_a_whisper_that_is_not_what_is_pinned_is_not_installed(world: ModelWorld) -> None:
    world.pin_whisper(files={**WHISPER_FILES, "model.bin": b"other weights"})
    with pytest.raises(ModelDamaged, match=r"model\.bin"):
        install_whisper(world.store)
    assert contents(world.store.directory) == set()


def test_a_store_that_does_not_exist_is_empty(world: ModelWorld) -> None:
    assert world.store.packages() == ()


def test_an_installed_package_tells_where_it_came_from(world: ModelWorld) -> None:
    folder = install_package(world.store, package("fr", "en"))
    (found,) = world.store.packages()
    assert (found.path, found.pair, found.version, found.origin) == (folder, "fr-en", "1.9", Origin.LOCAL)
    assert not found.starter
    world.store.verify_package(found)


def test_a_file_that_the_manifest_pins_is_official_wherever_it_came_from(world: ModelWorld) -> None:
    world.pin_package("fr", "en", package("fr", "en"))
    install_package(world.store, package("fr", "en"), Origin.LOCAL)
    (found,) = world.store.packages()
    assert (found.origin, found.path.name) == (Origin.OFFICIAL, "translate-fr_en-1_9")


def test_a_package_whose_metadata_say_so_is_a_starter_wherever_it_came_from(world: ModelWorld) -> None:
    install_package(world.store, package("fr", "en", starter=True), Origin.LOCAL)
    assert world.store.packages()[0].starter


def test_packages_of_one_direction_live_side_by_side(world: ModelWorld) -> None:
    world.pin_package("fr", "en", package("fr", "en"))
    install_package(world.store, package("fr", "en"))
    install_package(world.store, package("fr", "en", extra="mine"), Origin.LOCAL)
    assert {found.origin for found in world.store.packages()} == {Origin.OFFICIAL, Origin.LOCAL}


def test_installing_again_replaces_the_folder(world: ModelWorld) -> None:
    folder = install_package(world.store, package("fr", "en"))
    (folder / "model" / "model.bin").write_bytes(b"rotten")
    install_package(world.store, package("fr", "en"))
    world.store.verify_package(world.store.packages()[0])
    assert not list(world.store.directory.glob("downloads/installation-*"))


@pytest.mark.parametrize("name", ["metadata.json", "model/model.bin", "sentencepiece.model"])
def test_a_damaged_package_file_is_named(world: ModelWorld, name: str) -> None:
    folder = install_package(world.store, package("fr", "en"), Origin.INDEX)
    (folder / name).write_bytes(b"rotten")
    with pytest.raises(ModelDamaged) as damaged:
        world.store.verify_package(world.store.packages()[0])
    assert str(folder / name) in damaged.value.message
    assert "kiosk models pull fr-en" in damaged.value.remedy


@pytest.mark.parametrize(
    "record", [None, "", "{}", "[1]", '{"files": [{"name": "../../etc/passwd", "size": 1, "sha256": ""}]}']
)
def test_a_folder_that_is_no_installed_package_is_named(world: ModelWorld, record: str | None) -> None:
    stray = world.store.argos / "stray"
    stray.mkdir(parents=True)
    if record is not None:
        (stray / RECORD).write_text(record, encoding="utf-8")
    with pytest.raises(ModelDamaged, match=r"stray.*kiosk models pull"):
        world.store.packages()


def test_a_record_cannot_name_a_file_outside_its_folder(world: ModelWorld) -> None:
    folder = install_package(world.store, package("fr", "en"))
    fields = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    fields["files"][0]["name"] = "../other/model.bin"
    (folder / RECORD).write_text(json.dumps(fields), encoding="utf-8")
    with pytest.raises(ModelDamaged, match="illisible"):
        world.store.packages()


@pytest.mark.parametrize(
    "wrong",
    [{"size": "4"}, {"size": -1}, {"size": [4]}, {"size": True}, {"sha256": 7}, {"name": "a\0b"}, {"name": "\ud800"}],
)
def test_a_record_whose_pins_are_none_is_named_as_damaged(world: ModelWorld, wrong: dict[str, object]) -> None:
    folder = install_package(world.store, package())
    record = json.loads((folder / RECORD).read_text())
    record["files"][0] |= wrong
    (folder / RECORD).write_text(json.dumps(record))
    with pytest.raises(ModelDamaged, match="illisible"):
        world.store.packages()


@pytest.mark.parametrize("wrong", [{"starter": "false"}, {"licence": None}])
def test_a_record_that_does_not_say_plainly_whether_it_is_a_starter_is_damaged(
    world: ModelWorld, wrong: dict[str, object]
) -> None:
    folder = install_package(world.store, package())
    record = json.loads((folder / RECORD).read_text()) | wrong
    (folder / RECORD).write_text(json.dumps(record))
    with pytest.raises(ModelDamaged, match="illisible"):
        world.store.packages()


def test_two_installations_at_once_do_not_mix(world: ModelWorld) -> None:
    with Installer(world.store) as first, Installer(world.store) as second:
        assert first.downloads.is_dir()
        with pytest.raises(OutputError, match="Une autre installation est en cours"):
            install_package_with(second, package())
    assert world.store.packages() == ()


def test_what_an_interrupted_installation_left_is_removed_by_the_next(world: ModelWorld) -> None:
    leftover = world.store.directory / "downloads" / "installation-killed"
    leftover.mkdir(parents=True)
    (leftover / "half").write_bytes(b"x")
    install_package(world.store, package())
    assert not leftover.exists()


def test_a_folder_that_cannot_be_written_is_named(world: ModelWorld) -> None:
    """A file where the folder should be: nobody can write there, root included."""
    world.store.directory.write_bytes(b"")
    with pytest.raises(OutputError, match=f"Impossible d'écrire dans {world.store.directory}"):
        install_package(world.store, package())


@pytest.mark.parametrize(("user", "folders", "files"), [(0, {0o755}, {0o644}), (1000, {0o700}, {0o600})])
def test_what_root_installs_can_be_read_by_every_account_whatever_root_s_mask(
    world: ModelWorld, monkeypatch: pytest.MonkeyPatch, user: int, folders: set[int], files: set[int]
) -> None:
    world.pin_whisper()
    monkeypatch.setattr("os.geteuid", lambda: user)
    mask = os.umask(0o077)
    try:
        placed = (install_whisper(world.store), install_package(world.store, package()))
        assert os.umask(0o077) == 0o077  # given back
    finally:
        os.umask(mask)
    below = {path for folder in placed for path in (folder.parent, *folder.rglob("*"), folder)}
    assert {path.stat().st_mode & 0o777 for path in below if path.is_dir()} == folders
    assert {path.stat().st_mode & 0o777 for path in below if path.is_file()} == files


def test_what_this_account_may_not_read_is_not_called_damaged(
    world: ModelWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.pin_whisper()
    folders = (install_whisper(world.store), install_package(world.store, package()))

    def refuse(*_: object, **__: object) -> NoReturn:
        raise PermissionError(errno.EACCES, "refused")

    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.setattr(PackageRecord, "read", refuse)
    for folder, use in zip(folders, (lambda: world.store.whisper("base"), world.store.packages), strict=True):
        with pytest.raises(ModelDamaged) as closed:
            use()
        assert str(folder) in closed.value.message
        assert "n'en a pas le droit" in closed.value.message
        assert f"sudo chmod -R a+rX {world.store.directory}" in closed.value.remedy
    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    monkeypatch.setattr("pathlib.Path.is_dir", refuse)
    for use in (lambda: world.store.has_whisper("base"), world.store.packages):
        with pytest.raises(ModelDamaged, match=r"chmod -R a\+rX"):
            use()


_SOURCES = '[sources]\nhub = ""\nargos = ""\nindex = ""\n'


@pytest.mark.parametrize("text", ["", "sources = 1", "not toml [", f"{_SOURCES}[[whisper.base]]\nmirror = 1"])
def test_a_broken_manifest_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "manifest.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=str(file)):
        Manifest.load(file)


class TestTheManifestOfTheProject:
    """models/manifest.toml is what the program promises."""

    manifest = Manifest.load(paths.MANIFEST)

    def test_pins_every_whisper_that_the_settings_offer(self) -> None:
        allowed = SpeechConfig.__dataclass_fields__["model"].metadata["rule"].allowed
        assert allowed.replace('"', "").split(" ou ") == ["auto", *OFFERED]
        assert {pin.name for pin in self.manifest.whispers} == set(OFFERED)
        assert all({file.name for file in pin.files} == set(WHISPER_FILES) for pin in self.manifest.whispers)

    def test_pins_each_direction_once_and_always_both(self) -> None:
        directions = [(pin.source, pin.target) for pin in self.manifest.argos]
        assert len(directions) == len(set(directions))
        assert {(target, source) for source, target in directions} == set(directions)
        assert {code for direction in directions for code in direction} <= set(LANGUAGES)

    def test_the_mirror_of_base_carries_every_file_of_it(self) -> None:
        pin = self.manifest.whisper("base")
        assert {part.file for wheel in pin.mirror for part in wheel.parts} == {file.name for file in pin.files}

    def test_starter_packages_are_in_the_repository_and_marked_in_their_metadata(self, tmp_path: Path) -> None:
        store = ModelStore(tmp_path, self.manifest)
        with Installer(store) as installer:
            for pin in self.manifest.starters:
                archive = self.manifest.starter_file(pin)
                assert pin.file.difference(archive) == ""
                installer.install_archive(archive, Origin.LOCAL)
        assert {found.pair for found in store.packages()} == {"fr-en", "en-fr", "es-en", "en-es"}
        for found in store.packages():
            metadata = json.loads((found.path / "metadata.json").read_text(encoding="utf-8"))
            assert found.starter
            assert metadata["starter"] is True
            assert "Tatoeba" in metadata["attribution"]
