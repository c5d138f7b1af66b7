"""Installed models: where they lie and whether they are what they should be. Reads only; `installer` writes.

<folder>/whisper/<name>/     config.json, model.bin, tokenizer.json, vocabulary.txt
<folder>/argos/<package>/    metadata.json, model/, a tokenizer, and our record kiosk.json
<folder>/downloads/          unfinished downloads (*.part) and installations
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import ModelDamaged, ModelMissing
from kiosk.models.files import reason
from kiosk.models.manifest import Manifest
from kiosk.models.record import RECORD, Origin, PackageRecord

OFFLINE = "Sans réseau : kiosk models pull --from DOSSIER."


@dataclass(frozen=True, slots=True)
class ArgosPackage:
    """An installed Argos package, at `path`. `starter`: for demonstration, never for a family."""

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
    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.size for file in self.record.files)


@dataclass(frozen=True, slots=True)
class Scan:
    """What lies in the argos folder: packages, and what is wrong with the folders that are none."""

    packages: tuple[ArgosPackage, ...]
    damaged: tuple[ModelDamaged, ...]


@dataclass(frozen=True, slots=True)
class ModelStore:
    """The models installed in `directory`, checked against `manifest`. A directory that does not exist is empty."""

    directory: Path
    manifest: Manifest

    @property
    def argos(self) -> Path:
        """The folder of Argos packages, as `argostranslate.package.get_installed_packages` expects it."""
        return self.directory / "argos"

    def whisper_folder(self, name: str) -> Path:
        """Where this Whisper lies, or would."""
        return self.directory / "whisper" / name

    def whisper(self, name: str) -> Path:
        """The folder of a Whisper whose four files are what the manifest pins, read whole (0.15 s for base).

        Raises ModelMissing, or ModelDamaged naming the file.
        """
        pin = self.manifest.whisper(name)
        folder = self.whisper_folder(name)
        if not folder.is_dir():
            raise ModelMissing(
                f"Le modèle de reconnaissance Whisper « {name} » n'est pas installé.",
                f"Installez-le : kiosk models pull {name}. {OFFLINE}",
            )
        for file in pin.files:
            if difference := file.difference(folder / file.name):
                raise ModelDamaged(
                    f"Le fichier {folder / file.name} est abîmé : {difference}.",
                    f"Réinstallez le modèle : kiosk models pull {name}. {OFFLINE}",
                )
        return folder

    def packages(self) -> tuple[ArgosPackage, ...]:
        """Every installed Argos package, its files not yet verified. Raises ModelDamaged."""
        scan = self.scan()
        if scan.damaged:
            raise scan.damaged[0]
        return scan.packages

    def scan(self) -> Scan:
        """Every folder of the argos folder, readable or not. Raises ModelDamaged when that folder cannot be read."""
        packages, damaged = [], []
        try:
            folders = sorted(path for path in self.argos.iterdir() if path.is_dir())
        except FileNotFoundError:
            folders = []
        except OSError as error:
            raise ModelDamaged(f"Le dossier {self.argos} ne peut pas être lu : {reason(error)}.") from error
        for folder in folders:
            try:
                packages.append(ArgosPackage(folder, PackageRecord.read(folder)))
            except FileNotFoundError:
                damaged.append(_stray(folder, f"{RECORD} y manque"))
            except (OSError, ValueError):
                damaged.append(_stray(folder, f"{RECORD} y est illisible"))
        return Scan(tuple(packages), tuple(damaged))

    def verify_package(self, package: ArgosPackage) -> None:
        """Hash every file of a package. Raises ModelDamaged naming the file."""
        for file in package.record.files:
            if difference := file.difference(package.path / file.name):
                raise ModelDamaged(
                    f"Le fichier {package.path / file.name} est abîmé : {difference}.",
                    f"Réinstallez le paquet : {_reinstall(package)}.",
                )


def _reinstall(package: ArgosPackage) -> str:
    match package.origin:
        case Origin.STARTER:
            return "kiosk models pull starter"
        case Origin.LOCAL:
            return "kiosk models add FICHIER, avec l'archive d'origine"
        case Origin.OFFICIAL | Origin.INDEX:
            return f"kiosk models pull {package.pair}"


def _stray(folder: Path, because: str) -> ModelDamaged:
    return ModelDamaged(
        f"Le dossier {folder} n'est pas un paquet installé par kiosk : {because}.",
        "Supprimez ce dossier, puis réinstallez le paquet avec « kiosk models pull » ou « kiosk models add ».",
    )
