"""The quantities of a text: numbers with their units, times of day, dates, days of the week."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from decimal import Context, Decimal, localcontext
from typing import Final

from kiosk.quantities.calendars import CalendarReader
from kiosk.quantities.clocks import ClockReader
from kiosk.quantities.composing import Number, Numbers
from kiosk.quantities.found import Found
from kiosk.quantities.kinds import UNITS, Kind, Quantity
from kiosk.quantities.lexicon import EVERY, Given, Lexicon
from kiosk.quantities.measures import MeasureReader
from kiosk.quantities.scanning import Scan, scan
from kiosk.quantities.tables import lexicon

_ROMAN: Final = re.compile(r"(?=[IVXLC]{2})C{0,3}(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})(?:e|es|ème)?")
_ROMAN_DIGITS: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

_SHORTEST_DUAL: Final = 4
_WORDS_OF: Final = 2

_PRECISION: Final = 28


def find(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities of `text` in the order they are said.

    Any text and any language code will do: of a language whose words are not known digits and symbols are read.
    Raises AssetError where the tables cannot be read.
    """
    known = lexicon(language)
    scanned = scan(text, known)
    with exact_for(text):
        return tuple(found.quantity(scanned, text) for found in _Finder(scanned, known).find())


def exact_for(text: str) -> AbstractContextManager[Context]:
    """Digits enough for any number of `text`: with Decimal's own 28, a longer one would have no rest."""
    return localcontext(prec=_PRECISION + 2 * len(text))


class _Finder:
    """Reads one scan from its first word to its last."""

    def __init__(self, scanned: Scan, known: Lexicon) -> None:
        self._scan = scanned
        self._words = scanned.words
        self._known = known
        self._numbers = Numbers(scanned, known)
        self._clocks = ClockReader(scanned, known, self._numbers)
        self._measures = MeasureReader(scanned, known, self._numbers, self._clocks)
        self._calendar = CalendarReader(scanned, known, self._numbers)

    def find(self) -> Iterator[Found]:
        place = 0
        while place < len(self._words):
            founds = self._at(place)
            yield from (found for found in founds if found.value is not None)
            place = max([place + 1, *(found.end for found in founds)])

    def _at(self, place: int) -> list[Found]:
        """What begins at `place`; the order settles what "half past two" and "2 mars" are."""
        if (time := self._clocks.at(place)) is not None:
            return [time]
        given = self._known.phrases.at(self._words, place)
        if given is not None and not self._goes_on(given[0]):
            return [self._given(place, *given)]
        if dates := self._calendar.at(place):
            return dates
        measured = (
            self._unit_first(place) or self._measured(place) or self._one_and_more(place) or self._unlikely(place)
        )
        return [measured] if measured is not None else []

    def _goes_on(self, end: int) -> bool:
        """Whether the number at `end` goes on: "en deux" is no phrase in "en deux mille treize" or "en deux jours"."""
        number = self._numbers.at(end - 1)
        return number is not None and (number.end > end or self._known.unit_at(self._words, end) is not None)

    def _given(self, place: int, end: int, given: Given) -> Found:
        """A phrase that says a number: "twice", "une dizaine de jours"."""
        if given.value is not None and given.unit is None:
            return replace(self._measures.with_unit(Found(given.value, place, end)), sure=given.sure)
        found = Found(given.value, place, end, given.unit, sure=given.sure, per=given.per)
        if given.unit == "times":
            return self._measures.with_per(found) if given.per is None else found
        # "rok i trzy miesiące": the phrase "rok" says one year.
        return self._measures.with_smaller(self._measures.with_added(found))

    def _unit_first(self, place: int) -> Found | None:
        """ "yüzde 20", "%20"."""
        if (before := self._known.before.at(self._words, place)) is None:
            return None
        number = self._numbers.at(before[0])
        if number is None or number.article:
            return None
        return Found(number.value, place, number.end, before[1], digits=number.digits)

    def _measured(self, place: int) -> Found | None:
        """A number, or a fraction of one, with the unit behind it."""
        number = self._numbers.at(place)
        if number is not None and (again := self._in_steps(number)) is not None:
            return again
        end = number.end if number is not None else place
        fraction = self._known.fractions.get(self._words[end]) if end < len(self._words) else None
        if fraction is not None and (
            number is None or (number.value < 10 and not number.digits and not number.ordinal)
        ):
            value = fraction.value * (number.value if number is not None else 1)
            sure = fraction.sure or (number is not None and number.value > 1)
            found = self._measures.with_unit(Found(value, place, end + 1, sure=sure), of_anything=True)
            if found.unit is not None or not fraction.article:
                return found
        if number is None or (number.value == 1 and not number.digits and self._ordinal_at(end)):
            return None
        kind = Kind.ORDINAL if number.ordinal else Kind.NUMBER
        found = Found(number.value, place, end, number.tail, kind, number.sure, digits=number.digits)
        if number.ordinal:
            return self._measures.with_added(found) if self._known.ordinal_hours else found
        found = self._measures.with_added(found) if number.tail is None else self._measures.with_per(found)
        found = self._measures.with_unit(found, decimals=self._decimals(number, place))
        return None if number.article and found.unit is None else found

    def _in_steps(self, number: Number) -> Found | None:
        """ "De 8 em 8 horas": one interval, though its number is said twice."""
        if number.end >= len(self._words) or self._words[number.end] not in self._known.steps:
            return None
        again = self._numbers.at(number.end + 1)
        if again is None or again.value != number.value:
            return None
        found = self._measures.with_unit(Found(again.value, number.end + 1, again.end, digits=again.digits))
        return replace(found, per=EVERY) if found.unit is not None else None

    def _one_and_more(self, place: int) -> Found | None:
        """ "Час с половиной": one and a half, the one being left unsaid."""
        unit = self._known.unit_at(self._words, place)
        added = self._known.added.at(self._words, unit[0]) if unit is not None else None
        if unit is None or added is None or added[1] < 0:
            return None
        return Found(1 + added[1], place, added[0], unit[1].name)

    def _ordinal_at(self, place: int) -> bool:
        """Whether "second" stands here, which after "a" is no number of seconds that matters."""
        return place < len(self._words) and self._words[place] in self._known.ordinals

    def _decimals(self, number: Number, place: int) -> bool:
        """Whether a point stands in these digits that was taken for one of thousands: "3.250"."""
        return number.digits and "." in self._scan.text[self._scan.starts[place] : self._scan.ends[place]]

    def _unlikely(self, place: int) -> Found | None:
        """What may stand for a number: "XIX", the dual of Arabic, a unit where no article says "one"."""
        start, end = self._scan.starts[place], self._scan.ends[place]
        written, word = self._scan.text[start:end], self._words[place]
        if len(written) > 1 and (roman := _ROMAN.fullmatch(written)) is not None:
            return Found(_roman(roman[0].rstrip("eèms")), place, place + 1, sure=False)
        if len(word) >= _SHORTEST_DUAL and word.endswith(self._known.dual_endings or "\0"):
            return Found(Decimal(2), place, place + 1, sure=False)
        counted = place >= _WORDS_OF and self._numbers.at(place - _WORDS_OF) is not None  # "1 silme ölçek"
        alone = self._known.unit_alone and not counted and self._known.per.at(self._words, place) is None
        if alone and (unit := self._known.unit_at(self._words, place)) is not None:
            one = self._numbers.word_at(unit[0])  # "ملعقة واحدة"
            end = one.end if one is not None and one.value == 1 else unit[0]
            return self._measures.with_per(Found(Decimal(1), place, end, unit[1].name, sure=False, named=unit[1].sure))
        return None


def _roman(written: str) -> Decimal:
    digits = [_ROMAN_DIGITS[letter] for letter in written]
    return Decimal(sum(-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True)))


def names_unit(text: str, language: str, unit: str) -> bool:
    """Whether `text` names a unit of this family anywhere, behind a number or not."""
    known = lexicon(language)
    words = scan(text, known).words
    family = UNITS[unit].family
    for place in range(len(words)):
        for found in (known.unit_at(words, place), known.symbols.at(words, place)):
            if found is not None and UNITS[found[1].name].family == family:
                return True
    return False
