"""Names and terms that must come through translation: assets/glossary/glossary.toml. Pure, but for reading the file."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kiosk.errors import AssetError
from kiosk.languages import LANGUAGES

KEEP: Final = "keep"
"""The key of what stands the same in every language."""

_EVERY_ENDING: Final = "*"


@dataclass(frozen=True, slots=True)
class Term:
    """What stands for one thing in each language: `forms` by code, and under `KEEP` what is the same in all of them.

    A form that ends in `*` has any ending. The first form of a language is the one to write.
    """

    forms: Mapping[str, tuple[str, ...]]

    def of(self, language: str) -> tuple[str, ...]:
        """Every form that counts in `language`; none where nothing is known of it."""
        return self.forms.get(language, ()) + self.forms.get(KEEP, ())


@dataclass(frozen=True, slots=True)
class Found:
    """A term of a text, `start` to `end` in characters, and how it should read in the other language."""

    start: int
    end: int
    wanted: tuple[str, ...]

    def kept_in(self, translated: str) -> bool:
        """Whether one of the wanted forms stands in `translated`."""
        folded = _folded(translated)
        return any(_pattern(form).search(folded) for form in self.wanted)


class Glossary:
    """Terms, searched for as whole words whatever their case and accents."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._terms = tuple(terms)
        self._forms: dict[tuple[str, str], tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]] = {}

    @classmethod
    def load(cls, *files: Path) -> Glossary:
        """The terms of every file that exists, in order. Raises AssetError naming the file and the entry."""
        return cls(term for file in files if file.exists() for term in _read(file))

    def find(self, text: str, source: str, target: str) -> tuple[Found, ...]:
        """The terms of `text` that have a form in `target`, in order; of two that overlap, the longer one."""
        folded = _folded(text)
        if len(folded) != len(text):
            return ()  # a ligature of another length: positions would not be those of the text
        spans = [
            Found(*match.span(), wanted)
            for form, wanted in self._between(source, target)
            for match in form.finditer(folded)
        ]
        taken: list[Found] = []
        for span in sorted(spans, key=lambda found: (found.start - found.end, found.start)):
            if all(span.end <= other.start or other.end <= span.start for other in taken):
                taken.append(span)
        return tuple(sorted(taken, key=lambda found: found.start))

    def _between(self, source: str, target: str) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
        if (source, target) not in self._forms:
            self._forms[source, target] = tuple(
                (_pattern(form), wanted)
                for term in self._terms
                if (wanted := term.of(target))
                for form in term.of(source)
            )
        return self._forms[source, target]


def with_wanted(text: str, terms: Iterable[Found]) -> str:
    """`text` with each term replaced by what should stand for it in the translation, which an engine then copies."""
    made = text
    for term in sorted(terms, key=lambda found: found.start, reverse=True):
        made = made[: term.start] + term.wanted[0].rstrip(_EVERY_ENDING) + made[term.end :]
    return made


def _read(file: Path) -> list[Term]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise AssetError(f"Le glossaire {file} ne peut pas être lu.", "Un texte en UTF-8 est attendu.") from error
    except tomllib.TOMLDecodeError as error:
        raise AssetError(f"Le glossaire {file} est mal écrit : {error}.", "Voyez assets/glossary/README.md.") from error
    entries = tables.pop("term", [])
    if tables or not isinstance(entries, list):
        raise AssetError(f"Le glossaire {file} ne peut contenir que des tableaux [[term]].")
    return [_term(file, number, entry) for number, entry in enumerate(entries, start=1)]


def _term(file: Path, number: int, entry: Any) -> Term:
    place = f"{file}, {number}e [[term]]"
    if not isinstance(entry, dict) or not entry:
        raise AssetError(f"{place} : vide ou incorrect.")
    forms = {}
    for key, value in entry.items():
        if key != KEEP and key not in LANGUAGES:
            raise AssetError(f"{place} : « {key} » n'est ni une langue connue ni « {KEEP} ».")
        if not (isinstance(value, list) and value and all(isinstance(form, str) and _is_form(form) for form in value)):
            raise AssetError(f'{place}, {key} : une liste de mots est attendue, comme ["carnet de santé"].')
        forms[key] = tuple(value)
    if KEEP not in forms and len(forms) < 2:
        raise AssetError(f"{place} : deux langues au moins, ou « {KEEP} ».")
    return Term(forms)


def _is_form(form: str) -> bool:
    return form.isprintable() and len(form) <= 60 and any(c.isalnum() for c in form)


def _pattern(form: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in _folded(form).rstrip(_EVERY_ENDING).split())
    ending = r"\w*" if form.endswith(_EVERY_ENDING) else r"(?!\w)"
    return re.compile(rf"(?<!\w){words}{ending}")


def _folded(text: str) -> str:
    """Lower case without accents, a character for a character, so that positions stay true."""
    return "".join(_plain(character) for character in text)


def _plain(character: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", character.lower()) if not unicodedata.combining(c))
    return bare if len(bare) == 1 else character
