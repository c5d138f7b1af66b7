"""Firefox files as they are published, taken in with suspicion, each package whole or not at all."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from kiosk.errors import ModelDamaged, PackageRefused
from kiosk.models.firefox import FirefoxFiles, firefox_folders
from kiosk.models.installer import Installer
from kiosk.models.record import Origin
from kiosk.models.store import ModelStore, Package
from kiosk.quality import EngineName
from tests.model_kit import ModelWorld, contents

MODEL = "model.enar.intgemm.alphas.bin"
PUBLISHED = {MODEL: b"weights" * 100, "vocab.enar.spm": b"pieces", "lex.50.50.enar.s2t.bin": b"words"}


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelWorld(tmp_path).store


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A folder of files as published."""
    folder = tmp_path / "given"
    folder.mkdir()
    write(folder, PUBLISHED)
    return folder


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content)


def install(store: ModelStore, folder: Path) -> Package:
    with Installer(store) as installer:
        return installer.install_firefox(FirefoxFiles.in_folder(folder))


def test_published_files_make_a_package_and_what_is_not_needed_stays_behind(store: ModelStore, given: Path) -> None:
    package = install(store, given)
    assert store.packages() == (package,)
    assert package.path == store.directory / "firefox" / "en-ar-local"
    assert contents(package.path) == {MODEL, "vocab.enar.spm", "kiosk.json"}
    assert (package.pair, package.engine, package.origin) == ("en-ar", EngineName.FIREFOX, Origin.LOCAL)
    assert package.label == "Firefox en-ar"
    store.verify_package(package)
    files = FirefoxFiles.installed(package)
    assert files.model == package.path / MODEL
    assert files.source_vocabulary == files.target_vocabulary == package.path / "vocab.enar.spm"


def test_gzipped_files_are_unzipped(store: ModelStore, given: Path) -> None:
    for name, content in PUBLISHED.items():
        (given / name).unlink()
        (given / f"{name}.gz").write_bytes(gzip.compress(content))
    package = install(store, given)
    assert {name: (package.path / name).read_bytes() for name in (MODEL, "vocab.enar.spm")} == {
        name: PUBLISHED[name] for name in (MODEL, "vocab.enar.spm")
    }


def test_each_language_may_have_its_own_vocabulary(store: ModelStore, given: Path) -> None:
    (given / "vocab.enar.spm").rename(given / "srcvocab.enar.spm")
    write(given, {"trgvocab.enar.spm": b"other pieces"})
    files = FirefoxFiles.installed(install(store, given))
    assert files.source_vocabulary.read_bytes() == b"pieces"
    assert files.target_vocabulary.read_bytes() == b"other pieces"


def test_metadata_tell_the_version(store: ModelStore, given: Path) -> None:
    metadata = {"sourceLanguage": "en", "targetLanguage": "ar", "version": "2.0"}
    write(given, {"metadata.json": json.dumps(metadata).encode()})
    package = install(store, given)
    assert (package.version, package.label) == ("2.0", "Firefox en-ar 2.0")


def test_both_directions_may_lie_side_by_side(given: Path) -> None:
    for pair in ("enar", "aren"):
        (given / pair).mkdir()
        write(given / pair, {name.replace("enar", pair): content for name, content in PUBLISHED.items()})
    for name in PUBLISHED:
        (given / name).unlink()
    (given / "readme").mkdir()
    assert firefox_folders(given) == [given / "aren", given / "enar"]
    assert firefox_folders(given / "enar") == [given / "enar"]


@pytest.mark.parametrize(
    ("files", "because"),
    [
        ({MODEL: None}, "0 modèles"),
        ({"model.enfr.intgemm.alphas.bin": b"w"}, "2 modèles"),
        ({"vocab.enar.spm": None}, r"vocab\.enar\.spm"),
        ({"vocab.enar.spm": None, "srcvocab.enar.spm": b"p"}, r"vocab\.enar\.spm"),
        ({"metadata.json": b"{"}, r"metadata\.json est illisible"),
        ({"metadata.json": b"[]"}, r"metadata\.json est illisible"),
        (
            {"metadata.json": b'{"sourceLanguage": "en", "targetLanguage": "fr", "version": "1.0"}'},
            "d'autres langues",
        ),
        (
            {"metadata.json": b'{"sourceLanguage": "en", "targetLanguage": "ar", "version": "../x"}'},
            "ne dit pas",
        ),
        ({MODEL: None, f"{MODEL}.gz": gzip.compress(b"weights" * 100)[:-20]}, r"alphas\.bin\.gz est abîmé"),
        ({MODEL: None, f"{MODEL}.gz": b"no gzip"}, r"alphas\.bin\.gz est abîmé"),
        ({"vocab.enar.spm": None, "vocab.enar.spm.gz": b""}, r"vocab\.enar\.spm\.gz est vide"),
        ({MODEL: b""}, r"alphas\.bin est vide"),
    ],
)
def test_what_is_no_package_is_refused_and_nothing_of_it_installed(
    store: ModelStore, given: Path, files: dict[str, bytes | None], because: str
) -> None:
    for name, content in files.items():
        if content is None:
            (given / name).unlink()
        else:
            (given / name).write_bytes(content)
    with pytest.raises(PackageRefused, match=because) as refused:
        install(store, given)
    assert str(given) in refused.value.message
    assert contents(store.directory) == set()


def test_a_package_that_does_not_work_is_refused_and_what_was_there_stays(store: ModelStore, given: Path) -> None:
    def broken(package: Package) -> None:
        raise ModelDamaged(f"Le fichier {package.path / MODEL} est abîmé.")

    before = install(store, given)
    write(given, {MODEL: b"other weights"})
    with Installer(store) as installer, pytest.raises(PackageRefused) as refused:
        installer.install_firefox(FirefoxFiles.in_folder(given), broken)
    assert f"{given} est refusé. Le fichier {MODEL} est abîmé. Rien n'a été installé." in refused.value.message
    assert (before.path / MODEL).read_bytes() == PUBLISHED[MODEL]
    store.verify_package(before)


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackageRefused, match="nulle-part"):
        FirefoxFiles.in_folder(tmp_path / "nulle-part")


def test_an_installed_package_that_lost_its_model_is_damaged(store: ModelStore, given: Path) -> None:
    package = install(store, given)
    (package.path / MODEL).unlink()
    with pytest.raises(ModelDamaged, match="0 modèles"):
        FirefoxFiles.installed(package)
    with pytest.raises(ModelDamaged, match="kiosk models add"):
        store.verify_package(package)


def test_a_package_in_the_folder_of_another_engine_is_not_taken_for_one_of_it(store: ModelStore, given: Path) -> None:
    package = install(store, given)
    store.argos.mkdir()
    package.path.rename(store.argos / "en-ar")
    with pytest.raises(ModelDamaged, match="autre moteur"):
        store.packages()
