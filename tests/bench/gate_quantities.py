"""How often the gate doubts good figures, and how often it notices damaged ones. See README.md, "Quantities"."""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kiosk.quantities import LANGUAGES, Kind, Quantity, find, same_quantities
from kiosk.quantities.folding import INDIC, fold
from kiosk.quantities.tables import lexicon
from kiosk.types import Flag

_DIGITS: Final = re.compile(r"\d+(?:[.,٫]\d+)*")
_HALF_DAY: Final = re.compile(r"\b(am|pm|a\.m\.|p\.m\.)(?!\w)", re.IGNORECASE)
_OTHER_UNIT: Final = {
    "ml": "l", "cl": "l", "l": "ml", "µg": "mg", "mg": "g", "g": "mg", "kg": "g", "cm": "m", "mm": "cm", "m": "cm",
    "km": "m", "drop": "teaspoon", "min": "h", "h": "min", "day": "week", "week": "day", "month": "week",
    "year": "month",
}  # fmt: skip
"""What each unit is turned into: mostly the error that a translation makes, a thousand times too much or too little."""

_SKIPPED: Final = ("iso-names", "refugee-phrasebook")
"""Corpora left out: names of languages, and cells that hold a pronunciation in place of a translation. The French side
of tico19 is left out too: in about one row of twenty it is the translation of another row."""


@dataclass(slots=True)
class Tally:
    """Good pairs, those with numbers, those doubted, seconds spent; damaged pairs, and those noticed, by kind."""

    pairs: int = 0
    numbered: int = 0
    doubted: int = 0
    seconds: float = 0.0
    damaged: dict[str, int] = field(default_factory=dict)
    noticed: dict[str, int] = field(default_factory=dict)


Damage = Callable[[str, str, Sequence[Quantity], random.Random], str | None]
"""A translation, its language, the quantities of its source: to a damaged copy, None if there is nothing to damage."""


def change_digit(text: str, language: str, there: Sequence[Quantity], chance: random.Random) -> str | None:
    """One digit becomes another one."""
    places = [place for place, character in enumerate(text) if character.isdecimal()]
    if not places:
        return None
    place = chance.choice(places)
    others = [digit for digit in "123456789" if int(digit) != int(text[place])]
    return text[:place] + chance.choice(others) + text[place + 1 :]


def add_one(text: str, language: str, there: Sequence[Quantity], chance: random.Random) -> str | None:
    """38 becomes 39."""
    found = [found for found in _DIGITS.finditer(text) if found[0].isdecimal()]
    if not found:
        return None
    one = chance.choice(found)
    return text[: one.start()] + str(int(one[0]) + 1) + text[one.end() :]


def drop_digits(text: str, language: str, there: Sequence[Quantity], chance: random.Random) -> str | None:
    """A number in digits gets lost."""
    found = list(_DIGITS.finditer(text))
    if not found:
        return None
    one = chance.choice(found)
    return text[: one.start()] + text[one.end() :]


def swap_digits(text: str, language: str, there: Sequence[Quantity], chance: random.Random) -> str | None:
    """Two numbers in digits change places, but no year with another number: their order is free."""
    found = list(_DIGITS.finditer(text))
    pairs = [
        (one, other)
        for one in found
        for other in found
        if one.start() < other.start() and one[0] != other[0] and _is_year(one[0]) == _is_year(other[0])
    ]
    if not pairs:
        return None
    one, other = chance.choice(pairs)
    return text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]


def change_unit(text: str, language: str, there: Sequence[Quantity], chance: random.Random) -> str | None:
    """Millilitres become litres."""
    found = [one for one in find(text, language) if one.named and one.unit in _OTHER_UNIT and one.sure]
    found = [one for one in found if any(one.unit == other.unit and one.value == other.value for other in there)]
    if not found:
        return None
    one = chance.choice(found)
    words = _unit_words(language, symbols=one.digits)
    spoken = [len(word) for word, unit in words if unit == one.unit and one.text.lower().endswith(word)]
    others = [word for word, unit in words if unit == _OTHER_UNIT[one.unit or ""]]
    if not spoken or not others:
        return None
    length = max(spoken)
    return text[: one.end - length] + chance.choice(others) + text[one.end :]


def swap_half_day(text: str, language: str, there: Sequence[Quantity], chance: random.Random) -> str | None:
    """Morning becomes evening."""
    found = list(_HALF_DAY.finditer(text))
    times = [one for one in find(text, language) if one.kind is Kind.CLOCK and one.sure]
    found = [one for one in found if any(time.start < one.start() < time.end for time in times)]
    if language != "en" or not found:
        return None
    one = chance.choice(found)
    return text[: one.start()] + ("pm" if one[0][0] in "aA" else "am") + text[one.end() :]


def change_word(text: str, language: str, there: Sequence[Quantity], chance: random.Random) -> str | None:
    """A number word becomes another one."""
    said = _in_one_word(text, language, there)
    if not said:
        return None
    one, word = chance.choice(said)
    values = {number.value for known, number in lexicon(language).numbers.items() if known == fold(word, language)}
    others = [
        other
        for other, number in lexicon(language).numbers.items()
        if number.sure and 2 <= number.value <= 20 and number.value not in values and number.value == int(number.value)
    ]
    return text[: one.start] + chance.choice(others) + text[one.start + len(word) :]


def drop_word(text: str, language: str, there: Sequence[Quantity], chance: random.Random) -> str | None:
    """A number word gets lost."""
    said = _in_one_word(text, language, there)
    if not said:
        return None
    one, word = chance.choice(said)
    return text[: one.start] + text[one.start + len(word) :].lstrip()


DAMAGES: Final[dict[str, Damage]] = {
    "digit": change_digit,
    "plus one": add_one,
    "number lost": drop_digits,
    "numbers swapped": swap_digits,
    "unit": change_unit,
    "am and pm": swap_half_day,
    "word": change_word,
    "word lost": drop_word,
}


def _in_one_word(text: str, language: str, there: Sequence[Quantity]) -> list[tuple[Quantity, str]]:
    """The quantities that begin with a number word of their own, above one, and whose number is known `there` too."""
    numbers, suffixes = lexicon(language).numbers, lexicon(language).suffixes
    found = []
    for one in find(text, language):
        word = re.match(rf"(?:\w[{INDIC}]*)+", one.text)
        forms = [word[0].removesuffix(suffix) for suffix in ("", *suffixes)] if word else []
        form = next((form for form in forms if fold(form, language) in numbers), None)
        known = numbers[fold(form, language)] if form is not None else None
        if form and known is not None and known.sure and known.value > 1 and one.sure and _known(one, there):
            found.append((one, form))
    return found


def _is_year(digits: str) -> bool:
    return digits.isdecimal() and len(digits) == 4 and digits[:2] in ("19", "20")


def _known(one: Quantity, there: Sequence[Quantity]) -> bool:
    return any(one.value == other.value for other in there)


def _unit_words(language: str, *, symbols: bool) -> list[tuple[str, str]]:
    """Words, and what stands behind digits only, each with its unit."""
    known = lexicon(language)
    tables = (known.units, known.symbols) if symbols else (known.units,)
    return [(word, unit.name) for table in tables for word, unit in table.single()]


def pairs_of(folder: Path, pair: str, limit: int, corpora: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Source and translation of every corpus of a pair, up to `limit` a corpus, 0 for all."""
    for file in sorted([*folder.glob(f"{pair}.*.tsv"), *folder.glob(f"test/{pair}.*.tsv")]):
        if any(name in file.name for name in _SKIPPED) or ("fr" in pair and ".tico19." in file.name):
            continue
        if corpora and not any(name in file.name for name in corpora):
            continue
        rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
        random.Random(file.name).shuffle(rows)  # noqa: S311 - a sample, the same every time
        yield from ((row[0], row[1]) for row in rows[: limit or None] if len(row) == 2)


def measure(pairs: Iterator[tuple[str, str]], languages: tuple[str, str], *, show: bool) -> Tally:
    """Count doubts about good pairs, then about damaged copies of both texts of those that were not doubted."""
    tally, chance = Tally(), random.Random(5)  # noqa: S311 - a sample, the same every time
    for source, translated in pairs:
        started = time.perf_counter()
        flags = same_quantities(source, translated, languages)
        tally.seconds += time.perf_counter() - started
        tally.pairs += 1
        if not any(one.sure for one in find(source, languages[0]) + find(translated, languages[1])):
            continue
        tally.numbered += 1
        if flags:
            tally.doubted += 1
            if show:
                sys.stderr.write(f"doubted {flags}\n  {source}\n  {translated}\n")
            continue
        for name, damage in DAMAGES.items():
            # Either text may be the translation of the other.
            for given, made, pair in ((source, translated, languages), (translated, source, languages[::-1])):
                there = [one for one in find(given, pair[0]) if one.sure]
                damaged = damage(made, pair[1], there, chance)
                if damaged is None or damaged == made:
                    continue
                tally.damaged[name] = tally.damaged.get(name, 0) + 1
                if {Flag.NUMBERS, Flag.UNITS}.intersection(same_quantities(given, damaged, pair)):
                    tally.noticed[name] = tally.noticed.get(name, 0) + 1
                elif show:
                    sys.stderr.write(f"missed, {name}\n  {given}\n  {damaged}\n")
    return tally


def report(tallies: dict[str, Tally]) -> str:
    """A table a pair of languages, in Markdown."""
    names = list(DAMAGES)
    lines = [
        "| pair | pairs | with numbers | doubted, % of all | % of those with numbers | µs a pair | "
        + " | ".join(names)
        + " |",
        "|" + "---|" * (6 + len(names)),
    ]
    for pair, tally in tallies.items():
        noticed = [
            f"{100 * tally.noticed.get(name, 0) / tally.damaged[name]:.1f} ({tally.damaged[name]})"
            if tally.damaged.get(name)
            else "-"
            for name in names
        ]
        lines.append(
            f"| {pair} | {tally.pairs} | {tally.numbered} | {100 * tally.doubted / max(1, tally.pairs):.2f} "
            f"| {100 * tally.doubted / max(1, tally.numbered):.1f} | {1e6 * tally.seconds / max(1, tally.pairs):.0f} | "
            + " | ".join(noticed)
            + " |"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parallel", type=Path, required=True, help="folder of <a>-<b>.<corpus>.tsv and test/")
    parser.add_argument("--pairs", default="", help="such as en-fr,fr-ar; all whose words are known otherwise")
    parser.add_argument("--corpora", default="", help="such as tatoeba,diabla; all otherwise")
    parser.add_argument("--limit", type=int, default=4000, help="pairs of each corpus, 0 for all")
    parser.add_argument("--show", action="store_true", help="write what was doubted and what was missed to stderr")
    options = parser.parse_args(arguments)
    there = {file.name.split(".")[0] for file in options.parallel.glob("*.tsv")}
    wanted = options.pairs.split(",") if options.pairs else sorted(there)
    tallies = {}
    for pair in wanted:
        first, _, second = pair.partition("-")
        if LANGUAGES.issuperset((first, second)):
            pairs = pairs_of(
                options.parallel, pair, options.limit, options.corpora.split(",") if options.corpora else ()
            )
            tallies[pair] = measure(pairs, (first, second), show=options.show)
    total = Tally()
    for tally in tallies.values():
        total.pairs += tally.pairs
        total.numbered += tally.numbered
        total.doubted += tally.doubted
        total.seconds += tally.seconds
        for name in DAMAGES:
            total.damaged[name] = total.damaged.get(name, 0) + tally.damaged.get(name, 0)
            total.noticed[name] = total.noticed.get(name, 0) + tally.noticed.get(name, 0)
    sys.stdout.write(report(tallies | {"all": total}) + "\n")


if __name__ == "__main__":
    main()
