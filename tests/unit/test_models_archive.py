"""An archive from outside decides nothing about where files go, and leaves nothing behind when it is refused."""

from __future__ import annotations

import contextlib
import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.errors import PackageRefused
from kiosk.models import archive as archive_module
from kiosk.models.archive import unpack
from kiosk.models.installer import Installer
from kiosk.models.record import Origin
from tests.model_kit import ModelWorld, contents, package, package_entries, zip_of

ROOT = "translate-fr_en-1_9"


def plus(name: str, content: bytes = b"x") -> bytes:
    """An honest package with one entry more."""
    return zip_of({**package_entries(), name: content})


def without(name: str) -> bytes:
    """An honest package that lacks one file."""
    entries = package_entries()
    del entries[f"{ROOT}/{name}"]
    return zip_of(entries)


def with_entry(change: Callable[[zipfile.ZipInfo], None]) -> bytes:
    """An honest package with one more entry, whose header was altered."""
    buffer = io.BytesIO(package())
    with zipfile.ZipFile(buffer, "a") as archive:
        info = zipfile.ZipInfo(f"{ROOT}/odd")
        change(info)
        archive.writestr(info, b"/etc/passwd")
    return buffer.getvalue()


def symlink(info: zipfile.ZipInfo) -> None:
    info.external_attr = (stat.S_IFLNK | 0o777) << 16


def device(info: zipfile.ZipInfo) -> None:
    info.external_attr = (stat.S_IFCHR | 0o666) << 16


def bzip2(info: zipfile.ZipInfo) -> None:
    info.compress_type = zipfile.ZIP_BZIP2


def encrypted() -> bytes:
    """The bit that says so, set in the central directory's last entry."""
    content = bytearray(plus(f"{ROOT}/secret"))
    content[content.rfind(b"PK\x01\x02") + 8] |= 0x1
    return bytes(content)


def twice() -> bytes:
    buffer = io.BytesIO(package())
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(f"{ROOT}/model/model.bin", b"another")
    return buffer.getvalue()


def flipped(position: int) -> bytes:
    """An honest package with one bit of the middle of its data changed."""
    content = bytearray(package())
    content[position] ^= 0x10
    return bytes(content)


HOSTILE = {
    "climbs out": (plus("../evil"), "sortirait du dossier"),
    "climbs out from inside": (plus(f"{ROOT}/model/../../../evil"), "sortirait du dossier"),
    "absolute": (plus("/tmp/evil"), "sortirait du dossier"),
    "backslashes": (plus("..\\evil"), "nom de fichier interdit"),
    "drive letter": (plus("C:/evil"), "nom de fichier interdit"),
    "control character": (plus(f"{ROOT}/\x1b[2Jevil"), "nom de fichier interdit"),
    "endless name": (plus(f"{ROOT}/{'a' * 300}"), "trop long"),
    "symbolic link": (with_entry(symlink), "lien ou un fichier spécial"),
    "device file": (with_entry(device), "lien ou un fichier spécial"),
    "unusual compression": (with_entry(bzip2), "méthode de compression"),
    "encrypted": (encrypted(), "chiffré"),
    "same name but for case": (plus(f"{ROOT}/Model/model.BIN"), "deux fois"),
    "file and folder at once": (plus(f"{ROOT}/model/model.bin/inner"), "à la fois un fichier et un dossier"),
    "reserved name": (plus(f"{ROOT}/kiosk.json"), "nom réservé"),
    "zip bomb": (plus(f"{ROOT}/zeros", bytes(30_000_000)), "prétend contenir"),
    "too many files": (zip_of({f"{i}": b"" for i in range(2_001)}), "2001 fichiers"),
    "no metadata": (without("metadata.json"), "metadata.json y manque"),
    "no model": (without("model/model.bin"), "model.bin y manque"),
    "no tokenizer": (without("sentencepiece.model"), "découpage en mots"),
    "metadata is not JSON": (zip_of({**package_entries(), f"{ROOT}/metadata.json": b"{"}), "illisible"),
    "metadata nests for ever": (
        zip_of({**package_entries(), f"{ROOT}/metadata.json": b"[" * 20_000}),
        "illisible",
    ),
    "metadata is a list": (zip_of({**package_entries(), f"{ROOT}/metadata.json": b"[]"}), "paquet de traduction"),
    "another kind of package": (package(type="sbd"), "paquet de traduction"),
    "language that is a path": (package(from_code="../../x"), "entre quelles langues"),
    "into its own language": (package(to_code="fr"), "entre quelles langues"),
    "version that is a path": (package(package_version="1/../.."), "entre quelles langues"),
    "cut short": (package()[:-40], "pas une archive zip"),
    "altered on its way": (flipped(300), "abîmée|pas une archive"),
    "empty": (b"", "pas une archive zip"),
    "a web page": (b"<html>Bienvenue sur le portail</html>", "pas une archive zip"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_refuses_and_leaves_nothing_behind(case: str, tmp_path: Path) -> None:
    content, reason = HOSTILE[case]
    world = ModelWorld(tmp_path)
    archive = tmp_path / "given.argosmodel"
    archive.write_bytes(content)
    before = contents(tmp_path) | {"manifest.toml"}

    with Installer(world.store) as installer, pytest.raises(PackageRefused, match=reason) as refusal:
        installer.install_archive(archive, Origin.LOCAL)

    assert "given.argosmodel est refusé" in refusal.value.message
    assert refusal.value.message.isprintable()
    assert contents(tmp_path) == before
    assert world.store.packages() == ()


def test_refuses_two_entries_of_one_name(tmp_path: Path) -> None:
    archive = tmp_path / "given.argosmodel"
    archive.write_bytes(twice())
    with pytest.raises(PackageRefused, match="deux fois"):
        unpack(archive, tmp_path / "out")


def test_refuses_more_than_the_limit_even_when_it_compresses_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_module, "MAX_BYTES", 1_000)
    archive = tmp_path / "given.argosmodel"
    archive.write_bytes(package())
    with pytest.raises(PackageRefused, match="prétend contenir"):
        unpack(archive, tmp_path / "out")


def test_unpacks_an_honest_package_without_its_top_folder(tmp_path: Path) -> None:
    archive = tmp_path / "given.argosmodel"
    archive.write_bytes(package("en", "ar", "1.0", licence="MIT"))

    info = unpack(archive, tmp_path / "out")

    assert (info.source, info.target, info.version, info.licence, info.starter) == ("en", "ar", "1.0", "MIT", False)
    assert contents(tmp_path / "out") == {"metadata.json", "model/model.bin", "sentencepiece.model"}


def test_ignores_harmless_files_beside_the_package(tmp_path: Path) -> None:
    archive = tmp_path / "given.argosmodel"
    archive.write_bytes(plus("__MACOSX/._metadata"))
    unpack(archive, tmp_path / "out")
    assert contents(tmp_path / "out") == {"metadata.json", "model/model.bin", "sentencepiece.model"}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(position=st.integers(0, 2_000), value=st.integers(0, 255), kept=st.integers(0, 2_000))
def test_any_damage_is_refused_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, position: int, value: int, kept: int
) -> None:
    """One byte changed and the end perhaps cut off: a sentence or a package, never another exception."""
    content = bytearray(package())
    content[position % len(content)] = value
    folder = tmp_path_factory.mktemp("fuzz")
    archive = folder / "given.argosmodel"
    archive.write_bytes(content if kept % 2 else content[: max(len(content) - kept, 0)])
    with contextlib.suppress(PackageRefused):
        unpack(archive, folder / "out")
    assert {path.name for path in folder.iterdir()} <= {"given.argosmodel", "out"}
