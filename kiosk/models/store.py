"""Installed models: where they lie and whether they are what they should be. Reads only; `installer` writes.

<folder>/whisper/<name>/     config.json, model.bin, tokenizer.json, vocabulary.txt
<folder>/argos/<package>/    metadata.json, model/, a tokenizer, and our record kiosk.json
<folder>/firefox/<pair>/     model.*.bin, one vocabulary or two, and our record kiosk.json
<folder>/downloads/          unfinished downloads (*.part) and installations
"""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path

from kiosk.disk import reason
from kiosk.errors import ModelDamaged, ModelMissing
from kiosk.models.manifest import Manifest
from kiosk.models.record import RECORD, UNVERSIONED, Origin, PackageRecord
from kiosk.quality import EngineName

OFFLINE = "Sans réseau : kiosk models pull --from DOSSIER."


@dataclass(frozen=True, slots=True)
class Package:
    """An installed translation package, at `path`. `starter`: for demonstration, never for a family."""

    path: Path
    record: PackageRecord

    @property
    def source(self) -> str:
        """The language it translates from."""
        return self.record.source

    @property
    def target(self) -> str:
        """The language it translates into."""
        return self.record.target

    @property
    def pair(self) -> str:
        """Its direction, such as "fr-en"."""
        return f"{self.record.source}-{self.record.target}"

    @property
    def label(self) -> str:
        """What a person calls it: "Argos fr-en 1.9", "Firefox en-pt" where no version is known."""
        version = self.version if self.version != UNVERSIONED else ""
        return f"{self.engine.capitalize()} {self.pair} {version}".rstrip()

    @property
    def pull_name(self) -> str:
        """What `kiosk models pull` calls it: "fr-en", "firefox:en-pt"."""
        return self.pair if self.engine is EngineName.ARGOS else f"{self.engine}:{self.pair}"

    @property
    def version(self) -> str:
        """Such as "1.9"."""
        return self.record.version

    @property
    def version_key(self) -> tuple[int, ...]:
        """The version as something that compares."""
        return tuple(int(number) for number in self.record.version.split("."))

    @property
    def starter(self) -> bool:
        """Whether it is a demonstration package."""
        return self.record.starter

    @property
    def origin(self) -> Origin:
        """Where it came from."""
        return self.record.origin

    @property
    def engine(self) -> EngineName:
        """What runs it."""
        return self.record.engine

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.size for file in self.record.files)


@dataclass(frozen=True, slots=True)
class Scan:
    """What lies in the folders of the engines: packages, and what is wrong with the folders that are none."""

    packages: tuple[Package, ...]
    damaged: tuple[ModelDamaged, ...]


@dataclass(frozen=True, slots=True)
class ModelStore:
    """The models installed in `directory`, checked against `manifest`. A directory that does not exist is empty."""

    directory: Path
    manifest: Manifest

    @property
    def argos(self) -> Path:
        """The folder of Argos packages, as `argostranslate.package.get_installed_packages` expects it."""
        return self.engine_folder(EngineName.ARGOS)

    def engine_folder(self, engine: EngineName) -> Path:
        """The folder of an engine's packages."""
        return self.directory / engine

    def package_folder(self, record: PackageRecord) -> Path:
        """Where the package of this record lies, or would."""
        return self.engine_folder(record.engine) / record.folder_name

    def whisper_folder(self, name: str) -> Path:
        """Where this Whisper lies, or would."""
        return self.directory / "whisper" / name

    def has_whisper(self, name: str) -> bool:
        """Whether this Whisper has a folder. Raises ModelDamaged where this account may not see that."""
        folder = self.whisper_folder(name)
        try:
            return folder.is_dir()
        except PermissionError as error:
            raise self._closed(folder.parent) from error

    def whisper(self, name: str) -> Path:
        """The folder of a Whisper whose four files are what the manifest pins, read whole (0.15 s for base).

        Raises ModelMissing, or ModelDamaged naming the file.
        """
        pin = self.manifest.whisper(name)
        folder = self.whisper_folder(name)
        if not self.has_whisper(name):
            raise ModelMissing(
                f"Le modèle de reconnaissance Whisper « {name} » n'est pas installé.",
                f"Installez-le : kiosk models pull {name}. {OFFLINE}",
            )
        if not os.access(folder, os.R_OK | os.X_OK):
            raise self._closed(folder)
        for file in pin.files:
            if difference := file.difference(folder / file.name):
                raise ModelDamaged(
                    f"Le fichier {folder / file.name} est abîmé : {difference}.",
                    f"Réinstallez le modèle : kiosk models pull {name}. {OFFLINE}",
                )
        return folder

    def packages(self) -> tuple[Package, ...]:
        """Every installed package, its files not yet verified. Raises ModelDamaged."""
        scan = self.scan()
        if scan.damaged:
            raise scan.damaged[0]
        return scan.packages

    def scan(self) -> Scan:
        """Every folder of every engine, readable or not. Raises ModelDamaged when one engine's cannot be read."""
        packages, damaged = [], []
        for engine in EngineName:
            for folder in self._folders(engine):
                try:
                    package = Package(folder, PackageRecord.read(folder))
                except FileNotFoundError:
                    damaged.append(_stray(folder, f"{RECORD} y manque"))
                except PermissionError:
                    damaged.append(self._closed(folder))
                except (OSError, ValueError):
                    damaged.append(_stray(folder, f"{RECORD} y est illisible"))
                else:
                    if package.engine is engine:
                        packages.append(package)
                    else:
                        damaged.append(_stray(folder, f"{RECORD} y est celui d'un autre moteur"))
        return Scan(tuple(packages), tuple(damaged))

    def _folders(self, engine: EngineName) -> list[Path]:
        folder = self.engine_folder(engine)
        try:
            return sorted(path for path in folder.iterdir() if path.is_dir())
        except FileNotFoundError:
            return []
        except PermissionError as error:
            raise self._closed(folder) from error
        except OSError as error:
            raise ModelDamaged(f"Le dossier {folder} ne peut pas être lu : {reason(error)}.") from error

    def _closed(self, folder: Path) -> ModelDamaged:
        """Installed by another account, and not for this one."""
        return ModelDamaged(
            f"Le dossier {folder} ne peut pas être lu : cet utilisateur n'en a pas le droit.",
            f"Ouvrez les modèles à tous les comptes : sudo chmod -R a+rX {shlex.quote(str(self.directory))}",
        )

    def verify_package(self, package: Package) -> None:
        """Hash every file of a package. Raises ModelDamaged naming the file."""
        for file in package.record.files:
            if difference := file.difference(package.path / file.name):
                raise ModelDamaged(
                    f"Le fichier {package.path / file.name} est abîmé : {difference}.",
                    f"Réinstallez le paquet : {reinstall(package)}.",
                )


def reinstall(package: Package) -> str:
    """The command that installs a package again."""
    match package.origin:
        case Origin.STARTER:
            return "kiosk models pull starter"
        case Origin.LOCAL:
            return "kiosk models add, avec l'archive ou le dossier d'origine"
        case Origin.OFFICIAL | Origin.INDEX:
            return f"kiosk models pull {package.pull_name}"


def _stray(folder: Path, because: str) -> ModelDamaged:
    return ModelDamaged(
        f"Le dossier {folder} n'est pas un paquet installé par kiosk : {because}.",
        "Supprimez ce dossier, puis réinstallez le paquet avec « kiosk models pull » ou « kiosk models add ».",
    )
