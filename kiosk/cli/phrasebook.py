"""`kiosk phrasebook`: list the phrases, export a language for review, sign what a qualified person reviewed."""

from __future__ import annotations

import argparse
import codecs
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from kiosk import paths
from kiosk.config import Config
from kiosk.disk import write_whole, writing_to
from kiosk.errors import AssetError, OutputError, UsageError
from kiosk.languages import language
from kiosk.phrasebook import ANSWERS, MASTER, Entry, Phrasebook, Status, written_languages
from kiosk.phrasebook.review import agreed, chosen, sign, unsigned
from kiosk.phrasebook.sheet import ABSENT, ALSO, STATUSES, read_sheet, write_sheet
from kiosk.phrasebook.signing import with_signed

_YES: Final = frozenset({"o", "oui"})

_VERIFY_HELP: Final = """\
Seule une personne qualifiée dans cette langue signe, en son nom, ce qu'elle a relu. La signature vaut pour cette
traduction de ce texte français : si l'un des deux change, la phrase redevient un brouillon, « à revoir ».

Avec --sheet : sont signées les lignes d'une feuille de « kiosk phrasebook export » dont la dernière colonne dit
« oui », avec la traduction telle qu'elle y est écrite, corrigée au besoin.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of `kiosk phrasebook`."""
    verbs = parser.add_subparsers(dest="verb", metavar="ACTION", required=True)
    listing = verbs.add_parser("list", help="les langues, ce qui est vérifié et ce qui est à revoir")
    listing.add_argument("--language", metavar="CODE", help="une langue seulement, en détail")
    export = verbs.add_parser("export", help="une feuille (CSV) à faire relire : français, traduction, statut")
    export.add_argument("language", metavar="CODE", help="langue, par exemple ar")
    export.add_argument("file", nargs="?", type=Path, metavar="FICHIER", help="sinon, la sortie standard")
    export.add_argument("--force", action="store_true", help="remplacer le fichier s'il existe")
    verify = verbs.add_parser(
        "verify",
        help="signer des phrases relues",
        epilog=_VERIFY_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verify.add_argument("language", metavar="CODE", help="langue, par exemple ar")
    verify.add_argument("phrases", nargs="*", metavar="PHRASE", help="par exemple welcome.hello")
    verify.add_argument("--all", action="store_true", help="toutes les phrases qui ne sont pas encore vérifiées")
    verify.add_argument("--sheet", type=Path, metavar="FICHIER", help="une feuille relue (CSV)")
    verify.add_argument("--by", metavar="NOM", help="qui a relu (sinon, le nom est demandé)")
    verify.add_argument("--yes", action="store_true", help="ne pas demander de confirmation")


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Run one action; 1 when a file is wrong or when a signature was asked for and not given. Raises KioskError."""
    code = arguments.language and language(arguments.language).code
    if code is None:
        return _show_languages()
    if code == MASTER:
        raise UsageError("Le français est l'original : choisissez une de ses traductions.")
    actions = {"list": _show_language, "export": _export, "verify": _verify}
    return actions[arguments.verb](_book(code), code, arguments)


def _book(code: str) -> Phrasebook:
    """The phrases of one language, which must have a file. Raises AssetError."""
    book = Phrasebook.load(paths.PHRASEBOOK, paths.local_phrasebook(), [code])
    if code not in book.languages:
        raise AssetError(
            f"Il n'y a pas de fichier de phrases en {language(code).french}.",
            "« kiosk phrasebook list » dit pour quelles langues il y en a un.",
        )
    return book


# -- list ----------------------------------------------------------------------------------------------------------


def _show_languages() -> int:
    """Every language on a line, those whose file is wrong last."""
    book = Phrasebook.load(paths.PHRASEBOOK, paths.local_phrasebook(), [])
    answers = len(book.phrases(ANSWERS))
    print(f"{len(book.everything) - answers} phrases en {len(book.groups)} groupes, et {answers} réponses\n")
    print(f"{'':<12}{'vérifiées':>10}{'brouillons':>12}{'à revoir':>10}{'absentes':>10}{'remarques':>11}")
    wrong = []
    for code in written_languages(paths.PHRASEBOOK, paths.local_phrasebook()):
        try:
            book = _book(code)
        except AssetError as error:
            wrong.append(error)
            continue
        states = Counter(book.status(phrase.id, code) for phrase in book.everything)
        counts = f"{states[Status.VERIFIED]:>10}{states[Status.DRAFT]:>12}{states[Status.REVIEW]:>10}{states[None]:>10}"
        print(f"{language(code).french:<12}{counts}{len(book.problems(code)):>11}")
    print("\nEn détail : kiosk phrasebook list --language CODE")
    for found in wrong:
        print(f"\nÀ CORRIGER : {found.message}\n             {found.remedy}")
    return 1 if wrong else 0


def _show_language(book: Phrasebook, code: str, arguments: argparse.Namespace) -> int:
    print(f"Phrases en {language(code).french}\n\n{'':<52}{'vérifiées':>10}{'en tout':>9}")
    for group in book.groups:
        phrases = book.phrases(group.id)
        verified = sum(book.status(phrase.id, code) is Status.VERIFIED for phrase in phrases)
        print(f"{group.name:<52}{verified:>10}{len(phrases):>9}")
    states = Counter(book.status(phrase.id, code) for phrase in book.everything)
    named = [f"{name} : {states[status]}" for status, name in ((*STATUSES.items(), (None, ABSENT)))]
    print(f"\nRéponses comprises : {', '.join(named)}")
    for problem in book.problems(code):
        print(f"  {problem.phrase:<34}{problem.cause}")
    return 0


# -- export --------------------------------------------------------------------------------------------------------


def _export(book: Phrasebook, code: str, arguments: argparse.Namespace) -> int:
    sheet = write_sheet(book, code)
    file: Path | None = arguments.file
    if file is None:
        print(sheet, end="")
        return 0
    if file.exists() and not arguments.force:
        raise OutputError(f"{file} existe déjà.", "Choisissez un autre nom, ou --force pour le remplacer.")
    _write(file, codecs.BOM_UTF8 + sheet.encode())
    print(f"Feuille écrite : {file}")
    return 0


# -- verify --------------------------------------------------------------------------------------------------------


def _verify(book: Phrasebook, code: str, arguments: argparse.Namespace) -> int:
    wanted = _wanted(book, code, arguments)
    if not wanted:
        print("Rien à signer.")
        return 0
    entries = sign(book, code, wanted, _name(arguments.by), date.today())
    if not arguments.yes and not _confirmed(code, entries):
        print("Rien n'a été signé.")
        return 1
    file = paths.local_phrasebook() / f"{code}.toml"
    before = file.read_text(encoding="utf-8-sig") if file.exists() else ""
    _write(file, with_signed(before, code, entries).encode())
    print(f"{_counted(entries)} en {language(code).french}, dans {file}")
    return 0


def _wanted(book: Phrasebook, code: str, arguments: argparse.Namespace) -> Mapping[str, Entry]:
    if [bool(arguments.phrases), arguments.all, arguments.sheet is not None].count(True) != 1:
        raise UsageError("Que signer ? Des phrases par leur nom, ou --all, ou --sheet FICHIER.")
    if arguments.sheet is not None:
        return agreed(book, read_sheet(arguments.sheet))
    return unsigned(book, code) if arguments.all else chosen(book, code, arguments.phrases)


def _name(given: str | None) -> str:
    if given is None and sys.stdin.isatty():
        given = input("Nom de la personne qui a relu : ")
    return (given or "").strip()


def _confirmed(code: str, entries: Mapping[str, Entry]) -> bool:
    """Show what is about to be signed and ask. Raises UsageError where nobody can answer."""
    if not sys.stdin.isatty():
        raise UsageError("Personne ne peut confirmer ici.", "Ajoutez --yes pour signer sans question.")
    for phrase, entry in entries.items():
        print(f"{phrase}\n    {entry.signature.french if entry.signature else ''}\n    {entry.text}")
        if entry.also:
            print(f"    ({ALSO.join(entry.also)})")
    by = next(iter(entries.values())).signature
    signer = by.by if by else ""
    question = f"\n{_counted(entries)} en {language(code).french}, au nom de {signer}. Confirmer ? (oui/non) "
    try:
        return input(question).strip().casefold() in _YES
    except EOFError:
        return False


def _counted(entries: Mapping[str, Entry]) -> str:
    return f"{len(entries)} phrase{'s' if len(entries) > 1 else ''} signée{'s' if len(entries) > 1 else ''}"


def _write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises OutputError."""
    with writing_to(file.parent):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, content)
