"""For `kiosk doctor`: the tables that this program goes by, read whole before a family is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kiosk import build, gate, paths
from kiosk.cli.checks import Check, guarded
from kiosk.config import Config
from kiosk.errors import AssetError
from kiosk.glossary import Glossary
from kiosk.interface import MASTER as FRENCH
from kiosk.interface import Catalogue
from kiosk.languages import language
from kiosk.phrasebook import MASTER, Status
from kiosk.quantities.plausible import Plausible
from kiosk.quantities.tables import LANGUAGES, lexicon


def table_checks(config: Config) -> Iterator[Check]:
    """The words of the screen, the phrasebook, the glossary, and what translations are compared with."""
    yield guarded("Textes de l'écran", lambda: _interface(config))
    yield guarded("Recueil de phrases", _phrasebook)
    yield guarded("Glossaire", lambda: _glossary(config))
    yield guarded("Tables de vérification", _gate)


def _interface(config: Config) -> str:
    catalogue, code = Catalogue.load(paths.INTERFACE), config.interface.language
    written = catalogue.keys(code)
    missing = len(catalogue.keys(FRENCH) - written)
    # What is missing is shown in French, which staff read: no reason to call the machine not ready.
    gaps = f", {missing} textes manquent et s'affichent en français" if missing else ""
    return f"en {language(code).french}, {len(written)} textes{gaps}"


def _phrasebook() -> str:
    book = build.phrasebook()
    codes = [code for code in book.languages if code != MASTER]
    states = Counter(book.status(phrase.id, code) for code in codes for phrase in book.everything)
    counts = f"{states[Status.VERIFIED]} traductions vérifiées, {states[Status.DRAFT]} brouillons"
    again = f", {states[Status.REVIEW]} à revoir" if states[Status.REVIEW] else ""
    return f"{len(book.everything)} phrases et réponses en {len(codes)} langues : {counts}{again}"


def _glossary(config: Config) -> str:
    own = Path(config.translation.glossary).expanduser() if config.translation.glossary else None
    Glossary.load(paths.GLOSSARY)
    if own is None:
        return "lisible"
    if not own.exists():
        raise AssetError(f"Le glossaire {own} n'existe pas.", "Corrigez « glossary » dans [translation] de kiosk.toml.")
    Glossary.load(own)
    return f"lisible, ainsi que {own}"


def _gate() -> str:
    tables = gate.load()
    Plausible.load(paths.PLAUSIBLE)
    for code in LANGUAGES:
        lexicon(code)
    return (
        f"lisibles : quantités dans {len(LANGUAGES)} langues, négations dans {len(tables.negation)}, "
        f"écritures de {len(tables.letters)}, quantités possibles"
    )
