"""Argos archives (.argosmodel) unpacked with suspicion: a zip from outside decides nothing about where files go.

`argostranslate.package.install_from_path` extracts without looking, hence this module.
"""

from __future__ import annotations

import json
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from kiosk.disk import reason
from kiosk.errors import PackageRefused
from kiosk.models.files import CHUNK, copy_stream
from kiosk.models.record import RECORD, plausible

# The largest official package is a 285 MB archive with fewer than 100 entries, and weights shrink by a tenth at most.
MAX_ENTRIES: Final = 2_000
MAX_BYTES: Final = 2_000_000_000
MAX_RATIO: Final = 50
_MAX_METADATA: Final = 1_000_000

_TOKENIZERS: Final = ("sentencepiece.model", "bpe.model")

# What zipfile raises on damaged input, beyond BadZipFile: seen with truncated and altered archives.
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class PackageInfo:
    """What metadata.json says: language codes, version, licence, and whether it is a demonstration package."""

    source: str
    target: str
    version: str
    licence: str
    starter: bool


def unpack(archive: Path, folder: Path) -> PackageInfo:
    """Unpack a package into `folder`, which must not exist, without its top folder.

    Raises PackageRefused when the archive is damaged, hostile or no translation package, and OSError when the disk does
    not take it; what was unpacked by then is the caller's to remove.
    """
    refuse = _Refusal(archive.name)
    try:
        opened = zipfile.ZipFile(archive)
    except OSError as error:
        raise refuse(f"il ne peut pas être lu ({reason(error)})") from error
    except _DAMAGE as error:
        raise refuse("ce n'est pas une archive zip, ou elle est incomplète") from error
    with opened as source:
        entries = _checked(source, archive.stat().st_size, refuse)
        root = _root(entries, refuse)
        inside = {
            path.relative_to(root): info for path, info in entries.items() if path.is_relative_to(root) and path != root
        }
        info = _metadata(source, inside, refuse)
        for path, entry in inside.items():
            copy_stream(_content(source, entry, refuse), folder / path)
    return info


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Makes the error for one archive."""

    name: str

    def __call__(self, because: str) -> PackageRefused:
        return PackageRefused(
            f"Le paquet {self.name} est refusé : {because}. Rien n'a été installé.",
            "Téléchargez-le à nouveau depuis sa source officielle.",
        )


_Entries = dict[PurePosixPath, zipfile.ZipInfo]


def _checked(source: zipfile.ZipFile, archive_size: int, refuse: _Refusal) -> _Entries:
    """The archive's files by path, once every entry was looked at."""
    infos = source.infolist()
    if len(infos) > MAX_ENTRIES:
        raise refuse(f"il contient {len(infos)} fichiers, plus de {MAX_ENTRIES}")
    total = sum(info.file_size for info in infos)
    if total > MAX_BYTES or total > MAX_RATIO * archive_size:
        raise refuse(f"il prétend contenir {total} octets pour {archive_size} reçus")
    entries: _Entries = {}
    seen: set[str] = set()
    for info in infos:
        _check_entry(info, refuse)
        # Two names that differ by case are one file on some disks.
        name = info.filename.rstrip("/").casefold()
        if name in seen:
            raise refuse(f"il contient deux fois « {_shown(info)} »")
        seen.add(name)
        if not info.is_dir():
            entries[PurePosixPath(info.filename)] = info
    folders = {str(parent).casefold() for path in entries for parent in path.parents}
    for path, info in entries.items():
        if str(path).casefold() in folders:
            raise refuse(f"« {_shown(info)} » y est à la fois un fichier et un dossier")
    return entries


def _check_entry(info: zipfile.ZipInfo, refuse: _Refusal) -> None:
    raw = info.orig_filename
    if "\\" in raw or ":" in raw or not raw.isprintable():
        raise refuse(f"il contient un nom de fichier interdit, « {_shown(info)} »")
    parts = raw.rstrip("/").split("/")
    if any(part in ("", ".", "..") for part in parts):
        raise refuse(f"« {_shown(info)} » sortirait du dossier d'installation")
    if any(len(part.encode()) > 200 for part in parts) or len(parts) > 16:
        raise refuse(f"il contient un nom de fichier trop long, « {_shown(info)} »")
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise refuse(f"« {_shown(info)} » est un lien ou un fichier spécial")
    if info.flag_bits & 0x1:
        raise refuse("il est chiffré")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refuse("sa méthode de compression n'est pas prise en charge")


def _shown(info: zipfile.ZipInfo) -> str:
    """A name from outside, safe to print."""
    return "".join(c if c.isprintable() else "?" for c in info.orig_filename)[:80]


def _root(entries: _Entries, refuse: _Refusal) -> PurePosixPath:
    """The package's folder inside the archive: that of the metadata.json nearest to the top."""
    found = sorted((path.parent for path in entries if path.name == "metadata.json"), key=lambda path: len(path.parts))
    if not found:
        raise refuse("ce n'est pas un paquet Argos, metadata.json y manque")
    root = found[0]
    if root / "model" / "model.bin" not in entries:
        raise refuse("le modèle de traduction model/model.bin y manque")
    if not any(root / name in entries for name in _TOKENIZERS):
        raise refuse(f"le découpage en mots y manque ({' ou '.join(_TOKENIZERS)})")
    if root / RECORD in entries:
        raise refuse(f"il contient un fichier au nom réservé, {RECORD}")
    return root


def _metadata(source: zipfile.ZipFile, entries: _Entries, refuse: _Refusal) -> PackageInfo:
    entry = entries[PurePosixPath("metadata.json")]
    if entry.file_size > _MAX_METADATA:
        raise refuse("son metadata.json est démesuré")
    try:
        fields: Any = json.loads(b"".join(_content(source, entry, refuse)))
    except (ValueError, RecursionError) as error:
        raise refuse("son metadata.json est illisible") from error
    if not isinstance(fields, dict) or fields.get("type", "translate") != "translate":
        raise refuse("ce n'est pas un paquet de traduction")
    source_code, target_code = str(fields.get("from_code")), str(fields.get("to_code"))
    version = str(fields.get("package_version"))
    if not plausible(source_code, target_code, version):
        raise refuse("son metadata.json ne dit pas entre quelles langues il traduit, ou à quelle version")
    licence = str(fields.get("licence", ""))
    return PackageInfo(source_code, target_code, version, licence, starter=fields.get("starter") is True)


def _content(source: zipfile.ZipFile, entry: zipfile.ZipInfo, refuse: _Refusal) -> Iterator[bytes]:
    """What the entry holds, never more than it announced; zipfile checks the CRC at its end."""
    with _damage_refused(refuse):
        stream = source.open(entry)
    with stream:
        while True:
            with _damage_refused(refuse):
                chunk = stream.read(CHUNK)
            if not chunk:
                return
            yield chunk


@contextmanager
def _damage_refused(refuse: _Refusal) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise refuse("l'archive est abîmée") from error
