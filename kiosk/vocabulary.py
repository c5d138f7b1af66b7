"""Words that a consultation is made of: assets/vocabulary/<language>.txt, and what Whisper is told of them.

Off unless the settings say otherwise: see assets/vocabulary/README.md for what was measured.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kiosk.errors import SettingsError

MOST_WORDS: Final = 24
"""How many are told: of 10, 25, 55 and 60 words in five forms, this one helped most and broke least."""

LONGEST: Final = 60
"""Characters of an entry: a sentence is no word."""

_INTRODUCTIONS: Final = {"fr": "Consultation de PMI"}


def read_words(file: Path) -> tuple[str, ...]:
    """One entry a line, `#` for comments. Raises SettingsError, which names the file and the line."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"La liste de mots {file} ne peut pas être lue.", "Un texte en UTF-8 est attendu."
        ) from error
    words = []
    for number, line in enumerate(lines, start=1):
        word = line.partition("#")[0].strip()
        if len(word) > LONGEST or not word.isprintable():
            raise SettingsError(
                f"{file}, ligne {number} : ce n'est pas un mot.", f"Au plus {LONGEST} caractères, une entrée par ligne."
            )
        if word:
            words.append(word)
    return tuple(dict.fromkeys(words))


def prompt(folder: Path, language: str) -> str:
    """What Whisper is told before it hears `language`; empty where there are no words for it. Raises SettingsError."""
    file = folder / f"{language}.txt"
    if language not in _INTRODUCTIONS or not file.exists():
        return ""
    words = read_words(file)[:MOST_WORDS]
    return f"{_INTRODUCTIONS[language]} : {', '.join(words)}." if words else ""
