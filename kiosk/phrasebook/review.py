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
from kiosk.phrasebook.sheet import ALSO, Reviewed


def chosen(book: Phrasebook, code: str, ids: Iterable[str]) -> dict[str, Entry]:
    """These phrases, as they stand. Raises UsageError for an id that the language does not have."""
    known = {phrase.id for phrase in book.everything}
    entries = {}
    for phrase in ids:
        if phrase not in known:
            raise UsageError(f"Phrase inconnue : « {phrase} ».", "« kiosk phrasebook export » les montre toutes.")
        entry = book.entry(phrase, code)
        if entry is None:
            raise UsageError(f"« {phrase} » n'a pas de traduction en {language(code).french}.")
        entries[phrase] = entry
    return entries


def unsigned(book: Phrasebook, code: str) -> dict[str, Entry]:
    """Every phrase that has a translation and no signature that stands."""
    entries = ((phrase.id, book.entry(phrase.id, code)) for phrase in book.everything)
    return {phrase: entry for phrase, entry in entries if entry is not None and not entry.verified}


def agreed(book: Phrasebook, rows: Iterable[Reviewed]) -> dict[str, Entry]:
    """The phrases of a reviewed sheet, as the reviewer left them. Raises AssetError, which names the line."""
    known = {phrase.id: phrase for phrase in book.everything}
    entries: dict[str, Entry] = {}
    for row in rows:
        place = f"Feuille, ligne {row.line} ({row.phrase})"
        if row.phrase not in known:
            raise AssetError(f"{place} : phrase inconnue.")
        if row.phrase in entries:
            raise AssetError(f"{place} : cette phrase y est deux fois.")
        if row.french != known[row.phrase].text:
            raise AssetError(f"{place} : le français n'est pas celui d'aujourd'hui.", "Refaites la feuille : export.")
        if not is_text(row.text):
            raise AssetError(f"{place} : la traduction manque, ou n'est pas une phrase sur une ligne.")
        if not all(map(is_text, row.also)):
            raise AssetError(f"{place} : « se dit aussi » attend des phrases sur une ligne, avec «{ALSO}» entre elles.")
        entries[row.phrase] = Entry(row.text, row.also)
    return entries


def sign(book: Phrasebook, code: str, entries: Mapping[str, Entry], by: str, on: date) -> dict[str, Entry]:
    """These entries as verified by `by`, the other ways to say them included.

    Raises UsageError for a name that is none, and AssetError for a text whose figures are not those of the French.
    """
    if code == MASTER:
        raise UsageError("Le français est l'original : ce sont ses traductions que l'on vérifie.")
    if not is_name(by):
        raise UsageError("Il faut le nom de la personne qui a relu.", 'Exemple : --by "Nadia Benali, interprète".')
    phrases = {phrase.id: phrase for phrase in book.everything}
    return {phrase: _signed(entry, phrases[phrase], by, on) for phrase, entry in entries.items()}


def _signed(entry: Entry, phrase: Phrase, by: str, on: date) -> Entry:
    figures = figures_of(phrase.text)
    # Another way to say it may say them in words ("twice"), never others.
    if figures_of(entry.text) != figures or any(figures_of(other) not in ([], figures) for other in entry.also):
        raise AssetError(
            f"« {phrase.id} » ne peut pas être signée : ses chiffres ne sont pas ceux du français.",
            f"Corrigez d'abord : « {phrase.text} ».",
        )
    return signed(phrase.text, entry.text, entry.also, by, on)
