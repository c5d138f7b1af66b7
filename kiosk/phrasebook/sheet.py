"""The review sheet: a language beside its French as CSV, filled in with a spreadsheet and read back.

Semicolons and a byte order mark, since a French spreadsheet opens that right by a double click; read back, commas and
tabulators will do too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.errors import AssetError
from kiosk.phrasebook.book import Phrasebook
from kiosk.phrasebook.entries import Entry, Status

STATUSES: Final = {Status.DRAFT: "brouillon", Status.VERIFIED: "vérifiée", Status.REVIEW: "à revoir"}
"""How staff read a status."""

ABSENT: Final = "absente"

ALSO: Final = " / "
"""Between the other ways to say a phrase, which are signed with it."""

_COLUMNS: Final = ("id", "français", "traduction", "se dit aussi", "statut", "relue par", "le", "accord")
_AGREED: Final = frozenset({"oui", "o", "x", "ok", "yes"})


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A line of a sheet that the reviewer agreed to; `line` counts from 1, the headings'."""

    line: int
    phrase: str
    french: str
    text: str
    also: tuple[str, ...]


def write_sheet(book: Phrasebook, code: str) -> str:
    """The sheet of one language; in its last column the reviewer writes "oui" where the translation is right."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for phrase in book.everything:
        entry = book.entry(phrase.id, code)
        texts = (entry.text, ALSO.join(entry.also)) if entry else ("", "")
        writer.writerow((phrase.id, phrase.text, *texts, *_state(entry), ""))
    return out.getvalue()


def read_sheet(path: Path) -> Iterator[Reviewed]:
    """The lines marked "oui" in the last column. Raises AssetError, which names the line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AssetError(
            f"La feuille {path} ne peut pas être lue.", "Enregistrez-la en CSV et en UTF-8, depuis le tableur."
        ) from error
    delimiter = max(";,\t", key=text.partition("\n")[0].count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    try:
        yield from _agreed(path, reader)
    except csv.Error as error:
        raise AssetError(f"{path}, ligne {reader.line_num} : ce n'est pas du CSV ({error}).") from error


def _agreed(path: Path, reader: csv.DictReader[str]) -> Iterator[Reviewed]:
    missing = [name for name in (*_COLUMNS[:4], _COLUMNS[-1]) if name not in (reader.fieldnames or ())]
    if missing:
        raise AssetError(
            f"{path} : il manque la colonne « {missing[0]} ».", "Partez d'une feuille de « kiosk phrasebook export »."
        )
    for row in reader:
        fields = {name: (row[name] or "").strip() for name in _COLUMNS if name in row}
        agreed = fields["accord"].casefold()
        if agreed in _AGREED:
            also = tuple(other.strip() for other in fields["se dit aussi"].split(ALSO) if other.strip())
            yield Reviewed(reader.line_num, fields["id"], fields["français"], fields["traduction"], also)
        elif agreed not in ("", "non", "n"):
            raise AssetError(f"{path}, ligne {reader.line_num} : l'accord est « oui » ou rien.")


def _state(entry: Entry | None) -> tuple[str, str, str]:
    if entry is None:
        return ABSENT, "", ""
    signature = entry.signature
    return STATUSES[entry.status], *((signature.by, signature.on.isoformat()) if signature else ("", ""))
