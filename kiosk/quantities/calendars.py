"""Dates, months and days of the week."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from kiosk.quantities.composing import Number, Numbers
from kiosk.quantities.found import Found
from kiosk.quantities.kinds import Kind
from kiosk.quantities.lexicon import Lexicon, Word
from kiosk.quantities.scanning import Scan

_LONGEST_MONTH: Final = 31

_TOO_MANY_DAYS: Final = 100
"""A number from here on before a month is no day; one from 32 on is a day that cannot be."""


class CalendarReader:
    """Reads dates from one scan."""

    def __init__(self, scan: Scan, known: Lexicon, numbers: Numbers) -> None:
        self._scan = scan
        self._words = scan.words
        self._known = known
        self._numbers = numbers

    def at(self, place: int) -> list[Found]:
        """The date that begins at `place`, and its year if it is all in digits."""
        figure = self._scan.figures.get(place)
        if figure is not None and figure.form == "date":
            day, number_of_month, *year = figure.parts
            dates = [_date(day, Word(number_of_month), place, place + 1, digits=True)]
            return dates + [Found(value, place, place + 1, digits=True) for value in year]
        if (weekday := self._known.weekdays.at(self._words, place)) is not None:
            return [Found(weekday[1].value, place, weekday[0], kind=Kind.WEEKDAY, sure=weekday[1].sure)]
        if (month := self._month(place)) is not None:
            date = self._after_month(place, *month)
            return [date] if date is not None else []
        number = self._numbers.at(place)
        return self._before_month(place, number) if number is not None else []

    def _month(self, place: int) -> tuple[int, Word] | None:
        month = self._known.months.at(self._words, place)
        if month is None or (self._known.months_first and not self._scan.text[self._scan.starts[place]].isupper()):
            return None
        return month

    def _after_month(self, place: int, end: int, month: Word) -> Found | None:
        """ "March 12th", or the month alone, if it is not more often another word."""
        if self._known.months_first and end < len(self._words):
            number = self._numbers.at(end + (self._words[end] == "the"))
            if number is not None and _is_day(number) and number.value <= _LONGEST_MONTH:
                return _date(number.value, month, place, number.end, digits=number.digits)
        return Found(month.value, place, end, kind=Kind.MONTH, sure=False) if month.sure else None

    def _before_month(self, place: int, number: Number) -> list[Found]:
        """ "12 mars", "12. März", "12 de março"."""
        start = number.end
        while start < len(self._words) and (self._words[start] == "." or self._words[start] in self._known.of):
            start += 1
        found = self._month(start)
        if found is None or not _is_day(number) or not (found[1].sure or number.sure):
            return []
        return [_date(number.value, found[1], place, found[0], digits=number.digits)]


def _is_day(number: Number) -> bool:
    return number.value == int(number.value) and 1 <= number.value < _TOO_MANY_DAYS


def _date(day: Decimal, month: Word, start: int, end: int, *, digits: bool) -> Found:
    return Found(day, start, end, f"month-{int(month.value):02}", Kind.DATE, digits=digits)
