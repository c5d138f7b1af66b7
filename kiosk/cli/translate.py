"""`kiosk translate`: text in, translated text out, a line for a line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from kiosk import build, paths
from kiosk.config import Config
from kiosk.errors import UsageError
from kiosk.interface import MASTER, Catalogue
from kiosk.languages import language
from kiosk.plain import clean
from kiosk.types import Flag


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of `kiosk translate`."""
    parser.add_argument("--from", dest="source", required=True, metavar="CODE", help="langue du texte, par exemple fr")
    parser.add_argument("--to", dest="target", required=True, metavar="CODE", help="langue voulue, par exemple en")
    parser.add_argument("text", nargs="?", metavar="TEXTE", help="sinon, des lignes sur l'entrée standard")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Translate. Doubts go to standard error, so that lines out match lines in. Raises KioskError."""
    source, target = language(arguments.source).code, language(arguments.target).code
    if source == target:
        raise UsageError("La langue du texte et la langue voulue sont les mêmes.")
    translator = build.translator(config, source, target)
    words = Catalogue.load(paths.INTERFACE)
    lines: Iterable[str] = sys.stdin if arguments.text is None else arguments.text.splitlines() or [""]
    warned = False
    for number, line in enumerate(lines, start=1):
        translation = translator.translate(line.rstrip("\n"), source, target) if line.strip() else None
        print(clean(translation.text) if translation else "", flush=True)
        flags = translation.flags if translation else ()
        if Flag.STARTER in flags and not warned:
            warned = True
            print("kiosk : modèle de démonstration : ne pas utiliser avec une famille.", file=sys.stderr)
        if doubts := [words.text(f"flag.{flag}", MASTER) for flag in flags if flag is not Flag.STARTER]:
            print(f"kiosk : ligne {number}, {', '.join(doubts)}.", file=sys.stderr)
    return 0
