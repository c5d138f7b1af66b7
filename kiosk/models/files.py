"""Files known by their content, read and moved whole; folders with room enough."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.disk import reason, writing_to
from kiosk.errors import ModelDamaged, OutputError

CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class FilePin:
    """A file by its name (slashes allowed, relative to some folder), size in bytes and SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path, name: str) -> FilePin:
        """Pin the file that lies at `path`. Raises OSError."""
        return cls(name, path.stat().st_size, sha256_of(path))

    def difference(self, path: Path) -> str:
        """Why the file at `path` is not this one, in French; empty when it is. Reads the file whole."""
        try:
            size = path.stat().st_size
            if size != self.size:
                return f"il fait {size} octets au lieu de {self.size}"
            return "" if sha256_of(path) == self.sha256 else "son contenu n'est pas celui attendu (SHA-256 différent)"
        except FileNotFoundError:
            return "il manque"
        except OSError as error:
            return f"il ne peut pas être lu ({reason(error)})"


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def require_space(folder: Path, needed: int) -> None:
    """Raise OutputError unless `folder` can take `needed` bytes more."""
    with writing_to(folder):
        free = shutil.disk_usage(folder).free
    if free < needed:
        raise OutputError(
            f"Pas assez de place dans {folder} : il faut {megabytes(needed)}, il reste {megabytes(free)}.",
            "Libérez de la place, puis relancez la commande.",
        )


def megabytes(size: int) -> str:
    """A size in bytes as people read it: "148 Mo"."""
    return f"{size / 1e6:.0f} Mo" if size >= 1e6 else f"{max(size, 1) / 1e3:.0f} ko"


def replace_folder(new: Path, target: Path, aside: Path) -> None:
    """Rename the finished folder `new` to `target`; what lay there is moved to `aside`, which must not exist.

    All three on one file system, so that each step is a rename. Raises OSError, with the old folder back in place.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    replaced = target.exists()
    if replaced:
        target.rename(aside)
    try:
        new.rename(target)
    except OSError:
        if replaced:
            aside.rename(target)
        raise


def copy_stream(chunks: Iterator[bytes], target: Path) -> None:
    """Write `chunks` to a new file. Raises OSError, and whatever the iterator raises."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as stream:
        for chunk in chunks:
            stream.write(chunk)


def read_chunks(path: Path) -> Iterator[bytes]:
    """The file's content, 1 MB at a time. Raises ModelDamaged, so that a disk that does not read is told from one that
    does not write."""
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    except OSError as error:
        raise ModelDamaged(f"Le fichier {path} ne peut pas être lu : {reason(error)}.") from error


def folder_files(folder: Path) -> Iterator[Path]:
    """Every regular file below `folder`, in a stable order."""
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            yield Path(root, name)
