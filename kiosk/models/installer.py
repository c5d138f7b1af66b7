"""Writing into the model store: one process at a time, and each folder appears whole or not at all."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Final

from kiosk.disk import writing_to
from kiosk.errors import ModelDamaged, OutputError, PackageRefused
from kiosk.models.archive import unpack
from kiosk.models.files import FilePin, replace_folder
from kiosk.models.firefox import FirefoxFiles
from kiosk.models.manifest import WhisperPin
from kiosk.models.record import Origin, PackageRecord, pins_of
from kiosk.models.store import ModelStore, Package
from kiosk.quality import EngineName

Check = Callable[[Package], None]
"""Reads a package whole, to see whether it works. Raises ModelDamaged."""


def _unchecked(package: Package) -> None:
    """For what its hash vouches for."""


STAGING: Final = "installation-"
"""Prefix of unfinished work in the downloads folder, removed by the next installer."""


class Installer:
    """Installs into a store. A context manager: from the first write on, it keeps other processes out until its end.

    Everything is prepared in the store's downloads folder, on the same file system, then renamed into place. What an
    interrupted process left there is removed; unfinished downloads stay, to be resumed. As long as nothing has to be
    installed nothing is written, so that a folder that only an administrator may write serves everyone: what root
    installs every account can read, whatever root's own mask.
    """

    def __init__(self, store: ModelStore) -> None:
        self.store = store
        self._held = ExitStack()

    def __enter__(self) -> Installer:
        if os.geteuid() == 0:
            self._held.callback(os.umask, os.umask(0o022))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._held.close()

    @cached_property
    def downloads(self) -> Path:
        """The folder of unfinished work, ours alone from now on.

        Raises OutputError when it cannot be written, or another process is at work in it.
        """
        downloads = self.store.directory / "downloads"
        with writing_to(self.store.directory):
            downloads.mkdir(parents=True, exist_ok=True)
            lock = self._held.enter_context((downloads / "lock").open("w"))
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise OutputError(
                    f"Une autre installation est en cours dans {self.store.directory}.", "Attendez qu'elle se termine."
                ) from error
            for leftover in downloads.glob(f"{STAGING}*"):
                shutil.rmtree(leftover, ignore_errors=True)
        return downloads

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """A folder to prepare an installation in, removed afterwards whatever happens."""
        downloads = self.downloads
        with writing_to(self.store.directory):
            folder = tempfile.mkdtemp(prefix=STAGING, dir=downloads)
        try:
            yield Path(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def install_whisper(self, pin: WhisperPin, prepared: Path) -> Path:
        """Put a folder that holds the model's files in place. Raises ModelDamaged when one is not what is pinned."""
        for file in pin.files:
            if difference := file.difference(prepared / file.name):
                raise ModelDamaged(f"Le fichier {file.name} du modèle « {pin.name} » est refusé : {difference}.")
        return self._place(prepared, self.store.whisper_folder(pin.name))

    def install_archive(
        self, archive: Path, origin: Origin, expected: tuple[str, str] | None = None, check: Check = _unchecked
    ) -> Package:
        """Unpack an Argos archive and put it in place.

        An archive that the manifest pins is official, or a starter, wherever it came from. `expected`: the source and
        target language it must have. `check`: reads the package before it is put in place, and raises ModelDamaged.
        Raises PackageRefused.
        """
        with self.staging() as staging:
            unpacked = staging / "package"
            with writing_to(self.store.directory):
                info = unpack(archive, unpacked)
            if expected not in (None, (info.source, info.target)):
                raise PackageRefused(
                    f"Le paquet {archive.name} est refusé : il traduit {info.source} vers {info.target}, "
                    "ce qui n'est pas ce qui était demandé. Rien n'a été installé."
                )
            with writing_to(self.store.directory):
                pinned = FilePin.of(archive, archive.name)
                pin = self.store.manifest.by_hash(pinned.sha256)
                if pin is not None:
                    origin = Origin.STARTER if pin.starter else Origin.OFFICIAL
                record = PackageRecord(
                    source=info.source,
                    target=info.target,
                    version=info.version,
                    starter=info.starter or origin is Origin.STARTER,
                    licence=info.licence or (pin.licence if pin else ""),
                    origin=origin,
                    archive=pinned,
                    files=pins_of(unpacked),
                )
            return self._install_checked(Package(unpacked, record), archive, check)

    def install_firefox(self, given: FirefoxFiles, check: Check = _unchecked) -> Package:
        """Copy Firefox files and put them in place as a package. Raises PackageRefused.

        Files that the manifest pins are official, wherever they came from. `check`: as above.
        """
        with self.staging() as staging:
            copied = staging / "package"
            with writing_to(self.store.directory):
                weights = given.copy_to(copied)
                files = pins_of(copied)
                licence = self.store.manifest.firefox_licence(files)
                record = PackageRecord(
                    source=given.source,
                    target=given.target,
                    version=given.version,
                    starter=False,
                    licence=licence or "",
                    origin=Origin.LOCAL if licence is None else Origin.OFFICIAL,
                    archive=FilePin.of(weights, weights.name),
                    files=files,
                    engine=EngineName.FIREFOX,
                )
            return self._install_checked(Package(copied, record), given.folder, check)

    def install_package(self, record: PackageRecord, prepared: Path) -> Package:
        """Put an unpacked package in place, with its record."""
        with writing_to(self.store.directory):
            record.write(prepared)
        return Package(self._place(prepared, self.store.package_folder(record)), record)

    def _install_checked(self, prepared: Package, given: Path, check: Check) -> Package:
        try:
            check(prepared)
        except ModelDamaged as damage:
            because = damage.message.replace(f"{prepared.path}{os.sep}", "").replace(str(prepared.path), given.name)
            raise PackageRefused(
                f"{given} est refusé. {because} Rien n'a été installé.",
                "Téléchargez-le à nouveau depuis sa source officielle.",
            ) from damage
        return self.install_package(prepared.record, prepared.path)

    def _place(self, prepared: Path, target: Path) -> Path:
        with self.staging() as staging, writing_to(self.store.directory):
            replace_folder(prepared, target, aside=staging / "replaced")
        return target
