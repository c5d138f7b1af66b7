"""Dates, months and days of the week."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from decimal import Decimal
from typing import Final

from kiosk.quantities.composing import Number, Numbers
from kiosk.quantities.found import Found
from kiosk.quantities.kinds import Kind
from kiosk.quantities.lexicon import Lexicon, Word
from kiosk.quantities.scanning import Scan

_LONGEST_MONTH: Final = 31

_LONGEST_TO: Final = 2
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
            return self._after_month(place, *month)
        number = self._numbers.at(place)
        return self._before_month(place, number) if number is not None else []

    def _month(self, place: int) -> tuple[int, Word] | None:
        month = self._known.months.at(self._words, place)
        if month is None or (self._known.months_first and self._scan.text[self._scan.starts[place]].islower()):
            return None
        return month

    def _after_month(self, place: int, end: int, month: Word) -> list[Found]:
        """ "March 12th", "March 2 to 6", or the month alone, if it is not more often another word."""
        if self._known.months_first and end < len(self._words):
            number = self._numbers.at(end + (self._words[end] == "the"))
            if (
                number is not None
                and _is_day(number)
                and number.value <= _LONGEST_MONTH
                and not self._counts(number.end)
            ):
                dates = [_date(number.value, month, place, number.end, digits=number.digits)]
                start = self._past_to(number.end)
                last = self._numbers.at(start) if start > number.end else None
                if last is not None and last.digits and _is_day(last) and self._month(last.end) is None:
                    dates.append(_date(last.value, month, start, last.end, digits=True))
                return dates
        return [Found(month.value, place, end, kind=Kind.MONTH, sure=False)] if month.sure else []

    def _before_month(self, place: int, number: Number) -> list[Found]:
        """ "12 mars", "12. März", "12 de março", "du 2 au 6 mars"."""
        if not _is_day(number):
            return []
        end = self._past(number.end, self._known.of)  # "COVID-19. Le 13 mars" is no 19 March
        start = self._past_to(end)
        last = self._numbers.at(start) if start > end else None
        if last is not None and (dates := self._before_month(start, last)):
            return [replace(dates[0], value=number.value, start=place, end=number.end, digits=number.digits), *dates]
        found = self._month(self._past(number.end, self._known.of | {"."}))
        if found is None or not (found[1].sure or number.sure):
            return []
        return [_date(number.value, found[1], place, found[0], digits=number.digits)]

    def _counts(self, place: int) -> bool:
        """Whether a unit stands here, as in "এপ্রিলে দশ বছরের", ten years old in April."""
        known = self._known
        return place < len(self._words) and (
            self._words[place] in known.suffixes or known.unit_at(self._words, place) is not None
        )

    def _past(self, place: int, words: Set[str]) -> int:
        """Past what stands between a day and its month: "12. März", "12 de março", "12 ই মার্চ"."""
        while place < len(self._words) and self._words[place] in words:
            place += 1
        return place

    def _past_to(self, place: int) -> int:
        """Past "to" or "and the" between two days of a month; `place` where none stands."""
        end = place
        while end < min(len(self._words), place + _LONGEST_TO) and self._words[end] in self._known.to:
            end += 1
        return end


def _is_day(number: Number) -> bool:
    return number.value == int(number.value) and 1 <= number.value < _TOO_MANY_DAYS


def _date(day: Decimal, month: Word, start: int, end: int, *, digits: bool) -> Found:
    return Found(day, start, end, f"month-{int(month.value):02}", Kind.DATE, digits=digits)
