"""Firefox Translations files as Mozilla publishes them: which ones make a package, and copying them with suspicion.

A folder holds `model.enar.intgemm.alphas.bin` and `vocab.enar.spm`, or `srcvocab.enar.spm` and `trgvocab.enar.spm`;
each may be gzipped. What else lies there (a lexical shortlist, configuration) is not needed and left behind.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.disk import reason
from kiosk.errors import ModelDamaged, PackageRefused
from kiosk.models.files import CHUNK, copy_stream, read_chunks
from kiosk.models.record import UNVERSIONED, plausible
from kiosk.models.store import Package

_MODEL: Final = re.compile(r"model\.([a-z]{2})([a-z]{2})\.intgemm(8|\.alphas)\.bin(\.gz)?")
_VOCABULARIES: Final = (("vocab", "vocab"), ("srcvocab", "trgvocab"))

# The largest published file has about 60 MB.
_MAX_BYTES: Final = 500_000_000


@dataclass(frozen=True, slots=True)
class FirefoxFiles:
    """The files of one direction in `folder`. Both vocabularies are the same file where the languages share theirs."""

    folder: Path
    source: str
    target: str
    version: str
    model: Path
    source_vocabulary: Path
    target_vocabulary: Path

    @classmethod
    def in_folder(cls, folder: Path) -> FirefoxFiles:
        """Those that lie in `folder`. Raises PackageRefused when it holds no package, a part of one, or two."""
        refuse = _Refusal(folder)
        try:
            names = {path.name for path in folder.iterdir() if path.is_file()}
        except OSError as error:
            raise refuse(f"il ne peut pas être lu ({reason(error)})") from error
        found = {(match[1], match[2]): match for name in sorted(names) if (match := _MODEL.fullmatch(name))}
        if len(found) != 1:
            raise refuse(f"il contient {len(found)} modèles Firefox (model.….intgemm.alphas.bin) au lieu d'un")
        ((source, target), match) = found.popitem()
        version = _version(folder / "metadata.json", source, target, refuse)
        if not plausible(source, target, version):
            raise refuse("le nom de son modèle ne dit pas entre quelles langues il traduit")
        for of_source, of_target in _VOCABULARIES:
            pair = [_present(names, f"{kind}.{source}{target}.spm") for kind in (of_source, of_target)]
            if pair[0] and pair[1]:
                model = folder / (_present(names, match[0].removesuffix(".gz")) or match[0])
                return cls(folder, source, target, version, model, folder / pair[0], folder / pair[1])
        raise refuse(f"il y manque le vocabulaire vocab.{source}{target}.spm")

    @classmethod
    def installed(cls, package: Package) -> FirefoxFiles:
        """Those of an installed package. Raises ModelDamaged."""
        try:
            return cls.in_folder(package.path)
        except PackageRefused as refusal:
            raise ModelDamaged(refusal.message, refusal.remedy) from refusal

    def copy_to(self, folder: Path) -> Path:
        """Copy the files into a new folder, unzipped, and return the model's copy.

        Raises PackageRefused when a file is damaged, OSError when the disk does not take it.
        """
        for file in {self.source_vocabulary, self.target_vocabulary}:
            copy_stream(self._content(file), folder / file.name.removesuffix(".gz"))
        copy = folder / self.model.name.removesuffix(".gz")
        copy_stream(self._content(self.model), copy)
        return copy

    def _content(self, file: Path) -> Iterator[bytes]:
        refuse = _Refusal(self.folder)
        size = 0
        for chunk in _unzipped(file, refuse) if file.suffix == ".gz" else read_chunks(file):
            size += len(chunk)
            if size > _MAX_BYTES:
                raise refuse(f"{file.name} est démesuré")
            yield chunk
        if not size:
            raise refuse(f"{file.name} est vide")


def firefox_folders(folder: Path) -> list[Path]:
    """`folder`, or those right under it, that hold a Firefox model: both directions often lie side by side."""
    candidates = [folder, *sorted(path for path in folder.iterdir() if path.is_dir())]
    return [path for path in candidates if any(_MODEL.fullmatch(file.name) for file in path.iterdir())]


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Makes the error for one folder."""

    folder: Path

    def __call__(self, because: str) -> PackageRefused:
        return PackageRefused(
            f"Le dossier {self.folder} est refusé : {because}.",
            "Téléchargez à nouveau les fichiers depuis leur source officielle.",
        )


def _present(names: set[str], name: str) -> str:
    """The file of this name, plain rather than gzipped; empty when there is neither."""
    return next((found for found in (name, f"{name}.gz") if found in names), "")


def _version(metadata: Path, source: str, target: str, refuse: _Refusal) -> str:
    """What metadata.json says, where it lies beside the files."""
    if not metadata.is_file():
        return UNVERSIONED
    try:
        fields = json.loads(metadata.read_text(encoding="utf-8"))
        languages = (fields["sourceLanguage"], fields["targetLanguage"])
        version = str(fields["version"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise refuse("son metadata.json est illisible") from error
    if languages != (source, target):
        raise refuse("son metadata.json nomme d'autres langues que son modèle")
    return version


def _unzipped(file: Path, refuse: _Refusal) -> Iterator[bytes]:
    try:
        with gzip.open(file) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    except (EOFError, zlib.error, OSError) as error:
        raise refuse(f"{file.name} est abîmé ou incomplet") from error
