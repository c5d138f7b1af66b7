"""For `kiosk doctor`: what this program stands on here: the terminal's order, the disk, the service of `--kiosk`."""

from __future__ import annotations

import os
import pwd
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kiosk import installed, paths, terminals
from kiosk.cli.checks import Check, guarded
from kiosk.config import Config
from kiosk.errors import KioskError, ModelMissing
from kiosk.languages import LANGUAGES
from kiosk.quality import EngineName
from kiosk.settings import load_config
from kiosk.usage import keeping

DISK_NEEDED: Final = 100
"""MB for the log (2 at most), what bench found out and signed phrases, with a margin for the system's own."""

SYSTEM: Final = Path("/etc/systemd/system")
SERVICE_SETTINGS: Final = Path("/etc/kiosk/kiosk.toml")
ACCOUNT: Final = "kiosk"
_INSTALL: Final = "Relancez : sudo ./install.sh --kiosk."
_NO_LOGIN: Final = ("nologin", "false")


def reading_order(config: Config) -> Check:
    """Who puts Arabic, Persian and Urdu in order in this terminal; to mend where it is known to go wrong."""
    name = "Sens d'écriture"
    if not sys.stdout.isatty():
        return Check(name, ok=True, found="sortie redirigée, rien à vérifier")
    from kiosk.ui.terminal import UNKNOWN, find_terminal

    terminal = find_terminal(os.environ, config.terminal.bidi, terminals.read_answers(), None)
    who = {"app": "par ce programme", "terminal": "par le terminal"}[str(terminal.way)]
    why = (
        "réglage" if terminal.forced else "vérifié avec F2" if terminal.tried else "supposé ; F2 à l'accueil le vérifie"
    )
    what = "terminal inconnu" if terminal.name == UNKNOWN else terminal.name
    # What an Arabic line looks like matters to whom it is shown.
    wrong = bool(terminal.advice) and LANGUAGES[config.room.family].rtl
    return Check(name, not wrong, f"arabe, persan et ourdou mis en ordre {who} ({what}, {why})", terminal.advice)


def firefox_library(config: Config) -> Check:
    """Whether what reads Firefox packages is there; needed only where one is installed."""
    return guarded("Moteur Firefox", lambda: _firefox(config))


def _firefox(config: Config) -> str:
    packages = [package for package in installed.model_store(config).packages() if package.engine is EngineName.FIREFOX]
    if installed.firefox_installed():
        return f"bibliothèque présente, {len(packages)} paquets"
    if packages:
        raise ModelMissing(
            f"{len(packages)} paquets Firefox sont installés, mais pas la bibliothèque fxtranslate qui les lit.",
            "Relancez ./install.sh ; elle n'existe pas pour les Mac à processeur Intel.",
        )
    return "bibliothèque absente, et aucun paquet n'en a besoin"


def disk() -> Check:
    """Room for what this account keeps."""
    folder = next(folder for folder in paths.log_file().parents if folder.exists())
    free = shutil.disk_usage(folder).free // 1_000_000
    return Check(
        "Disque",
        ok=free >= DISK_NEEDED,
        found=f"{free} Mo libres pour le journal et les phrases signées ({folder}), {DISK_NEEDED} nécessaires",
        remedy="Libérez de la place sur ce disque.",
    )


def usage(config: Config) -> Check:
    """Where consultations are counted, if they are: a file that can be read, in a folder that can be written."""
    name, file = "Comptes d'usage", paths.usage_file()
    if config.usage.keep == "off":
        kept = f" ; d'anciens comptes restent ({file}) : kiosk report --forget" if file.exists() else ""
        return Check(name, ok=True, found=f"non tenus (facultatif : [usage] keep){kept}")
    folder = next(folder for folder in file.parents if folder.exists())
    if not os.access(folder, os.W_OK):
        return Check(name, ok=False, found=f"ne peuvent pas être écrits dans {folder}", remedy="Vérifiez vos droits.")
    return guarded(name, _counted)


def _counted() -> str:
    stored = keeping.read_file()
    aside = f" ; un fichier illisible a été mis de côté ({stored.aside})" if stored.aside else ""
    return f"{len(stored.months)} mois, en nombres seulement ; « kiosk report » les montre{aside}"


def service_checks() -> Iterator[Check]:
    """The service of `./install.sh --kiosk`, and the staff's code without which it does not open."""
    unit = SYSTEM / "kiosk.service"
    if not unit.is_file():
        yield Check("Service", ok=True, found="non installé (facultatif : sudo ./install.sh --kiosk)")
        return
    yield _service(unit)
    yield _code()


def _service(unit: Path) -> Check:
    wrong = []
    if not (SYSTEM / "multi-user.target.wants" / unit.name).is_symlink():
        wrong.append("il ne s'ouvrira pas au démarrage")
    try:
        shell = pwd.getpwnam(ACCOUNT).pw_shell
    except KeyError:
        wrong.append(f"son compte « {ACCOUNT} » manque")
    else:
        if Path(shell).name not in _NO_LOGIN:
            wrong.append(f"son compte « {ACCOUNT} » peut ouvrir une session ({shell})")
    if unit.stat().st_mode & 0o022:
        wrong.append("d'autres que root peuvent changer son fichier")
    found = f"installé ({unit})" + "".join(f", mais {what}" for what in wrong)
    return Check("Service", not wrong, found, _INSTALL)


def _code() -> Check:
    """Read in the service's own settings, which staff accounts cannot read: the code is in them."""
    name = "Code d'équipe"
    try:
        config = load_config(SERVICE_SETTINGS)
    except KioskError as error:
        if isinstance(error.__cause__, PermissionError):
            found = "dans des réglages que ce compte ne lit pas : « sudo kiosk-admin doctor » le dit"
            return Check(name, ok=True, found=found)
        return Check(name, ok=False, found=error.message, remedy=error.remedy or _INSTALL)
    if not config.waiting.code:
        return Check(name, ok=False, found="non réglé : la salle d'attente ne s'ouvre pas", remedy=_INSTALL)
    if SERVICE_SETTINGS.stat().st_mode & 0o007:
        remedy = f"sudo chmod 0640 {SERVICE_SETTINGS}"
        return Check(
            name, ok=False, found=f"réglé, mais tous les comptes peuvent lire {SERVICE_SETTINGS}", remedy=remedy
        )
    return Check(name, ok=True, found="réglé, et fermé aux autres comptes")
