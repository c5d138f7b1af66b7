"""A number with its unit and what follows it: "2,5 ml", "5 kg 200", "deux heures et demie", "trois fois par jour"."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from decimal import Decimal
from typing import Final

from kiosk.quantities.clocks import ClockReader
from kiosk.quantities.composing import Numbers
from kiosk.quantities.found import Found
from kiosk.quantities.kinds import UNITS, Kind
from kiosk.quantities.lexicon import EVERY, Lexicon, UnitWord
from kiosk.quantities.scanning import Scan
from kiosk.quantities.sums import SCALES

_UNSAID: Final = {"kg": 1000, "m": 100, "l": 1000}
"""In "3 kilos 200" the grams are unsaid; in "3 kilos 2", "1 litre 5" and "1 m 05" the digits are decimals."""

_THREE_DECIMALS: Final = frozenset({"kg", "l"})
_HEAVIEST: Final = 50_000
"""Below 50 kg or litres "3.250" is three and a quarter in any language: nobody writes 3,250 kg of a child."""

_YEARS: Final = (1000, 2200)
_CENTURY: Final = 1000
"""From here on the "s" of "1990s" is no second."""

_LONGEST_PER: Final = 3
"""Words of what tells how often, where it stands before the number: "دن میں تین بار"."""

_WORDS_OF: Final = 2


class MeasureReader:
    """Reads from one scan what stands behind a number."""

    def __init__(self, scan: Scan, known: Lexicon, numbers: Numbers, clocks: ClockReader) -> None:
        self._scan = scan
        self._words = scan.words
        self._known = known
        self._numbers = numbers
        self._clocks = clocks

    def with_unit(self, found: Found, *, of_anything: bool = False, decimals: bool = False) -> Found:
        """`found` with the unit behind it, if there is one, and what that leaves to say: "heures et demie du soir"."""
        if found.unit is not None or found.value is None:
            return found
        place = found.end
        of = self._known.of if of_anything or not found.digits else frozenset[str]()
        while place < min(len(self._words), found.end + _WORDS_OF) and self._parts(place, of):
            place += 1
        if of_anything and (one := self._numbers.word_at(place)) is not None and one.value == 1 and not one.digits:
            place = one.end  # "la moitié d'un comprimé"
        unit = self._unit_at(place, found) or (self._unit_at(found.end, found) if place > found.end else None)
        if unit is None:
            return self._clocks.with_half_day(found)
        end, name = unit
        value = found.value
        if decimals and name.name in _THREE_DECIMALS and 1000 <= value < _HEAVIEST:
            value /= 1000
        if name.name == "year" and _YEARS[0] <= value <= _YEARS[1]:
            return replace(found, end=end)  # "в 2019 году" counts no years
        sure = (found.sure or found.value != 1) if name.sure else found.sure
        whole = replace(found, value=value, end=end, unit=name.name, sure=sure, named=name.sure)
        return self._completed(whole)

    def _parts(self, place: int, of: Set[str]) -> bool:
        """Whether this word only parts a number from what it counts: "deux de", "২টি", not the "times" of "২ বার"."""
        word = self._words[place]
        return word in of or (word in self._known.suffixes and self._known.unit_at(self._words, place) is None)

    def _unit_at(self, place: int, found: Found) -> tuple[int, UnitWord] | None:
        """The unit at `place`. A symbol of letters counts behind digits only: "deux l'ont", "5 l"."""
        if (unit := self._known.unit_at(self._words, place)) is not None:
            return unit
        if found.digits and place < len(self._words) and (tail := self._known.tails.get(self._words[place])) in UNITS:
            return place + 1, UnitWord(tail)  # "14-дневный", "3-jährig"
        symbol = self._known.symbols.at(self._words, place)
        if symbol is None or not self._words[place].isalpha():
            return symbol
        end = self._scan.ends[symbol[0] - 1]
        cut = self._scan.text[end : end + 1] in ("'", "’")
        cut = cut or (symbol[1].name == "h" and self._scan.text[end : end + 1].isdigit())  # "2009 H1N1"
        decade = found.value is not None and found.value >= _CENTURY and symbol[1].name == "s"
        return symbol if found.digits and not cut and not decade else None

    def _completed(self, found: Found) -> Found:
        """A measure with what follows its unit."""
        found = self.with_added(found)
        if self._is_interval(found):
            return replace(found, per=EVERY)
        if found.unit == "h":
            return self._clocks.with_half_day(found)
        found = self.with_smaller(found)
        return self.with_per(found)

    def _is_interval(self, found: Found) -> bool:
        """Whether "every" stands before a time."""
        before = self._words[max(0, found.start - _WORDS_OF) : found.start]
        every = not self._known.every.isdisjoint((" ".join(before), " ".join(before[-1:])))
        return every and found.unit is not None and UNITS[found.unit].kind is Kind.DURATION

    def with_added(self, found: Found) -> Found:
        """ "Deux heures et demie", "two and a half"."""
        added = self._known.added.at(self._words, found.end)
        if added is None or found.value is None:
            return found
        # "Un million et demi", "two and a half million".
        scale = next((scale for scale in SCALES if found.value >= scale and found.value % scale == 0), Decimal(1))
        value, end = found.value + added[1] * scale, added[0]
        word = self._numbers.word_at(end)
        if word is not None and word.value in SCALES and not word.digits:
            value, end = value * word.value, end + 1
        return replace(found, value=value, end=end, sure=True)

    def with_smaller(self, found: Found) -> Found:
        """ "5 kg 200", "cinq kilos deux cents grammes", "un an et trois mois"."""
        place, unit = found.end, found.unit
        if unit is None or found.value is None or found.kind is Kind.ORDINAL or place >= len(self._words):
            return found
        joined = self._words[place] in self._known.ands
        smaller = self._numbers.at(place + joined)
        if smaller is None or smaller.ordinal or smaller.article:
            return found
        named = self._unit_at(smaller.end, replace(found, digits=smaller.digits))
        if named is not None:
            big, small = UNITS[unit], UNITS[named[1].name]
            if big.family != small.family or small.worth >= big.worth or small.worth * smaller.value >= big.worth:
                return found
            value = found.value + smaller.value * small.worth / big.worth
            return self.with_smaller(replace(found, value=value, end=named[0], sure=True))
        unsaid = self._numbers.decimals(place) if unit in _UNSAID and not joined and smaller.value % 1 == 0 else None
        if unsaid is None or unit is None or smaller.value >= _UNSAID[unit]:
            return found
        digits, end = unsaid
        parts = 10 ** len(digits) if digits[0] == "0" or smaller.value < 10 else _UNSAID[unit]
        return replace(found, value=found.value + Decimal(digits) / parts, end=end, sure=True)

    def with_per(self, found: Found) -> Found:
        """ "Trois fois par jour", "günde üç kez", "دن میں تین بار"."""
        if found.unit == "h" or found.unit is None:
            return found
        if (after := self._known.per.at(self._words, found.end)) is not None:
            return replace(found, end=after[0], per=after[1])
        for start in range(max(0, found.start - _LONGEST_PER), found.start):
            before = self._known.per.at(self._words, start)
            # "চব্বিশ ঘণ্টায় চারবার": four times in 24 hours are not four an hour.
            counted = start > 0 and self._numbers.at(start - 1) is not None
            if before is not None and before[0] == found.start and not counted:
                return replace(found, start=start, per=before[1])
        return found
