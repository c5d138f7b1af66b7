"""The files of assets/phrasebook, checked as they are read: an error names the file and the line."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NoReturn

from kiosk.errors import AssetError
from kiosk.phrasebook.entries import ANSWERS, MASTER, Entry, Group, Master, Phrase, Signature, Status, seal

LONGEST: Final = 300
"""Characters of a phrase. The longest of the master has 91."""

_HEADING: Final = re.compile(r"\s*\[\s*([\w-]+)\s*\.\s*([\w-]+)\s*\]")
_POSITION: Final = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")
_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REMEDY: Final = "Voyez assets/phrasebook/README.md."

# Embeddings, overrides and isolates: one left open turns the rest of the line around. The plain marks do not.
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class _File:
    """A file's tables, and the line at which each phrase begins."""

    path: Path
    tables: dict[str, Any]
    lines: Mapping[str, int]

    def refuse(self, cause: str, phrase: str = "", remedy: str = _REMEDY) -> NoReturn:
        """Raise AssetError with the place, the phrase if it is one."""
        line = f", ligne {self.lines[phrase]}" if phrase in self.lines else ""
        heading = f" [{phrase}]" if phrase else ""
        raise AssetError(f"{self.path}{line}{heading} : {cause}.", remedy)


def read_master(folder: Path) -> Master:
    """The French file of `folder`. Raises AssetError."""
    file = _open(folder / f"{MASTER}.toml", MASTER)
    names = file.tables.pop("groups", {})
    sets = file.tables.pop("answer-sets", {})
    if not (isinstance(names, dict) and all(isinstance(name, str) and is_text(name) for name in names.values())):
        file.refuse("[groups] attend un nom entre guillemets pour chaque groupe")
    if ANSWERS not in names or not isinstance(sets, dict) or set(file.tables) != set(names):
        file.refuse(f"[groups], [answer-sets] et les groupes du fichier ne vont pas ensemble ; « {ANSWERS} » en est un")
    phrases = {}
    for phrase, fields in _phrases(file):
        if not _NAME.fullmatch(phrase.partition(".")[2]):
            file.refuse("un nom de phrase s'écrit en minuscules et en chiffres, avec des traits d'union", phrase)
        answers = _answers(file, sets, phrase, fields.pop("answers", None))
        phrases[phrase] = Phrase(phrase, *_words(file, phrase, fields), answers)
        _nothing_left(file, phrase, fields)
    return Master(tuple(Group(key, name) for key, name in names.items()), phrases)


def read_language(path: Path, code: str, master: Master, *, outdated: bool = False) -> dict[str, Entry]:
    """The phrases of one file by id, in the order of the master. Raises AssetError.

    `outdated`: the file may be older than the master, whose phrases may be gone.
    """
    file = _open(path, code)
    entries = {}
    for phrase, fields in _phrases(file):
        if phrase not in master.phrases:
            if outdated:
                continue
            file.refuse("le français n'a pas de phrase de ce nom", phrase)
        entries[phrase] = _entry(file, phrase, fields, master.phrases[phrase].text)
        _nothing_left(file, phrase, fields)
    return {phrase: entries[phrase] for phrase in master.phrases if phrase in entries}


def _open(path: Path, code: str) -> _File:
    text = _text_of(path)
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := _HEADING.match(line):
            phrase = f"{heading[1]}.{heading[2]}"
            if phrase in lines:
                raise AssetError(
                    f"{path}, ligne {number} [{phrase}] : cette phrase est déjà à la ligne {lines[phrase]}.", _REMEDY
                )
            lines[phrase] = number
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _POSITION.search(str(error))
        number = int(place[1]) if place and place[1] else len(text.splitlines())
        raise AssetError(
            f"{path}, ligne {number} : mal écrit ({_POSITION.sub('', str(error)).strip()}).",
            "Chaque texte est entre guillemets droits et sur une seule ligne.",
        ) from error
    file = _File(path, tables, lines)
    if tables.pop("language", None) != code:
        file.refuse(f'la première ligne doit être : language = "{code}"')
    return file


def _text_of(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise AssetError(f"Le fichier de phrases {path} ne peut pas être lu.", "Vérifiez qu'il existe.") from error
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        raise AssetError(
            f"{path}, ligne {number} : ce n'est pas un texte en UTF-8.", "Enregistrez-le en UTF-8."
        ) from error


def _phrases(file: _File) -> list[tuple[str, dict[str, Any]]]:
    phrases = []
    for group, members in file.tables.items():
        if not isinstance(members, dict):
            file.refuse(f"« {group} » n'est pas à sa place")
        for name, fields in members.items():
            phrase = f"{group}.{name}"
            if not isinstance(fields, dict):
                file.refuse(f"« {phrase} » n'est pas une phrase, qui commence par [{phrase}]")
            phrases.append((phrase, fields))
    return phrases


def _answers(file: _File, sets: dict[str, Any], phrase: str, name: Any) -> tuple[str, ...]:
    if name is None:
        return ()
    options = sets.get(name) if isinstance(name, str) else None
    known = file.tables.get(ANSWERS, {})
    if not isinstance(options, list) or not all(isinstance(option, str) and option in known for option in options):
        file.refuse(f"answers = {name!r} n'est pas une liste de [answer-sets] dont chaque réponse existe", phrase)
    return tuple(f"{ANSWERS}.{option}" for option in options)


def _words(file: _File, phrase: str, fields: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    text, also = fields.pop("text", None), fields.pop("also", [])
    if not (isinstance(text, str) and is_text(text)):
        file.refuse(f"text manque ou n'est pas un texte d'au plus {LONGEST} caractères sur une ligne", phrase)
    if not (isinstance(also, list) and all(isinstance(other, str) and is_text(other) for other in also)):
        file.refuse('also attend une liste de textes : ["…", "…"]', phrase)
    return text.strip(), tuple(other.strip() for other in also)


def _entry(file: _File, phrase: str, fields: dict[str, Any], french: str) -> Entry:
    text, also = _words(file, phrase, fields)
    status = fields.pop("status", None)
    if status not in (Status.DRAFT, Status.VERIFIED):
        file.refuse(f'status = "{Status.DRAFT}" ou "{Status.VERIFIED}" est attendu', phrase)
    by, on, signed_french, sealed = (fields.pop(key, None) for key in ("by", "on", "french", "seal"))
    if status == Status.DRAFT:
        return Entry(text, also)
    if not (isinstance(by, str) and is_name(by)):
        file.refuse("verified sans le nom de qui a relu (by)", phrase)
    if not isinstance(on, date) or isinstance(on, datetime):
        file.refuse("verified sans la date de relecture (on = 2026-05-31)", phrase)
    stands = sealed == seal(french, text, also, by, on)
    signature = Signature(by, on, signed_french if isinstance(signed_french, str) else "", str(sealed or ""))
    return Entry(text, also, Status.VERIFIED if stands else Status.REVIEW, signature)


def _nothing_left(file: _File, phrase: str, fields: dict[str, Any]) -> None:
    if fields:
        file.refuse(f"« {next(iter(fields))} » n'a pas sa place ici", phrase)


def is_name(name: str) -> bool:
    """Whether this can be the name of a person who signs."""
    return name == name.strip() and name.isprintable() and any(c.isalpha() for c in name) and len(name) <= 80


def is_text(text: str) -> bool:
    categories = {unicodedata.category(character) for character in text}
    return (
        any(character.isalnum() for character in text)
        and len(text) <= LONGEST
        and not categories & {"Cc", "Cs", "Zl", "Zp"}
        and not _TURNING.intersection(text)
    )
