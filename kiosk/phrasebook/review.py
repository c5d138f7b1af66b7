"""What a reviewer is about to sign, and why some of it cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kiosk.errors import AssetError, UsageError
from kiosk.languages import language
from kiosk.phrasebook.book import Phrasebook
from kiosk.phrasebook.checking import figures_of
from kiosk.phrasebook.entries import MASTER, Entry, Phrase, signed
from kiosk.phrasebook.reading import is_name, is_text
from kiosk.phrasebook.sheet import Reviewed


def chosen(book: Phrasebook, code: str, ids: Iterable[str]) -> dict[str, str]:
    """The texts of these phrases, as they stand. Raises UsageError for an id that the language does not have."""
    known = {phrase.id for phrase in book.everything}
    texts = {}
    for phrase in ids:
        if phrase not in known:
            raise UsageError(f"Phrase inconnue : « {phrase} ».", "« kiosk phrasebook export » les montre toutes.")
        entry = book.entry(phrase, code)
        if entry is None:
            raise UsageError(f"« {phrase} » n'a pas de traduction en {language(code).french}.")
        texts[phrase] = entry.text
    return texts


def unsigned(book: Phrasebook, code: str) -> dict[str, str]:
    """The texts of every phrase that has a translation and no signature that stands."""
    entries = ((phrase.id, book.entry(phrase.id, code)) for phrase in book.everything)
    return {phrase: entry.text for phrase, entry in entries if entry is not None and not entry.verified}


def agreed(book: Phrasebook, rows: Iterable[Reviewed]) -> dict[str, str]:
    """The texts of a reviewed sheet, as the reviewer left them. Raises AssetError, which names the line."""
    known = {phrase.id: phrase for phrase in book.everything}
    texts: dict[str, str] = {}
    for row in rows:
        place = f"Feuille, ligne {row.line} ({row.phrase})"
        if row.phrase not in known:
            raise AssetError(f"{place} : phrase inconnue.")
        if row.phrase in texts:
            raise AssetError(f"{place} : cette phrase y est deux fois.")
        if row.french != known[row.phrase].text:
            raise AssetError(f"{place} : le français n'est pas celui d'aujourd'hui.", "Refaites la feuille : export.")
        if not is_text(row.text):
            raise AssetError(f"{place} : la traduction manque, ou n'est pas une phrase sur une ligne.")
        texts[row.phrase] = row.text
    return texts


def sign(book: Phrasebook, code: str, texts: Mapping[str, str], by: str, on: date) -> dict[str, Entry]:
    """These texts as verified by `by`.

    Raises UsageError for a name that is none, and AssetError for a text whose figures are not those of the French.
    """
    if code == MASTER:
        raise UsageError("Le français est l'original : ce sont ses traductions que l'on vérifie.")
    if not is_name(by):
        raise UsageError("Il faut le nom de la personne qui a relu.", 'Exemple : --by "Nadia Benali, interprète".')
    phrases = {phrase.id: phrase for phrase in book.everything}
    return {phrase: _signed(book.entry(phrase, code), phrases[phrase], text, by, on) for phrase, text in texts.items()}


def _signed(entry: Entry | None, phrase: Phrase, text: str, by: str, on: date) -> Entry:
    if figures_of(text) != figures_of(phrase.text):
        raise AssetError(
            f"« {phrase.id} » ne peut pas être signée : ses chiffres ne sont pas ceux du français.",
            f"Corrigez d'abord : « {phrase.text} ».",
        )
    return signed(phrase.text, text, entry.also if entry else (), by, on)
