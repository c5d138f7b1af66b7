"""Quantities that cannot be, by the bounds of assets/plausible/plausible.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from kiosk.errors import AssetError
from kiosk.quantities.finding import find
from kiosk.quantities.folding import INDIC, WORD, fold
from kiosk.quantities.kinds import UNITS, Kind, Quantity

NO_UNIT: Final = ""
_TIMES: Final = frozenset({"times/day", "times/week"})
_EVERY_ENDING: Final = "*"

_REACH: Final = 5
"""Words between a word of a context and a number without a unit that is still about it: "de la fièvre, environ 385"."""

_WORD: Final = re.compile(WORD)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that can be."""

    low: Decimal
    high: Decimal

    def hold(self, value: Decimal) -> bool:
        """Whether it can be."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Context:
    """Narrower bounds by unit where one of `words`, patterns by language, is said."""

    words: Mapping[str, re.Pattern[str]]
    units: Mapping[str, Bounds]


@dataclass(frozen=True, slots=True)
class Plausible:
    """Bounds by unit, and those of each context."""

    units: Mapping[str, Bounds]
    contexts: tuple[Context, ...]

    @classmethod
    def load(cls, file: Path) -> Plausible:
        """Read the table. Raises AssetError naming the file and the key."""
        try:
            table = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise AssetError(
                f"La table des quantités {file} est absente ou mal écrite : {error}.",
                "Corrigez-la, ou remettez en état les fichiers du projet.",
            ) from error
        contexts = table.get("context", [])
        if unknown := table.keys() - {"units", "context"}:
            raise _wrong(file, sorted(unknown)[0])
        if not isinstance(contexts, list):
            raise _wrong(file, "[[context]], des tableaux sont attendus")
        return cls(
            _bounds(file, "[units]", table.get("units", {})),
            tuple(_context(file, number, context) for number, context in enumerate(contexts, start=1)),
        )

    def implausible(self, text: str, language: str) -> tuple[Quantity, ...]:
        """The quantities of `text` that cannot be, in order."""
        quantities = find(text, language)
        if not quantities:
            return ()
        folded = " ".join(fold(word, language) for word in _WORD.findall(text))
        contexts = [context for context in self.contexts if _is_said(context, folded, language)]
        return tuple(one for one in quantities if not self._can_be(one, text, language, contexts))

    def _can_be(self, quantity: Quantity, text: str, language: str, contexts: list[Context]) -> bool:
        unit = _unit(quantity)
        if unit is None:
            return True
        bounds = [self.units[unit]] if unit in self.units else []
        for context in contexts:
            near = unit != NO_UNIT or _is_said(context, _before(quantity, text, language), language)
            if unit in context.units and near:
                bounds.append(context.units[unit])
        return all(bound.hold(quantity.value) for bound in bounds)


def _unit(quantity: Quantity) -> str | None:
    """The key under which a quantity's bounds stand; None for what has none, such as a date or an ordinal."""
    if not quantity.sure:
        return None
    if quantity.kind is Kind.TIMES:
        return f"times/{quantity.per}" if quantity.per else None
    if quantity.kind is Kind.NUMBER:
        return NO_UNIT
    return quantity.unit if quantity.unit in UNITS else None


def _before(quantity: Quantity, text: str, language: str) -> str:
    words = _WORD.findall(text[: quantity.start])[-_REACH:]
    return " ".join(fold(word, language) for word in words)


def _is_said(context: Context, folded: str, language: str) -> bool:
    pattern = context.words.get(language)
    return pattern is not None and pattern.search(folded) is not None


def _context(file: Path, number: int, table: Any) -> Context:
    place = f"{number}e [[context]]"
    if not isinstance(table, dict) or not isinstance(table.get("words"), dict):
        raise _wrong(file, f"{place}, words")
    return Context(
        {
            language: _pattern(file, f"{place}, {language}", language, words)
            for language, words in table["words"].items()
        },
        _bounds(file, place, table.get("units")),
    )


def _pattern(file: Path, place: str, language: str, words: Any) -> re.Pattern[str]:
    if not (isinstance(words, list) and words and all(isinstance(word, str) and word.strip(" *") for word in words)):
        raise _wrong(file, place)
    return re.compile("|".join(_form(word, language) for word in words))


def _form(word: str, language: str) -> str:
    folded = " ".join(fold(part, language) for part in _WORD.findall(word))
    return rf"(?<!\w){re.escape(folded)}" + ("" if word.endswith(_EVERY_ENDING) else rf"(?![\w{INDIC}])")


def _bounds(file: Path, place: str, table: Any) -> dict[str, Bounds]:
    if not isinstance(table, dict):
        raise _wrong(file, place)
    bounds = {}
    for unit, values in table.items():
        if unit not in UNITS and unit not in _TIMES and unit != NO_UNIT:
            raise _wrong(file, f"{place}, unité « {unit} »")
        match values:
            case [int() | float() as low, int() | float() as high] if low < high:
                bounds[unit] = Bounds(Decimal(str(low)), Decimal(str(high)))
            case _:
                raise _wrong(file, f"{place}, {unit} : deux nombres sont attendus, le plus petit d'abord")
    return bounds


def _wrong(file: Path, where: str) -> AssetError:
    return AssetError(f"La table des quantités {file} est incorrecte : {where}.", "Voyez assets/plausible/README.md.")
