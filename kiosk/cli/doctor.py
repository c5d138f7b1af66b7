"""`kiosk doctor`: is this machine ready? One line a point: in order, or to mend with the remedy."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final

from kiosk import build, installed, machine
from kiosk.cli import place
from kiosk.cli.checks import Check, guarded
from kiosk.cli.devices import quiet_libraries
from kiosk.cli.tables import table_checks
from kiosk.config import Config
from kiosk.errors import DeviceError, KioskError
from kiosk.invocation import as_typed
from kiosk.plain import clean
from kiosk.speed import Why
from kiosk.types import Room

MEMORY_NEEDED: Final = 1_000
"""MB that must be free: the program stays under 700 with Whisper base and two packages, a desktop needs some."""

MEMORY_NEEDED_SMALL: Final = 1_400
"""The same with Whisper small, whose weights take some 350 MB more while they are loaded."""

ENCODE_LIMIT: Final = 0.3
"""Seconds to encode an ordinary turn above which captions come late.

Recognising it takes two to three times as long, and 0.7 s are there for that and for the translation (`kiosk.speed`).
Whisper base on 2 cores of an EPYC: 0.08 s.
"""

TRANSLATE_LIMIT: Final = 1.0
"""Seconds for one sentence above which the translation is felt as a wait."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of `kiosk doctor`."""
    parser.add_argument("--json", action="store_true", help="une ligne JSON, pour les scripts")
    parser.add_argument("--languages", metavar="ÉQUIPE,FAMILLE", help="les deux langues à vérifier")
    parser.add_argument("--device", metavar="NOM", help="le microphone à vérifier")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Print every check; 1 when something is to mend."""
    checks = []
    for check in _checks(config, config.languages):
        checks.append(check)
        if not arguments.json:
            print(_line(check), flush=True)
    ok = all(check.ok for check in checks)
    if arguments.json:
        print(json.dumps({"ok": ok, "checks": [asdict(check) for check in checks]}, ensure_ascii=False))
    else:
        print("\nTout est prêt." if ok else "\nAu moins un point est à corriger.")
    return 0 if ok else 1


def _line(check: Check) -> str:
    state = "OK        " if check.ok else "À CORRIGER"
    remedy = f"\n            → {as_typed(clean(check.remedy))}" if check.remedy and not check.ok else ""
    return f"{state}  {check.name} : {as_typed(clean(check.found))}{remedy}"


def _checks(config: Config, room: Room) -> Iterator[Check]:
    yield _terminal()
    yield place.reading_order(config)
    yield _memory(installed.speech_model(config))
    yield place.disk()
    yield guarded("Microphone", lambda: _microphone(config))
    models = guarded("Modèles", lambda: _models(config, room))
    yield models
    if models.ok:
        yield _translation(config, room)
    yield place.firefox_library(config)
    yield from table_checks(config)
    yield place.usage(config)
    yield from place.service_checks()
    if models.ok:
        yield from _speed(config, room)
        yield Check("Réseau", ok=True, found="inutile, tout ce qu'il faut est sur cette machine")
    else:
        yield Check("Réseau", ok=True, found="utile seulement pour installer les modèles qui manquent")


def _terminal() -> Check:
    if not sys.stdout.isatty():
        return Check("Terminal", ok=True, found="sortie redirigée, rien à vérifier")
    columns, lines = shutil.get_terminal_size()
    colours = _colours()
    found = f"{columns} colonnes, {lines} lignes, {colours}"
    ok = columns >= 60 and lines >= 20 and colours != "sans couleurs"
    return Check("Terminal", ok, found, "Agrandissez la fenêtre (80 x 24 ou plus) ; réglez TERM=xterm-256color.")


def _colours() -> str:
    if os.environ.get("COLORTERM", "") in {"truecolor", "24bit"}:
        return "16 millions de couleurs"
    term = os.environ.get("TERM", "")
    if "256color" in term:
        return "256 couleurs"
    return "sans couleurs" if term in {"", "dumb"} else "8 ou 16 couleurs"


def _memory(model: str) -> Check:
    free = _free_megabytes()
    needed = MEMORY_NEEDED_SMALL if model == "small" else MEMORY_NEEDED
    return Check(
        "Mémoire",
        ok=free >= needed,
        found=f"{free} Mo libres, {needed} nécessaires",
        remedy="Fermez d'autres programmes.",
    )


def _free_megabytes() -> int:
    meminfo = Path("/proc/meminfo")
    if meminfo.exists():
        fields = dict(line.split(":", 1) for line in meminfo.read_text().splitlines())
        return int(fields["MemAvailable"].split()[0]) // 1024
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def _microphone(config: Config) -> str:
    """Open it for a moment: being listed is not being free. One that was named must be there, not another for it."""
    with quiet_libraries():
        if wanted := config.audio.device:
            _find_named(wanted)
        source = build.microphone(config)
        source.open()
        try:
            frame = source.read(timeout=2.0)
        finally:
            source.close()
    return f"« {source.name} » " + ("donne du son" if frame is not None else "s'ouvre, mais ne donne encore rien")


def _find_named(wanted: str) -> None:
    names = [device.name for device in build.microphones()]
    if names and not any(wanted.casefold() in name.casefold() for name in names):
        known = ", ".join(f"« {name} »" for name in names)
        raise DeviceError(f"« {wanted} » est introuvable : un autre le remplace.", f"Sont branchés : {known}.")


def _models(config: Config, room: Room) -> str:
    installed.check_models(config, room)
    return f"Whisper {_model_and_why(config)} et {room.staff} ↔ {room.family} installés et intacts"


def _translation(config: Config, room: Room) -> Check:
    """Demonstration packages are no fault of the machine, but no family may be served with them."""
    offer = next((offer for offer in installed.language_offers(config) if offer.language.code == room.family), None)
    starter = offer is not None and offer.starter
    found = "modèle de démonstration : ne pas utiliser avec une famille" if starter else "sans modèle de démonstration"
    return Check(
        "Traduction",
        ok=not starter,
        found=found,
        remedy=f"Avec le réseau : kiosk models pull {room.staff}-{room.family}",
    )


def _model_and_why(config: Config) -> str:
    """The model in use, why, and what would tell whether another suits this machine better: advice, nothing to mend."""
    choice, answer = installed.speech_choice(config), machine.read_answer()
    why = {
        Why.SETTING: "réglage",
        Why.BENCH: "conseil de « kiosk bench »",
        Why.INSTALLED: "choisi parmi les installés",
        Why.NOTHING: "modèle par défaut",
    }[choice.why]
    advice = ""
    if answer is None:
        advice = " ; « kiosk bench » dirait s'il convient à cette machine"
    elif answer.model != choice.model:
        advice = f" ; « kiosk bench » conseille {answer.model} : kiosk models pull {answer.model}"
        if choice.why is Why.SETTING:
            advice = f" ; « kiosk bench » conseille {answer.model}"
    return f"{choice.model} ({why}{advice})"


def _speed(config: Config, room: Room) -> Iterator[Check]:
    try:
        speed = build.measure_speed(config, room)
    except KioskError as error:
        yield Check("Vitesse", ok=False, found=error.message, remedy=error.remedy)
        return
    yield Check(
        "Vitesse de reconnaissance",
        ok=speed.encode <= ENCODE_LIMIT,
        found=f"{speed.encode * 1000:.0f} ms pour encoder {build.TYPICAL_SPEECH:.0f} secondes de parole, "
        f"{ENCODE_LIMIT * 1000:.0f} au plus",
        remedy="Fermez d'autres programmes, branchez le chargeur, puis lancez « kiosk bench », qui dit quel modèle "
        "convient ; tiny est le plus petit.",
    )
    yield Check(
        "Vitesse de traduction",
        ok=speed.translate <= TRANSLATE_LIMIT,
        found=f"{speed.translate * 1000:.0f} ms pour une phrase, {TRANSLATE_LIMIT * 1000:.0f} au plus",
        remedy="Fermez d'autres programmes ; branchez le chargeur.",
    )
