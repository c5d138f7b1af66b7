"""assets/quantities/<language>.toml to a lexicon."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, Final

from kiosk import paths
from kiosk.errors import AssetError
from kiosk.quantities.folding import fold, words_of
from kiosk.quantities.kinds import UNITS
from kiosk.quantities.lexicon import EVERY, MEANINGS, ORDINAL, Clock, Given, HalfDay, Lexicon, UnitWord, Word

FOLDER: Final = paths.ASSETS / "quantities"
COMMON: Final = "common"

LANGUAGES: Final = frozenset(
    {"ar", "bn", "de", "en", "es", "fa", "fr", "it", "pl", "pt", "ro", "ru", "sq", "tr", "uk", "ur"}
)
"""Languages whose number words are understood; in the others only digits are."""


_SWITCHES: Final = frozenset(
    (
        "vigesimal",
        "teens",
        "ten_after_unit",
        "ordinal_hours",
        "spaced_ordinals",
        "tenths_after_and",
        "units_first",
        "paired_years",
        "half_days",
        "half_days_first",
        "doubled",
        "unit_alone",
        "months_first",
    )
)
"""What a grammar says with true; README.md tells what each means."""


_HALVES: Final = ("morning", "evening", "night", "in_the_morning", "in_the_evening", "in_the_night")


@cache
def lexicon(language: str) -> Lexicon:
    """The words of `language`, read once; outside `LANGUAGES` only the symbols that all share. Raises AssetError."""
    return read(language if language in LANGUAGES else COMMON, FOLDER)


def read(language: str, folder: Path) -> Lexicon:
    """`folder`/<language>.toml on top of the symbols that all share. Raises AssetError, naming the file and the key."""
    lexicon = Lexicon(language)
    for name in dict.fromkeys((COMMON, language)):
        _read_file(folder / f"{name}.toml", lexicon)
    lexicon.known = frozenset(_vocabulary(lexicon))
    return lexicon


def _read_file(file: Path, lexicon: Lexicon) -> None:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AssetError(f"La table {file} ne peut pas être lue : {error}.", "Réinstallez le programme.") from error
    for name, table in tables.items():
        if name not in _SECTIONS:
            raise AssetError(f"{file} : la section [{name}] est inconnue.", f"Sections : {', '.join(_SECTIONS)}.")
        for key, value in table.items() if isinstance(table, dict) else ((name, table),):
            try:
                _SECTIONS[name](lexicon, key, value)
            except (AttributeError, TypeError, ValueError, LookupError, InvalidOperation) as error:
                raise AssetError(
                    f"{file}, [{name}] {key} : {value!r} n'a pas la forme attendue.",
                    "assets/quantities/README.md dit ce que chaque section attend.",
                ) from error


def _grammar(lexicon: Lexicon, key: str, value: Any) -> None:
    match key:
        case _ if key in _SWITCHES:
            setattr(lexicon, key, bool(value))
        case "decimal_mark":
            lexicon.decimal_mark = {".": ".", ",": ","}[value]
        case "prefixes" | "dual_endings":
            setattr(lexicon, key, tuple(fold(word, lexicon.language) for word in value))
        case "suffixes":
            lexicon.suffixes = tuple(sorted((fold(word, lexicon.language) for word in value), key=len, reverse=True))
        case "endings":
            lexicon.endings = tuple(value.split())
        case "point" | "tenths" | "to":
            setattr(lexicon, key, frozenset(fold(word, lexicon.language) for word in value))
        case "and":
            lexicon.ands = frozenset(fold(word, lexicon.language) for word in value)
        case "glue":
            lexicon.glue = frozenset(value)
        case "joins":
            lexicon.joins = {fold(word, lexicon.language): frozenset(after.split()) for word, after in value.items()}
        case _:
            raise KeyError(key)


def _words(name: str) -> Callable[[Lexicon, str, str], None]:
    def read_words(lexicon: Lexicon, key: str, value: str) -> None:
        table: dict[str, Word] = getattr(lexicon, name)
        for written in value.split():
            word = Word(Decimal(key), sure="?" not in written and "~" not in written, article="~" in written)
            for form in _forms(written.strip("?~"), lexicon):
                table.setdefault(form, word)

    return read_words


def _forms(written: str, lexicon: Lexicon) -> Iterator[str]:
    """ "beş-" with every ending of its language; a word without "-" as it is."""
    stem = fold(written.rstrip("-"), lexicon.language)
    if written.endswith("-"):
        yield from (stem + ending for ending in lexicon.endings)
    else:
        yield stem


def _values(name: str) -> Callable[[Lexicon, str, str], None]:
    def read_values(lexicon: Lexicon, key: str, value: str) -> None:
        table: dict[str, Decimal] = getattr(lexicon, name)
        table.update(dict.fromkeys((fold(word, lexicon.language) for word in value.split()), Decimal(key)))

    return read_values


def _tails(lexicon: Lexicon, key: str, value: str) -> None:
    if key != ORDINAL:
        _ = UNITS[key]
    lexicon.tails.update(dict.fromkeys((fold(word, lexicon.language) for word in value.split()), key))


def _added(lexicon: Lexicon, key: str, value: list[str]) -> None:
    for phrase in value:
        lexicon.added.add(words_of(phrase, lexicon.language), Decimal(key))


def _phrases(lexicon: Lexicon, key: str, value: str) -> None:
    said, _, unit = value.partition(" ")
    name, _, per = unit.partition("/")
    if name:
        _ = UNITS[name]
    given = Given(Decimal(said.rstrip("?")) if said else None, name or None, per or None, sure="?" not in said)
    lexicon.phrases.add(words_of(key, lexicon.language), given)


def _symbols(lexicon: Lexicon, key: str, value: list[str]) -> None:
    _ = UNITS[key]
    for symbol in value:
        lexicon.symbols.add(words_of(symbol, lexicon.language), UnitWord(key))


def _units(lexicon: Lexicon, key: str, value: list[str]) -> None:
    _ = UNITS[key]
    for phrase in value:
        unit = UnitWord(key, sure="?" not in phrase)
        words = words_of(phrase.rstrip("?*"), lexicon.language)
        if "*" in phrase:
            lexicon.stems[words[0]] = unit
        else:
            lexicon.units.add(words, unit)


def _before(lexicon: Lexicon, key: str, value: list[str]) -> None:
    _ = UNITS[key]
    for phrase in value:
        lexicon.before.add(words_of(phrase, lexicon.language), key)


def _per(lexicon: Lexicon, key: str, value: list[str]) -> None:
    if key in ("of", "steps"):
        setattr(lexicon, key, frozenset(fold(word, lexicon.language) for word in value))
    elif key == EVERY:
        lexicon.every = frozenset(" ".join(words_of(phrase, lexicon.language)) for phrase in value)
    else:
        for phrase in value:
            lexicon.per.add(words_of(phrase, lexicon.language), key)


def _clock(lexicon: Lexicon, key: str, value: list[str]) -> None:
    for phrase in value:
        pieces = [
            piece if piece in ("{h}", "{m}") else fold(piece, lexicon.language)
            for piece in phrase.replace("'", " ").split()
        ]
        if key in _HALVES:
            lexicon.halves.add(
                pieces, HalfDay(evening="morning" not in key, of_a_time="in_the" not in key, night="night" in key)
            )
        elif key not in MEANINGS:
            raise KeyError(key)
        else:
            # Found by its first word; where that is a slot, by the word after it, "" where that is a slot too.
            index = pieces[0] if pieces[0][0] != "{" else "{}" + (pieces[1] if pieces[1][0] != "{" else "")
            known = lexicon.clocks.setdefault(index, [])
            known.append(Clock(tuple(pieces), key))
            known.sort(key=lambda clock: -len(clock.pieces))


def _calendar(lexicon: Lexicon, key: str, value: list[str]) -> None:
    table, length = {"months": (lexicon.months, 12), "weekdays": (lexicon.weekdays, 7)}[key]
    if len(value) != length:
        raise ValueError(key)
    for number, words in enumerate(value, start=1):
        for written in words.split():
            word = Word(Decimal(number), sure="?" not in written)
            for form in _forms(written.rstrip("?"), lexicon):
                table.add(words_of(form.replace("_", " "), lexicon.language), word)


def _vocabulary(lexicon: Lexicon) -> Iterator[str]:
    """Every word there is: a prefix in front of one of them is taken off."""
    for words in (lexicon.numbers, lexicon.ordinals, lexicon.fractions, lexicon.stems, lexicon.point, lexicon.of):
        yield from words
    yield from lexicon.suffixes
    for calendar in (lexicon.months, lexicon.weekdays):
        yield from calendar
    for phrases in (lexicon.added, lexicon.phrases, lexicon.units, lexicon.before, lexicon.per, lexicon.halves):
        yield from phrases
    for clocks in lexicon.clocks.values():
        yield from (piece for clock in clocks for piece in clock.pieces)


_SECTIONS: Final[Mapping[str, Callable[[Lexicon, str, Any], None]]] = {
    "grammar": _grammar,
    "numbers": _words("numbers"),
    "ordinals": _words("ordinals"),
    "fractions": _words("fractions"),
    "glued": _values("glued"),
    "leading": _values("leading"),
    "tails": _tails,
    "added": _added,
    "phrases": _phrases,
    "symbols": _symbols,
    "units": _units,
    "before": _before,
    "per": _per,
    "clock": _clock,
    "calendar": _calendar,
}
