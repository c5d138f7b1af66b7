"""The words of the screen, from assets/interface: those that staff read, and the few that families do.

Pure, but for reading the files. What a family is told at length stands in the phrasebook, where it can be signed.
"""

from __future__ import annotations

import logging
import string
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kiosk.errors import AssetError

MASTER: Final = "fr"
"""The language in which every text exists, and from which the others take their placeholders."""

STAFF_LANGUAGES: Final = (MASTER, "en")
"""Those that staff may choose: each of them has every text."""

_log = logging.getLogger(__name__)


class Catalogue:
    """Texts by language and by key, such as "end.title": a table of a file, and a line of it.

    `texts`: language -> key -> text, with placeholders as `str.format` has them, by name.
    """

    def __init__(self, texts: Mapping[str, Mapping[str, str]]) -> None:
        self._texts = texts
        self._missed: set[tuple[str, str]] = set()

    @classmethod
    def load(cls, folder: Path) -> Catalogue:
        """Read every <language>.toml of `folder`.

        Raises AssetError, naming the file and the key, where a file cannot be read, a text is none, or its
        placeholders are not those of the French one.
        """
        files = {file.stem: file for file in sorted(folder.glob("*.toml"))}
        files.setdefault(MASTER, folder / f"{MASTER}.toml")
        texts = {language: _read(file) for language, file in files.items()}
        french = {key: _placeholders(files[MASTER], key, text) for key, text in texts[MASTER].items()}
        for language, file in files.items():
            for key, text in texts[language].items():
                names = _placeholders(file, key, text)
                if names != french.get(key, names):
                    raise _wrong(file, key, "les mots entre accolades ne sont pas ceux du texte français")
        return cls(texts)

    def has(self, key: str, language: str) -> bool:
        """Whether this text exists in this language."""
        return key in self._texts.get(language, ())

    def keys(self, language: str) -> frozenset[str]:
        """Of every text in this language."""
        return frozenset(self._texts.get(language, ()))

    def text(self, key: str, language: str, /, **values: object) -> str:
        """The text in this language, with `values` in place of its placeholders.

        What is missing is there in French, or else as its key, and told to the log once: a consultation goes on.
        """
        text = self._texts.get(language, {}).get(key)
        if text is None:
            self._tell(key, language)
            text = self._texts[MASTER].get(key, key)
        return text.format(**values)

    def _tell(self, key: str, language: str) -> None:
        if (key, language) not in self._missed:
            self._missed.add((key, language))
            _log.warning("no text for %s in %s", key, language)


def _read(file: Path) -> dict[str, str]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AssetError(f"Les textes de {file} ne peuvent pas être lus : {error}.", _REMEDY) from error
    texts = {}
    for section, table in tables.items():
        if not isinstance(table, dict):
            raise _wrong(file, section, "ce texte n'est dans aucune section")
        for name, text in table.items():
            if not (isinstance(text, str) and text.strip()):
                raise _wrong(file, f"{section}.{name}", "un texte entre guillemets est attendu")
            texts[f"{section}.{name}"] = text
    return texts


def _placeholders(file: Path, key: str, text: str) -> frozenset[str]:
    """The names between braces. Raises AssetError where they are anything else than names."""
    try:
        fields = [(name, form or conversion) for _, name, form, conversion in string.Formatter().parse(text)]
    except ValueError as error:
        raise _wrong(file, key, "une accolade est seule ; écrivez {{ ou }} pour la montrer") from error
    names = frozenset(name for name, _ in fields if name is not None)
    if any(how for _, how in fields) or not all(map(str.isidentifier, names)):
        raise _wrong(file, key, "entre accolades, seul un nom est attendu")
    return names


_REMEDY: Final = "Réinstallez le programme, ou corrigez ce fichier (voir assets/interface/README.md)."


def _wrong(file: Path, key: str, what: str) -> AssetError:
    return AssetError(f"{file}, {key} : {what}.", _REMEDY)
