"""Times of day: "14 h 30", "half past two", "quatre heures moins le quart", "halb drei", "midi"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from kiosk.quantities.composing import Number, Numbers
from kiosk.quantities.found import Found
from kiosk.quantities.kinds import CLOCK, HALF_CLOCK
from kiosk.quantities.lexicon import MEANINGS, Clock, HalfDay, Lexicon
from kiosk.quantities.scanning import Scan

_HOUR: Final = 60
_NOON: Final = 12 * _HOUR

_LONGEST_HALF: Final = 3
"""Words that tell the half of the day before an hour: "سہ پہر کے تین بجے"."""

_SMALL_HOURS: Final = 5 * _HOUR
"""Before it "three at night" is no afternoon."""


class ClockReader:
    """Reads times of day from one scan."""

    def __init__(self, scan: Scan, known: Lexicon, numbers: Numbers) -> None:
        self._scan = scan
        self._words = scan.words
        self._figures = scan.figures
        self._known = known
        self._numbers = numbers

    def at(self, place: int) -> Found | None:
        """The time that begins at `place`."""
        figure = self._figures.get(place)
        if figure is not None and figure.form == "clock":
            hours, minutes = figure.parts
            if hours <= 24 and minutes < _HOUR:
                known = not self._known.half_days or self._scan.text[self._scan.starts[place]] == "0"
                return self._told(hours * _HOUR + minutes, place, place + 1, digits=True, known=known)
            return None
        for clock in self._candidates(place):
            if (found := self._match(clock, place)) is not None:
                return found
        return None

    def with_half_day(self, found: Found) -> Found:
        """`found`, an hour, a time or a number, beside which "in the morning" or "pm" may stand: the time it makes."""
        marked = self._half_day(found)
        if marked is None or found.value is None:
            return found
        end, half = marked
        if found.unit is None and not (half.of_a_time and found.value == int(found.value) and found.value <= 12):
            return found
        minutes = found.value if found.unit in (CLOCK, HALF_CLOCK) else found.value * _HOUR
        if not 0 <= minutes <= 24 * _HOUR:
            return found
        small = half.night and (minutes < _SMALL_HOURS or _NOON <= minutes < _NOON + _HOUR)
        if half.evening and not small and minutes < _NOON:
            minutes += _NOON
        elif (small or not half.evening) and _NOON <= minutes < _NOON + _HOUR:
            minutes -= _NOON
        return replace(found, value=minutes, unit=CLOCK, end=end)

    def _half_day(self, found: Found) -> tuple[int, HalfDay] | None:
        """Which half of the day is told beside `found`, and where both end."""
        if not self._known.half_days_first:
            return self._known.halves.at(self._words, found.end)
        told = found.unit is None and found.end < len(self._words) and self._words[found.end] in self._known.suffixes
        if found.unit not in (CLOCK, HALF_CLOCK) and not told:
            return None  # "صبح دو گھنٹے" is two hours, not two o'clock; "সকাল আটটা" is eight
        for start in range(max(0, found.start - _LONGEST_HALF), found.start):
            marked = self._known.halves.at(self._words, start)
            if marked is not None and marked[0] == found.start:
                return found.end, marked[1]
        return None

    def _candidates(self, place: int) -> list[Clock]:
        """The ways to tell the time that may begin here, the longest first."""
        by_word = self._known.clocks.get(self._words[place], [])
        number = self._numbers.at(place)
        if number is None or not (number.value == int(number.value) and number.value < _HOUR):
            return by_word
        after = self._words[number.end] if number.end < len(self._words) else ""
        slots = self._known.clocks.get("{}" + after, []) if after else []
        return by_word + slots + self._known.clocks.get("{}", [])

    def _match(self, clock: Clock, place: int) -> Found | None:
        filled = self._filled(clock, place)
        if filled is None:
            return None
        if clock.meaning in ("noon", "midnight"):
            return self._noon(clock, place, filled[0])
        return self._hour(clock, place, *filled)

    def _filled(self, clock: Clock, place: int) -> tuple[int, dict[str, Number]] | None:
        """Where this way to tell the time ends, and the numbers in its slots, if it stands here."""
        end = place
        told: dict[str, Number] = {}
        for index, piece in enumerate(clock.pieces):
            if piece[0] == "{":
                # "Без двадцати девять" is twenty to nine: there two slots in a row take a word each.
                alone = clock.meaning == "to" and clock.pieces[index + 1 : index + 2] == ("{h}",)
                number = self._numbers.word_at(end) if alone else self._numbers.at(end)
                if number is None or number.article or number.value != int(number.value):
                    return None
                told[piece], end = number, number.end
            elif end < len(self._words) and self._words[end] == piece:
                end += 1
            else:
                return None
        return end, told

    def _hour(self, clock: Clock, place: int, end: int, told: dict[str, Number]) -> Found | None:
        """The time that these numbers tell, if they tell one."""
        hour, minute = told["{h}"], told.get("{m}")
        minutes, sure = Decimal(MEANINGS[clock.meaning]), False
        # "3 heures 2 gouttes" tells no time, nor does "a las dos horas"; "пять минут третьего" names the third hour.
        bare = clock.pieces[-1][0] == "{" and clock.meaning in ("hour", "at", "minutes")
        # "Dwa po pięć mililitrów" is two of 5 ml, "za dwa-trzy dni" is in two or three days.
        counts = bare or (not hour.ordinal and clock.pieces[-1] == "{h}" and clock.meaning in ("past", "to"))
        ordinal = hour.ordinal if clock.meaning == "past_before" else not hour.ordinal or self._known.ordinal_hours
        if hour.value > 24 or not ordinal or (counts and self._counts(end)):
            return None
        more = self._known.added.at(self._words, end) if minute is None else None
        if more is not None and (clock.meaning == "at" or (bare and self._counts(more[0]))):
            return None  # "at three and a half" is an age
        if more is not None:
            end, minutes, sure = more[0], minutes + more[1] * _HOUR, True
        elif minute is not None:
            if minute.value >= _HOUR or minute.ordinal:
                return None
            minutes += -minute.value if clock.meaning == "to" else minute.value
            sure = True
        # "8 h 30" is the morning wherever a day has 24 hours.
        known = minute is not None and minute.digits and hour.digits and not self._known.half_days
        minutes += hour.value * _HOUR
        found = self._told(minutes, place, end, sure=hour.sure or sure, digits=hour.digits, known=known)
        if bare and clock.meaning in ("hour", "at") and not sure and found.end == end:
            # "At five" may be the age of a child, but a number it is, even where the word alone may be none.
            return Found(hour.value, place, end, sure=hour.value != 1, digits=hour.digits)
        return found

    def _noon(self, clock: Clock, place: int, end: int) -> Found:
        minutes = Decimal(_NOON if clock.meaning == "noon" else 0)
        if (more := self._known.added.at(self._words, end)) is not None:
            end, minutes = more[0], minutes + more[1] * _HOUR
        return Found((minutes + 2 * _NOON) % (2 * _NOON), place, end, CLOCK, sure=False)

    def _counts(self, place: int) -> bool:
        """Whether a unit stands here, so that the number before it counts something."""
        if self._known.halves.at(self._words, place) is not None:
            return False
        if self._known.months.at(self._words, place) is not None:
            return True
        return (self._known.unit_at(self._words, place) or self._known.symbols.at(self._words, place)) is not None

    def _told(
        self, minutes: Decimal, place: int, end: int, *, sure: bool = True, digits: bool = False, known: bool = False
    ) -> Found:
        minutes = (minutes + 2 * _NOON) % (2 * _NOON)
        unit = CLOCK if known or minutes >= _NOON + _HOUR or minutes < _HOUR else HALF_CLOCK
        found = Found(minutes, place, end, unit, sure=sure, digits=digits)
        # "3 pm" is matched up to its end, "3 o'clock in the afternoon" up to before it.
        within = self.with_half_day(replace(found, end=end - 1)) if end - 1 > place else found
        return within if within.unit == CLOCK and within.end == end else self.with_half_day(found)
