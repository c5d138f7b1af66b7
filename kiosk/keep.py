"""The one way from the screen to a file: where one may lie, and writing it whole, for its owner alone, over nothing."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from kiosk import paths
from kiosk.disk import reason, write_whole
from kiosk.errors import OutputError

_STICKS: Final = (Path("/Volumes"),) if sys.platform == "darwin" else (Path("/media"), Path("/run/media"))
"""Where systems mount what is plugged in; Linux often in a folder of the user's name."""

_LONGEST: Final = 255
"""Bytes of a file's name that every usual file system takes."""
_NOT_IN_NAMES: Final = '/\\:*?"<>|'
"""What FAT, the file system of most USB sticks, refuses; with control characters, which nobody types on purpose."""


class NameTaken(OutputError):
    """A file of this name is there already, and stays as it is."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was written. `private`: only its owner can read it, which FAT, as on USB sticks, cannot promise."""

    path: Path
    private: bool


def folders() -> tuple[Path, ...]:
    """Where a file could go, the likeliest first: what is plugged in, then the user's documents. At least one."""
    sticks = [place for root in _STICKS for place in _mounted(root)]
    documents = paths.documents()
    return (*sticks, documents if documents.is_dir() else Path.home())


def write_new(folder: str, name: str, text: str) -> Kept:
    """Write `text`, in UTF-8, to a file that only its owner can read, in a folder that exists.

    Written under another name first and then put in place at once: there is a whole file, or none. Raises NameTaken,
    and OutputError where the folder or the name will not do, or the system refuses; nothing is left then.
    """
    place = _folder(folder)
    target = place / _name(name)
    with _refusals(place):
        private = write_whole(target, text.encode(), _put)
    _settle(place)
    return Kept(target, private)


def _put(scratch: Path, target: Path) -> None:
    """Give `scratch` its name, unless something has it.

    The name is taken first by an empty file, which a link, even one that leads nowhere, forbids; then replaced, which
    no reader sees half done. A hard link would do both at once, but FAT has none.
    """
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        stem, ending = target.stem, target.suffix
        raise NameTaken(
            f"« {target.name} » existe déjà dans ce dossier : il n'a pas été touché.",
            f"Donnez un autre nom, par exemple « {stem}-2{ending} ».",
        ) from None
    try:
        scratch.replace(target)
    except BaseException:
        with suppress(OSError):
            target.unlink()
        raise


def _folder(typed: str) -> Path:
    """The folder that was typed. Raises OutputError."""
    with suppress(RuntimeError):  # the home of somebody who is not here
        typed = str(Path(typed.strip()).expanduser()) if typed.strip() else ""
    place = Path(typed)
    if not place.is_absolute() or any(character < " " for character in typed):
        raise OutputError("Le dossier doit être donné en entier.", "Exemple : /home/moi/Documents")
    try:
        mode = place.stat().st_mode
    except OSError as error:
        why = "n'existe pas" if isinstance(error, FileNotFoundError) else f"ne va pas : {reason(error)}"
        raise OutputError(f"Le dossier {place} {why}.", "Choisissez-en un autre : F3.") from error
    if not stat.S_ISDIR(mode):
        raise OutputError(f"{place} n'est pas un dossier.", "Donnez le dossier ; le nom du fichier est à part.")
    return place


def _name(typed: str) -> str:
    """The file's name that was typed. Raises OutputError."""
    name = typed.strip()
    if not name or name.startswith("."):
        raise OutputError("Il faut un nom de fichier, qui ne commence pas par un point.", "Exemple : rappel.txt")
    if not name.isprintable() or any(character in _NOT_IN_NAMES for character in name) or name.endswith("."):
        raise OutputError(f"« {name} » ne peut pas nommer un fichier.", f"À éviter : {' '.join(_NOT_IN_NAMES)}")
    if len(name.encode("utf-8", "replace")) > _LONGEST:
        raise OutputError("Le nom du fichier est trop long.", "Donnez un nom plus court.")
    return name


@contextmanager
def _refusals(place: Path) -> Iterator[None]:
    """Turn what the system refuses into an OutputError that says it in French."""
    try:
        yield
    except OSError as error:
        # What /proc answers, though it is there.
        refuses = isinstance(error, FileNotFoundError) and place.is_dir()
        why = "ce dossier n'accepte pas de fichier" if refuses else reason(error)
        raise OutputError(
            f"Rien n'a été écrit dans {place} : {why}.", "Choisissez un autre dossier (F3), puis réessayez."
        ) from error


def _settle(place: Path) -> None:
    """Have the folder itself reach the disk: a stick is often pulled out at once. Not every file system can."""
    with suppress(OSError):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _mounted(root: Path) -> Iterator[Path]:
    """What is mounted in `root`, or in a folder of it, and can be written to."""
    for place in _inside(root):
        for candidate in (place, *(_inside(place) if not place.is_mount() else ())):
            if candidate.is_mount() and os.access(candidate, os.W_OK):
                yield candidate


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


@dataclass(frozen=True, slots=True)
class Keeper:
    """What a screen may ask of the machine in order to keep a file: the clock, the folders, and `write_new`."""

    now: Callable[[], datetime] = datetime.now
    folders: Callable[[], tuple[Path, ...]] = folders
    write: Callable[[str, str, str], Kept] = write_new
