"""Fetching Argos packages: what a room or a pair of languages needs, and the demonstration packages."""

from __future__ import annotations

from pathlib import Path

from kiosk.disk import writing_to
from kiosk.errors import DownloadError, ModelDamaged, ModelMissing, PackageRefused
from kiosk.models.catalogue import Catalogue, Offered
from kiosk.models.download import Downloader
from kiosk.models.files import sha256_of
from kiosk.models.installer import Installer
from kiosk.models.manifest import ArgosPin
from kiosk.models.record import Origin
from kiosk.models.report import Report
from kiosk.models.routes import PIVOT, Route, find_route, legs_through_english
from kiosk.models.store import Package
from kiosk.quality import EngineName
from kiosk.types import Room

Leg = tuple[str, str]
"""One direction: source and target language."""


class PackagePuller:
    """Fetches the packages that a store lacks; those there and sound are left alone, without asking the network."""

    def __init__(self, installer: Installer, downloader: Downloader, report: Report) -> None:
        self._installer = installer
        self._store = installer.store
        self._manifest = installer.store.manifest
        self._downloader = downloader
        self._catalogue = Catalogue(self._manifest, downloader)
        self._report = report

    def room(self, room: Room) -> None:
        """Packages for both directions of a room: those there are, else official ones, else demonstration ones.

        A room that already works is left as it is, so that starting the program every day asks nothing of the network.
        """
        try:
            routes = [self._sound_route(*leg) for leg in (room.languages, room.languages[::-1])]
        except (ModelMissing, ModelDamaged):
            pass
        else:
            self._report.say(f"Traduction {room.staff} <-> {room.family} : déjà installée et vérifiée.")
            if any(route.starter for route in routes):
                self._hint_official(room)
            return
        try:
            self.pair(room.staff, room.family)
        except DownloadError as refusal:
            if not self._starters_serve(room):
                raise
            self._report.say(refusal.message)
            self._report.say("Les paquets de démonstration prennent la place des officiels.")
            self.starter()
            self._hint_official(room)

    def pair(self, one: str, other: str) -> None:
        """Install the official packages that translate both ways between two languages. Raises DownloadError."""
        legs = dict.fromkeys(leg for ends in ((one, other), (other, one)) for leg in self._legs(*ends))
        for leg in legs:
            self._official(leg)

    def starter(self) -> None:
        """Install the demonstration packages of the repository. Raises ModelDamaged."""
        for pin in self._manifest.starters:
            name = f"Paquet de démonstration {pin.source}-{pin.target}"
            if self._is_sound(self._installed_from(pin)):
                self._report.say(f"{name} : déjà installé et vérifié.")
                continue
            archive = self._manifest.starter_file(pin)
            if difference := pin.file.difference(archive):
                raise ModelDamaged(
                    f"Le fichier {archive} est abîmé : {difference}.", "Remettez en état les fichiers du projet."
                )
            self._installer.install_archive(archive, Origin.STARTER)
            self._report.say(f"{name} : installé. Ne pas l'utiliser avec une famille.")

    def _starters_serve(self, room: Room) -> bool:
        pinned = {(pin.source, pin.target) for pin in self._manifest.starters}
        return all(
            leg in pinned or pinned.issuperset(legs_through_english(*leg))
            for leg in (room.languages, room.languages[::-1])
        )

    def _hint_official(self, room: Room) -> None:
        self._report.say(
            "ATTENTION : traduction de démonstration, à ne pas utiliser avec une famille. "
            f"Paquets officiels : kiosk models pull {room.staff}-{room.family}"
        )

    def _sound_route(self, source: str, target: str) -> Route:
        route = find_route(self._store.scan().packages, source, target)
        for package in route.steps:
            self._store.verify_package(package)
        return route

    def _legs(self, source: str, target: str) -> tuple[Leg, ...]:
        """Direct, or through English; what is pinned or installed first, so that the index is asked only if need be."""
        ways: list[tuple[Leg, ...]] = [((source, target),)]
        if PIVOT not in (source, target):
            ways.append(((source, PIVOT), (PIVOT, target)))
        for known in (self._is_known, self._catalogue.find):
            for way in ways:
                if all(known(*leg) for leg in way):
                    return way
        raise ModelMissing(
            f"Il n'existe pas de paquet Argos officiel pour traduire {source} vers {target}.",
            "Si vous en avez un : kiosk models add FICHIER.",
        )

    def _is_known(self, source: str, target: str) -> bool:
        return self._manifest.official(source, target) is not None or bool(self._installed_officials((source, target)))

    def _official(self, leg: Leg) -> None:
        """Install the official package for one direction, unless it is there and sound."""
        name = "-".join(leg)
        pin = self._manifest.official(*leg)
        installed = self._installed_from(pin) if pin else self._installed_officials(leg)
        if self._is_sound(installed):
            self._report.say(f"Argos {name} : déjà installé et vérifié.")
            return
        offered = self._catalogue.find(*leg)
        if offered is None:
            raise ModelMissing(f"Le paquet Argos {name} n'est plus dans la liste officielle.")
        progress = self._report.progress(f"Argos {name}")
        part = self._downloader.fetch(offered.remote, self._installer.downloads, progress)
        if pin is None:
            self._require_same_as_first(offered, part, installed)
        with self._installer.staging() as staging:
            archive = staging / offered.remote.name
            with writing_to(staging):
                part.rename(archive)
            package = self._installer.install_archive(archive, Origin.INDEX, expected=leg)
        self._report.say(f"{package.label} : installé et vérifié.")
        if package.origin is Origin.INDEX:
            sha256 = package.record.archive.sha256
            self._report.say(f"  Aucune empreinte publiée pour ce paquet ; celle d'aujourd'hui est retenue : {sha256}")

    def _require_same_as_first(self, offered: Offered, part: Path, installed: list[Package]) -> None:
        """Trust on first use: a version that was installed once must still be the same file."""
        first = {package.record.archive.sha256 for package in installed if package.version == offered.version}
        if not first:
            return
        with writing_to(part.parent):
            changed = sha256_of(part) not in first
            if changed:
                part.unlink()
        if changed:
            raise PackageRefused(
                f"Le paquet {offered.remote.name} n'est plus celui qui avait été installé la première fois.",
                "Vérifiez auprès de sa source ; pour l'accepter, supprimez d'abord l'ancien dossier.",
            )

    def _installed_from(self, pin: ArgosPin) -> list[Package]:
        return [p for p in self._store.scan().packages if p.record.archive.sha256 == pin.file.sha256]

    def _installed_officials(self, leg: Leg) -> list[Package]:
        packages = self._store.scan().packages
        official = [p for p in packages if p.origin in (Origin.OFFICIAL, Origin.INDEX)]
        return [p for p in official if (p.source, p.target) == leg and p.engine is EngineName.ARGOS]

    def _is_sound(self, packages: list[Package]) -> bool:
        for package in packages:
            try:
                self._store.verify_package(package)
            except ModelDamaged as damage:
                self._report.say(f"{damage.message} Le paquet est remplacé.")
            else:
                return True
        return False
