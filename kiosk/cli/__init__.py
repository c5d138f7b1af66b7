"""The command line: arguments and settings in, one command run, errors out as one sentence and an exit code.

0    done
1    a failure: the message names the cause and the remedy
2    a wrong command line or setting
130  interrupted by Ctrl+C
"""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Final, NoReturn

from kiosk import __version__, guard
from kiosk.allocator import share_memory_between_threads
from kiosk.cli.french import speak_french
from kiosk.config import Config
from kiosk.disk import reason
from kiosk.errors import KioskError, UsageError
from kiosk.invocation import as_typed
from kiosk.languages import parse_room
from kiosk.plain import clean
from kiosk.settings import load_config

INTERRUPTED: Final = 130


@dataclass(frozen=True, slots=True)
class _Command:
    name: str
    help: str


_COMMANDS: Final = (
    _Command("run", "ouvrir le kiosque : conversation sous-titrée dans les deux langues"),
    _Command("caption", "sous-titrer un enregistrement"),
    _Command("translate", "traduire un texte"),
    _Command("models", "installer, vérifier et transporter les modèles"),
    _Command("phrasebook", "relire et signer les phrases traduites à la main"),
    _Command("devices", "montrer les microphones"),
    _Command("doctor", "vérifier que tout est prêt sur cette machine"),
    _Command("report", "montrer combien le kiosque sert, en nombres, si les réglages font compter"),
    _Command("bench", "mesurer cette machine et dire quel modèle de reconnaissance lui convient"),
)


class _Parser(argparse.ArgumentParser):
    """An argument parser that reports a wrong command line as every other error is reported."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"Commande incorrecte : {message}.", f"Voir « {self.prog} --help ».")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. The only place where an error becomes words on the terminal."""
    try:
        return _run(sys.argv[1:], own_process=True) if argv is None else _run(argv, own_process=False)
    except KioskError as error:
        # A message may name a file or a key of it, and so hold whatever somebody put there.
        print(f"kiosk : {as_typed(clean(error.message))}", file=sys.stderr)
        if error.remedy:
            print(f"        {as_typed(clean(error.remedy))}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("kiosk : interrompu.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left, as `head` does: nothing to tell and nobody to tell it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print(f"kiosk : impossible d'écrire le résultat : {reason(error)}.", file=sys.stderr)
        print("        Libérez de la place, ou envoyez-le ailleurs.", file=sys.stderr)
        return 1


def _run(argv: Sequence[str], *, own_process: bool) -> int:
    speak_french()
    parser = _Parser(prog="kiosk", description="Sous-titres bilingues hors ligne pour les consultations.")
    parser.add_argument("--version", action="version", version=f"kiosk {__version__}", help="montrer la version")
    parser.add_argument("--config", type=Path, metavar="FICHIER", help="fichier de réglages (sinon kiosk.toml)")
    commands = parser.add_subparsers(dest="command", metavar="COMMANDE", required=True)
    modules = {}
    for command in _COMMANDS:
        subparser = commands.add_parser(command.name, help=command.help, description=command.help.capitalize() + ".")
        # Only what is named is imported: `kiosk --version` needs no audio library.
        if command.name in argv:
            modules[command.name] = import_module(f"kiosk.cli.{command.name}")
            modules[command.name].configure(subparser)
    arguments = parser.parse_args(argv)
    if own_process:
        share_memory_between_threads()
        _close_in(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    config = load_config(arguments.config, os.environ, _options(arguments))
    run: Callable[[argparse.Namespace, Config], int] = modules[arguments.command].run
    code = run(arguments, config)
    sys.stdout.flush()  # while what goes wrong can still be told
    return code


def tell_unforeseen(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """In place of Python's own traceback, which quotes the error's message and so perhaps what was said."""
    if issubclass(kind, SystemExit):
        return
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f", {Path(trace.tb_frame.f_code.co_filename).name}, ligne {trace.tb_lineno}" if trace is not None else ""
    print(f"kiosk : erreur imprévue ({kind.__name__}{place}).", file=sys.stderr)
    print("        Relancez ; si cela se répète, transmettez cette ligne au service informatique.", file=sys.stderr)


def _close_in(arguments: argparse.Namespace) -> None:
    """Whatever the command: no memory on a disk, no words in an error; and but for one, no network."""
    sys.excepthook = tell_unforeseen
    threading.excepthook = lambda given: tell_unforeseen(given.exc_type, given.exc_value, given.exc_traceback)
    guard.leave_no_dump()
    if (arguments.command, vars(arguments).get("verb")) != ("models", "pull"):
        guard.refuse_network()


def _options(arguments: argparse.Namespace) -> dict[str, object]:
    """The options that stand for a setting."""
    given = vars(arguments)
    room = parse_room(given["languages"]) if given.get("languages") else None
    return {
        "room.staff": room and room.staff,
        "room.family": room and room.family,
        "speech.model": given.get("model"),
        "audio.device": given.get("device"),
    }
