"""Writing a file whole or not at all, and what the system refuses, in words: for everything that is stored."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from kiosk.errors import OutputError

_REASONS: Final = {
    errno.ENOSPC: "il n'y a plus de place",
    errno.EDQUOT: "l'espace accordé à cet utilisateur est épuisé",
    errno.EROFS: "le support est en lecture seule",
    errno.EACCES: "cet utilisateur n'en a pas le droit",
    errno.EPERM: "cet utilisateur n'en a pas le droit",
    errno.ENOENT: "le fichier ou le dossier n'existe pas",
    errno.ENOTDIR: "ce n'est pas un dossier",
    errno.EEXIST: "ce n'est pas un dossier",  # said of a folder that was to be made, where a file has its name
    errno.EBUSY: "un autre programme s'en sert",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.EINVAL: "le support refuse ce nom",
    errno.EIO: "le support ne répond pas",
    errno.ENODEV: "le support n'est plus là",
    errno.ELOOP: "le dossier mène à lui-même",
}


def reason(error: OSError) -> str:
    """What the system refused, in French; never its own message, which could quote what was to be written."""
    if error.errno in _REASONS:
        return _REASONS[error.errno]
    return f"le système refuse ({errno.errorcode.get(error.errno or 0, type(error).__name__)})"


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Turn the system's refusal to write into an OutputError that names `folder`."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"Impossible d'écrire dans {folder} : {reason(error)}.",
            "Libérez de la place, puis relancez la commande."
            if error.errno in (errno.ENOSPC, errno.EDQUOT)
            else "Vérifiez ce dossier et vos droits, ou choisissez-en un autre.",
        ) from error


def write_whole(file: Path, content: bytes, put: Callable[[Path, Path], object] = Path.replace) -> bool:
    """Write `content` to a file that only its owner can read, in a folder that exists.

    Written under another name beside it, brought to the disk, then put in place by `put`, which by default replaces
    what has the name; a link is replaced too, never followed. Nothing is left when that fails: OSError is raised.
    Returns whether only its owner can read it, which FAT, as on USB sticks, cannot promise.
    """
    descriptor, name = tempfile.mkstemp(prefix=".kiosk-", dir=file.parent)  # of mode 0600
    scratch = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
            private = not stat.S_IMODE(os.fstat(stream.fileno()).st_mode) & 0o077
        put(scratch, file)
    except BaseException:
        with suppress(OSError):
            scratch.unlink()
        raise
    return private
