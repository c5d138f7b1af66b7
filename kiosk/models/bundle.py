"""Bundles: a folder with every installed model, from which a machine without network installs.

    bundle.json        every other file by size and SHA-256
    whisper/<name>/    as in the store
    argos/<package>/   as in the store, with its record; firefox/<package>/ likewise

The hashes tell a damaged copy. Whisper's files are moreover checked against the manifest of the receiving machine. For
Argos the archive that the manifest pins is not carried, only what came out of it: whoever must rule out that a bundle
was altered on its way compares its fingerprint, which is printed on both sides.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from kiosk.disk import writing_to
from kiosk.errors import ModelDamaged, ModelMissing, OutputError
from kiosk.models.files import (
    FilePin,
    copy_stream,
    read_chunks,
    replace_folder,
    require_space,
    sha256_of,
)
from kiosk.models.installer import Installer
from kiosk.models.record import RECORD, PackageRecord, pin_from_json
from kiosk.models.report import Progress, Report
from kiosk.models.store import ModelStore
from kiosk.quality import EngineName

INVENTORY: Final = "bundle.json"
_FORMAT: Final = 1
_RECOPY: Final = "Recopiez le lot, ou refaites-le avec « kiosk models bundle »."


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle in `folder`; `fingerprint` is the SHA-256 of its inventory, and so of all it holds."""

    folder: Path
    files: tuple[FilePin, ...]
    fingerprint: str

    @property
    def size(self) -> int:
        """Bytes of all models."""
        return sum(file.size for file in self.files)

    @classmethod
    def load(cls, folder: Path) -> Bundle:
        """Read the inventory. Raises ModelMissing when the folder is no bundle, ModelDamaged when it is unreadable."""
        inventory = folder / INVENTORY
        if not inventory.is_file():
            raise ModelMissing(
                f"Le dossier {folder} n'est pas un lot de modèles : {INVENTORY} y manque.",
                "Un lot se prépare sur une machine installée : kiosk models bundle DOSSIER.",
            )
        try:
            fields = json.loads(inventory.read_text(encoding="utf-8"))
            number = fields["format"]
            files = tuple(pin_from_json(file) for file in fields["files"])
            bundle = cls(folder, files, sha256_of(inventory))
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise ModelDamaged(f"L'inventaire {inventory} est illisible ({error}).", _RECOPY) from error
        if number != _FORMAT:
            raise ModelDamaged(f"Le lot {folder} est d'une autre version du programme (format {number}).", _RECOPY)
        return bundle

    def group(self, kind: str) -> dict[str, tuple[FilePin, ...]]:
        """Models of one kind ("whisper", or an engine) by the name of their folder; file names are relative to it."""
        groups: dict[str, tuple[FilePin, ...]] = {}
        for file in self.files:
            top, *rest = PurePosixPath(file.name).parts
            if top == kind and len(rest) >= 2:
                inner = dataclasses.replace(file, name="/".join(rest[1:]))
                groups[rest[0]] = (*groups.get(rest[0], ()), inner)
        return groups


def write_bundle(store: ModelStore, folder: Path, report: Report) -> Bundle:
    """Copy every installed model, verified, into a new folder, or in place of an older bundle.

    Raises ModelMissing when nothing is installed, ModelDamaged, OutputError; `folder` is then as it was before.
    """
    folder = folder.resolve()
    models = tuple(_sound_files(store))
    if not models:
        raise ModelMissing("Aucun modèle n'est installé : il n'y a rien à emporter.", "D'abord : kiosk models pull.")
    with writing_to(folder):
        if folder.exists() and not (folder / INVENTORY).is_file() and (not folder.is_dir() or any(folder.iterdir())):
            raise OutputError(f"Le dossier {folder} contient autre chose qu'un lot.", "Donnez un dossier neuf ou vide.")
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        require_space(folder.parent, sum(path.stat().st_size for path in models))
        with writing_to(folder):
            files = _copy_models(store.directory, models, staging / "new", report)
            fields = {"format": _FORMAT, "files": [dataclasses.asdict(file) for file in files]}
            (staging / "new" / INVENTORY).write_text(json.dumps(fields, indent=1) + "\n", encoding="utf-8")
            replace_folder(staging / "new", folder, aside=staging / "old")
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Bundle.load(folder)


def install_bundle(folder: Path, installer: Installer, report: Report) -> Bundle:
    """Install every model of a bundle, each checked. Raises ModelMissing, ModelDamaged, OutputError."""
    bundle = Bundle.load(folder)
    for name, files in bundle.group("whisper").items():
        _install_whisper(bundle, name, files, installer, report)
    for engine in EngineName:
        for name, files in bundle.group(engine).items():
            _install_package(bundle, engine, name, files, installer, report)
    return bundle


def _sound_files(store: ModelStore) -> Iterator[Path]:
    """The files of all installed models, once verified, and nothing that strayed among them."""
    for pin in store.manifest.whispers:
        if store.has_whisper(pin.name):
            folder = store.whisper(pin.name)
            yield from (folder / file.name for file in pin.files)
    for package in store.packages():
        store.verify_package(package)
        yield from (package.path / file.name for file in package.record.files)
        yield package.path / RECORD


def _copy_models(directory: Path, sources: tuple[Path, ...], target: Path, report: Report) -> tuple[FilePin, ...]:
    """Copy files of a store, keeping their place in it, and pin each copy. Raises OSError."""
    total = sum(path.stat().st_size for path in sources)
    progress = report.progress("Copie")
    pins = []
    done = 0
    for source in sources:
        name = source.relative_to(directory).as_posix()
        copy_stream(_told(source, done, total, progress), target / name)
        pins.append(FilePin.of(target / name, name))
        done += pins[-1].size
    return tuple(pins)


@contextmanager
def _staging(installer: Installer, files: tuple[FilePin, ...]) -> Iterator[Path]:
    """A folder to copy one model into. Raises OutputError when the disk is too small, or refuses."""
    require_space(installer.downloads, sum(file.size for file in files))
    with installer.staging() as staging, writing_to(installer.store.directory):
        yield staging


def _copy_checked(source: Path, files: tuple[FilePin, ...], target: Path, progress: Progress) -> None:
    """Copy the files of one model and compare each copy with the inventory. Raises ModelDamaged, OSError."""
    total = sum(file.size for file in files)
    done = 0
    for file in files:
        copy_stream(_told(source / file.name, done, total, progress), target / file.name)
        if difference := file.difference(target / file.name):
            raise ModelDamaged(f"Le fichier {source / file.name} du lot est abîmé : {difference}.", _RECOPY)
        done += file.size


def _install_whisper(
    bundle: Bundle, name: str, files: tuple[FilePin, ...], installer: Installer, report: Report
) -> None:
    pin = installer.store.manifest.whisper(name)
    try:
        installer.store.whisper(name)
    except (ModelMissing, ModelDamaged):
        with _staging(installer, files) as staging:
            progress = report.progress(f"Whisper {name}")
            _copy_checked(bundle.folder / "whisper" / name, files, staging / "whisper", progress)
            installer.install_whisper(pin, staging / "whisper")
        report.say(f"Whisper {name} : installé et vérifié.")
    else:
        report.say(f"Whisper {name} : déjà installé et vérifié.")


def _install_package(
    bundle: Bundle, engine: EngineName, name: str, files: tuple[FilePin, ...], installer: Installer, report: Report
) -> None:
    title = engine.capitalize()
    if not any(file.difference(installer.store.engine_folder(engine) / name / file.name) for file in files):
        report.say(f"{title} {name} : déjà installé et vérifié.")
        return
    with _staging(installer, files) as staging:
        prepared = staging / "package"
        _copy_checked(bundle.folder / engine / name, files, prepared, report.progress(f"{title} {name}"))
        try:
            record = PackageRecord.read(prepared)
        except (OSError, ValueError) as error:
            raise ModelDamaged(f"Le paquet {name} du lot n'a pas de fichier {RECORD} correct.", _RECOPY) from error
        if record.engine is not engine:
            raise ModelDamaged(f"Le paquet {name} du lot n'est pas dans le dossier de son moteur.", _RECOPY)
        for file in record.files:
            if difference := file.difference(prepared / file.name):
                raise ModelDamaged(f"Le fichier {file.name} du paquet {name} du lot est abîmé : {difference}.", _RECOPY)
        package = installer.install_package(record, prepared)
    report.say(f"{package.label} : installé et vérifié.")


def _told(path: Path, before: int, total: int, progress: Progress) -> Iterator[bytes]:
    """The file's content, telling progress on the way."""
    for chunk in read_chunks(path):
        before += len(chunk)
        progress(before, total)
        yield chunk
