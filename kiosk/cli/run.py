"""`kiosk run`: the app, on the microphone or on a recording."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from kiosk import build, installed, paths, terminals
from kiosk.config import Config
from kiosk.errors import KioskError, SettingsError, UsageError
from kiosk.invocation import as_typed
from kiosk.keep import Keeper
from kiosk.languages import Offer, for_families_alone, parse_room
from kiosk.log import start_log
from kiosk.types import Room
from kiosk.usage import Usage
from kiosk.usage.keeping import add_to_file

DEMO_ROOM: Final = "fr,en"
"""What is spoken in the demonstration."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of `kiosk run`."""
    parser.add_argument("--languages", metavar="ÉQUIPE,FAMILLE", help="ouvrir avec ces deux langues, sans demander")
    parser.add_argument("--input", type=Path, metavar="FICHIER", help="jouer un enregistrement au lieu du microphone")
    parser.add_argument(
        "--waiting-room",
        action="store_true",
        help="rester seul dans une salle d'attente : accueil en toutes langues, tout est oublié, sortie par un code",
    )
    parser.add_argument("--discover", action="store_true", help="se former sur une consultation inventée, sans micro")
    parser.add_argument("--device", metavar="NOM", help="une partie du nom du microphone")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Open the app. Raises KioskError for what can be known before: terminal, recording, models."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise KioskError("« kiosk run » a besoin d'un terminal.", "Sans terminal : kiosk caption FICHIER.")
    if arguments.waiting_room:
        _check_waiting_room(arguments, config)
    room: Room | None = config.languages if arguments.languages else None
    if arguments.discover:
        if arguments.input is not None or arguments.languages or arguments.waiting_room:
            raise UsageError("« --discover » va sans « --input », « --languages » ni « --waiting-room ».")
        arguments.input, room = paths.DEMO, parse_room(DEMO_ROOM)
    if arguments.input is not None:
        build.open_recording(arguments.input, real_pace=True).close()
    installed.check_models(config, room)
    start_log()
    _keep_screen_clean()
    from kiosk.ui import cells, strings
    from kiosk.ui.app import KioskApp
    from kiosk.ui.navigation import Means
    from kiosk.ui.terminal import find_terminal
    from kiosk.ui.theme import THEMES

    offers = installed.language_offers(config)
    if arguments.waiting_room:
        _tell_unready(offers, config)
    usage = counting(config, played=arguments.input is not None)
    strings.catalogue()  # what is wrong with it is said before anything shows
    cells.match_terminal()
    # In a waiting room nobody is asked anything about the terminal.
    remember = None if arguments.waiting_room else terminals.write_answer
    terminal = find_terminal(os.environ, config.terminal.bidi, terminals.read_answers(), remember)
    contacts = config.interpreter.listed
    keeper = None if arguments.waiting_room else Keeper()
    means = Means(
        offers,
        config.room.staff,
        build.phrasebook(),
        contacts,
        terminal,
        keeper,
        config.interface.language,
        usage,
    )
    threading.Thread(target=build.warm, args=(config,), name="kiosk-warm", daemon=True).start()
    opener = usage.counted(build.session_opener(config, arguments.input))
    if arguments.waiting_room:
        from kiosk.ui.waiting_room import WaitingRoomApp, Watch

        waiting = config.waiting
        watch = Watch(waiting.code, waiting.idle, demonstration=waiting.demonstration == "on")
        app: KioskApp = WaitingRoomApp(means, opener, watch)
    else:
        app = KioskApp(means, opener, room, demo=arguments.input is not None, discover=arguments.discover)
    app.theme = THEMES[config.terminal.theme].name
    try:
        app.run()
    finally:
        usage.ended()
    return app.return_code or 0


def counting(config: Config, *, played: bool) -> Usage:
    """What counts consultations: into the file where the settings say so, and not where a recording is played."""
    return Usage(add_to_file) if config.usage.keep == "on" and not played else Usage()


def _check_waiting_room(arguments: argparse.Namespace, config: Config) -> None:
    if arguments.input is not None or arguments.languages:
        raise UsageError("« --waiting-room » va sans « --input » ni « --languages ».")
    if not config.waiting.code:
        raise SettingsError(
            "La salle d'attente a besoin d'un code pour que l'équipe puisse en sortir.",
            "Réglez « code » dans la section [waiting] de kiosk.toml.",
        )


def _tell_unready(offers: Iterable[Offer], config: Config) -> None:
    """Say on the terminal what the screen says, too: what has to be installed before a family is offered anything."""
    staff = config.room.staff
    others = [offer for offer in offers if offer.language.code != staff]
    if not for_families_alone(others, demonstration=config.waiting.demonstration == "on"):
        print("kiosk : aucune langue à offrir aux familles dans la salle d'attente.", file=sys.stderr)
        command = as_typed(f"kiosk models pull {staff}-ar")
        print(f"        Installez des paquets officiels, par exemple : {command}", file=sys.stderr)


def _keep_screen_clean() -> None:
    """Give the screen a descriptor of its own and close the one on which C libraries write.

    Textual draws on standard error, and ALSA writes its complaints there: they would land on the screen.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    terminal = os.fdopen(os.dup(2), "w", encoding=sys.stderr.encoding, errors="replace", buffering=1)
    sys.stderr = sys.__stderr__ = terminal  # type: ignore[misc] # the one name that Textual writes to
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
