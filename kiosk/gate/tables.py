"""The tables of the checks: assets/gate, some of them to be edited. Read at the first check, or when told to."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from kiosk.errors import AssetError
from kiosk.gate.leftovers import Vocabulary
from kiosk.gate.negation import DENIAL_KINDS, LIMIT_KINDS, Negation
from kiosk.gate.shape import Lengths, Limit
from kiosk.gate.tongues import Letters
from kiosk.gate.words import spelled
from kiosk.paths import ASSETS

GATE: Final = ASSETS / "gate"

_README: Final = "Voyez assets/gate/README.md."


@dataclass(frozen=True, slots=True)
class Tables:
    """All that the checks know, by language."""

    negation: Mapping[str, Negation]
    letters: Mapping[str, Letters]
    vocabulary: Vocabulary
    lengths: Lengths


@cache
def load(folder: Path = GATE) -> Tables:
    """The tables of `folder`, read once. Raises AssetError naming the file and the line or the entry."""
    letters = {file.stem: _letters(file) for file in sorted((folder / "letters").glob("*.txt"))}
    kept = _words(folder / "kept.txt")
    return Tables(
        negation={file.stem: _negation(file) for file in sorted((folder / "negation").glob("*.toml"))},
        letters=letters,
        vocabulary=Vocabulary(
            words={file.stem: _words(file) for file in sorted((folder / "words").glob("*.txt"))},
            kept=kept,
            terms=[spelled(word.replace("_", " "), "fr") for word in kept if "_" in word],
            letters=letters,
        ),
        lengths=_lengths(folder / "lengths.toml"),
    )


def _negation(file: Path) -> Negation:
    table = _toml(file)
    for key, phrases in table.items():
        if key not in (*DENIAL_KINDS, *LIMIT_KINDS):
            raise AssetError(f"{file} : « {key} » n'est pas une liste connue.", _README)
        if not (isinstance(phrases, list) and all(isinstance(phrase, str) and phrase.strip() for phrase in phrases)):
            raise AssetError(f"{file}, {key} : une liste de mots est attendue.", _README)
    return Negation(table, file.stem)


def _letters(file: Path) -> Letters:
    counts = {}
    for number, line in enumerate(_lines(file), start=1):
        gram, _, count = line.partition(" ")
        if len(gram) != 3 or not count.isdecimal():
            raise AssetError(f"{file}, ligne {number} : trois lettres et un nombre sont attendus.", _README)
        counts[gram.replace("_", " ")] = int(count)
    return Letters(counts)


def _words(file: Path) -> dict[str, frozenset[str]]:
    return {line.split()[0]: frozenset(line.split()[1:]) for line in _lines(file)}


def _lengths(file: Path) -> Lengths:
    table = _toml(file)
    try:
        limits = [Limit(int(row["letters"]), float(row["shortest"]), float(row["longest"])) for row in table["limits"]]
        relative = {str(language): int(letters) for language, letters in table["relative"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise AssetError(f"{file} : « relative » et « limits » sont attendus, en nombres.", _README) from error
    if any(letters <= 0 for letters in relative.values()):
        raise AssetError(f"{file} : une longueur est un nombre positif.", _README)
    return Lengths(relative, sorted(limits, key=lambda limit: limit.letters))


def _lines(file: Path) -> list[str]:
    """Lines without comments, blank ones left out."""
    lines = (line.partition("#")[0].strip() for line in _text(file).splitlines())
    return [line for line in lines if line]


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(file))
    except tomllib.TOMLDecodeError as error:
        raise AssetError(f"La table {file} est mal écrite : {error}.", _README) from error


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AssetError(f"La table {file} ne peut pas être lue.", "Un texte en UTF-8 est attendu.") from error
