"""What was installed, written beside it: kiosk.json in each translation package's folder."""

from __future__ import annotations

import dataclasses
import json
import os
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any, Final

from kiosk.models.files import FilePin, folder_files
from kiosk.quality import EngineName

RECORD: Final = "kiosk.json"
"""The record's name in the package's folder; no archive may bring a file of this name."""

UNVERSIONED: Final = "0"
"""The version of a package that does not tell its own."""

_CODE: Final = re.compile(r"[a-z]{2,3}")
_VERSION: Final = re.compile(r"\d{1,4}(\.\d{1,4}){0,3}")


def plausible(source: str, target: str, version: str) -> bool:
    """Whether these can be two language codes and a version: they become a folder's name."""
    codes = source != target and all(_CODE.fullmatch(code) for code in (source, target))
    return codes and _VERSION.fullmatch(version) is not None


class Origin(StrEnum):
    """Where a package came from, which is how far it can be trusted."""

    OFFICIAL = "official"
    """It has the SHA-256 that the manifest pins."""
    INDEX = "index"
    """From the official index, for a pair the manifest does not pin: trusted on first use."""
    STARTER = "starter"
    """A demonstration package of this repository."""
    LOCAL = "local"
    """Something that a person gave to `kiosk models add`."""


@dataclass(frozen=True, slots=True)
class PackageRecord:
    """An installed package: its direction, where it came from, and every file of it.

    `archive` is the archive it was unpacked from, or the weights of a package that comes as loose files; the names in
    `files` are relative to the package's folder. `engine` is what runs it.
    """

    source: str
    target: str
    version: str
    starter: bool
    licence: str
    origin: Origin
    archive: FilePin
    files: tuple[FilePin, ...]
    engine: EngineName = EngineName.ARGOS

    @property
    def folder_name(self) -> str:
        """The package's folder in that of its engine: for Argos its own name, and told apart if it is not official."""
        if self.engine is EngineName.FIREFOX:
            name = f"{self.source}-{self.target}"
        else:
            name = f"translate-{self.source}_{self.target}-{self.version.replace('.', '_')}"
        return name if self.origin in (Origin.OFFICIAL, Origin.INDEX) else f"{name}-{self.origin}"

    def write(self, folder: Path) -> None:
        """Write the record into the package's folder. Raises OSError."""
        text = json.dumps(dataclasses.asdict(self), indent=1)
        (folder / RECORD).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> PackageRecord:
        """Read it back. Raises OSError, or ValueError when it is damaged."""
        try:
            fields: dict[str, Any] = json.loads((folder / RECORD).read_text(encoding="utf-8"))
            files = tuple(pin_from_json(file) for file in fields.pop("files"))
            archive = pin_from_json(fields.pop("archive"))
            record = cls(**fields, archive=archive, files=files)
            record = dataclasses.replace(record, origin=Origin(record.origin), engine=EngineName(record.engine))
            told = isinstance(record.starter, bool) and isinstance(record.licence, str)
            if not (told and plausible(record.source, record.target, record.version)):
                raise ValueError("langues, version, licence ou starter incorrects")
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(str(error)) from error
        return record


def pins_of(folder: Path) -> tuple[FilePin, ...]:
    """Pin every file of a folder. Raises OSError."""
    return tuple(FilePin.of(path, path.relative_to(folder).as_posix()) for path in folder_files(folder))


def pin_from_json(fields: dict[str, Any]) -> FilePin:
    """A pin as `dataclasses.asdict` wrote it. Raises ValueError when it is none, or its name would leave its folder."""
    try:
        pin = FilePin(**fields)
        name = PurePosixPath(pin.name)
    except TypeError as error:
        raise ValueError(str(error)) from error
    # What no file can be called would fail wherever it is looked for: os.fsencode raises ValueError.
    if b"\0" in os.fsencode(name) or name.is_absolute() or ".." in name.parts or not name.parts:
        raise ValueError(f"nom de fichier interdit : {pin.name!r}")
    if type(pin.size) is not int or pin.size < 0 or not isinstance(pin.sha256, str):
        raise ValueError(f"taille ou empreinte incorrecte : {pin.name!r}")
    return pin
