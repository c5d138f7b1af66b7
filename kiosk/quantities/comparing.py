"""Whether a translation says the same quantities as its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations
from typing import Final

from kiosk.quantities.finding import find, names_unit
from kiosk.quantities.kinds import CLOCK, HALF_CLOCK, UNITS, Kind, Quantity
from kiosk.quantities.tables import LANGUAGES
from kiosk.types import Flag

_HOUR: Final = 60
_HALF_DAY: Final = 720
_DAY: Final = 1440

_DOSES: Final = frozenset({Kind.MASS, Kind.VOLUME, Kind.ACTIVITY, Kind.PORTION})
"""Kinds whose unit must not get lost; "à 38" may well be "38 degrees", and "trois ans" "three"."""

_LIGHT: Final = frozenset({Kind.NUMBER, Kind.ORDINAL, Kind.COUNT, Kind.TIMES})
"""Kinds that languages say in other words: "deux prises" is "two doses", "twice" or "two of them"."""

_SPOONS: Final = frozenset({"spoon", "teaspoon", "tablespoon"})
_DEGREES: Final = frozenset({"°", "°C", "°F"})

_FORTNIGHT: Final = ((15, "day", 2, "week"), (8, "day", 1, "week"), (15, "day", 14, "day"))
"""How French, Spanish, Portuguese and Italian count weeks."""

_THIRDS: Final = Decimal("0.002")
"""How far two values may be apart, relatively: "0.333" is a third."""

Same = Callable[[Quantity, Quantity], bool]


def same_quantities(source: str, translated: str, languages: tuple[str, str]) -> tuple[Flag, ...]:
    """`Flag.NUMBERS` where a number of one text has no equal in the other, `Flag.UNITS` where only its unit changed.

    `languages`: of the source and of the translation. Where one of them is not in `LANGUAGES` its number words cannot
    be read, and only what is written in digits is missed. Raises AssetError.
    """
    said, made = find(source, languages[0]), find(translated, languages[1])
    if not said and not made:
        return ()
    if not LANGUAGES.issuperset(languages):
        said, made = (tuple(replace(one, sure=one.sure and one.digits) for one in side) for side in (said, made))
    match = _Match(list(said), list(made))
    for same in (_equal, _alike):
        match.pair(same)
    answered = list(match.pairs)
    match.pair(_of_another_unit)
    flags = []
    if match.unanswered() or _swapped(answered) or _other_months(said, made):
        flags.append(Flag.NUMBERS)
    changed = any(one.sure or other.sure for one, other in match.pairs[len(answered) :])
    if changed or any(_unit_lost(one, other, (source, translated), languages) for one, other in answered):
        flags.append(Flag.UNITS)
    return tuple(flags)


@dataclass(slots=True)
class _Match:
    """The quantities of both sides that are still unanswered, and the pairs that answer one another."""

    said: list[Quantity]
    made: list[Quantity]
    pairs: list[tuple[Quantity, Quantity]] = field(default_factory=list)

    def pair(self, same: Same) -> None:
        """Pair what is the `same`, those first that are surely numbers on both sides."""
        for surely in (2, 1, 0):
            for one in tuple(self.said):
                other = next((other for other in self.made if one.sure + other.sure >= surely and same(one, other)), None)
                if other is not None:
                    self.pairs.append((one, other))
                    self.said.remove(one)
                    self.made.remove(other)

    def unanswered(self) -> bool:
        """Whether a number is left that surely is one."""
        return any(one.sure for one in self.said + self.made)


def _equal(one: Quantity, other: Quantity) -> bool:
    """The same amount, perhaps in another unit of the same family: 5 kg and 5000 g, 14:30 and half past two."""
    if one.kind is not other.kind and Kind.CLOCK not in (one.kind, other.kind):
        return False
    if one.kind in (Kind.DATE, Kind.COUNT, Kind.TIMES):
        return one.unit == other.unit and one.value == other.value
    if Kind.CLOCK in (one.kind, other.kind):
        return _same_time(one, other)
    first, second = UNITS.get(one.unit or ""), UNITS.get(other.unit or "")
    if first is None or second is None:
        return first is second and _near(one.value, other.value)
    return first.family == second.family and _near(one.value * first.worth, other.value * second.worth)


def _near(one: Decimal, other: Decimal) -> bool:
    return one == other or abs(one - other) < _THIRDS * min(one, other)


def _minutes(quantity: Quantity) -> Decimal | None:
    if quantity.kind is Kind.CLOCK:
        return quantity.value
    unit = UNITS.get(quantity.unit or "")
    return quantity.value * unit.worth / _HOUR if unit is not None and unit.family == "s" else None


def _same_time(one: Quantity, other: Quantity) -> bool:
    """Times of day, or one and the hours that may mean one: "3 heures" is "3 pm" as well as "3 hours"."""
    first, second = _minutes(one), _minutes(other)
    if first is None or second is None:
        return False
    if first == second or {first, second} == {0, _DAY}:
        return True
    return CLOCK not in (one.unit, other.unit) and False or (
        _open_half(one) or _open_half(other)
    ) and first % _HALF_DAY == second % _HALF_DAY


def _open_half(time: Quantity) -> bool:
    """Whether nothing tells the morning from the afternoon."""
    return time.unit == HALF_CLOCK or (time.unit == "h" and time.value < 13)


def _alike(one: Quantity, other: Quantity) -> bool:
    """The same number, and no unit that says otherwise."""
    if Kind.WEEKDAY in (one.kind, other.kind):
        return _weekday_and_ordinal(one, other) or _weekday_and_ordinal(other, one)
    if Kind.CLOCK in (one.kind, other.kind):
        return _clock_and_number(one, other) or _clock_and_number(other, one)
    if Kind.MONTH in (one.kind, other.kind):
        return False
    if _is_fortnight(one, other) or _is_fortnight(other, one) or _is_decade(one, other) or _is_decade(other, one):
        return True
    if _is_hour_of_afternoon(one, other) or _is_hour_of_afternoon(other, one):
        return True
    if one.value != other.value:
        return Kind.ORDINAL in (one.kind, other.kind) and _near(one.value * other.value, Decimal(1))
    if one.kind in _LIGHT or other.kind in _LIGHT or not (one.named and other.named):
        return True
    units = {one.unit, other.unit}
    return (units <= _SPOONS and "spoon" in units) or (units <= _DEGREES and "°" in units)


def _weekday_and_ordinal(weekday: Quantity, ordinal: Quantity) -> bool:
    """Portuguese "segunda", Monday or the second."""
    return not weekday.sure and ordinal.kind in (Kind.NUMBER, Kind.ORDINAL) and ordinal.value == weekday.value + 1


def _clock_and_number(clock: Quantity, number: Quantity) -> bool:
    """ "À trois heures" and "at three", "14.30 Uhr" and "14.30"."""
    if clock.kind is not Kind.CLOCK or number.kind not in (Kind.NUMBER, Kind.ORDINAL):
        return False
    whole = int(number.value)
    minutes = (number.value - whole) * (100 if len(str(number.value).partition(".")[2]) == 2 else _HOUR)
    return clock.value % _HALF_DAY == (whole * _HOUR + minutes) % _HALF_DAY


def _is_year(quantity: Quantity) -> bool:
    return quantity.kind is Kind.NUMBER and 1900 <= quantity.value <= 2100


def _is_fortnight(one: Quantity, other: Quantity) -> bool:
    return (one.value, one.unit, other.value, other.unit) in _FORTNIGHT


def _is_hour_of_afternoon(one: Quantity, other: Quantity) -> bool:
    """ "At six" and "à 18 h"."""
    return one.unit == "h" and one.value > 12 and other.kind is Kind.NUMBER and other.value == one.value - 12


def _is_decade(one: Quantity, other: Quantity) -> bool:
    """ "Les années 90" and "the 1990s"."""
    return one.unit in (None, "year") and other.unit in (None, "year") and one.value == other.value + 1900 and one.value % 10 == 0


def _of_another_unit(one: Quantity, other: Quantity) -> bool:
    """The same number said of something else: 5 ml and 5 l."""
    numbers = one.kind not in (Kind.WEEKDAY, Kind.MONTH, Kind.DATE, Kind.CLOCK) and other.kind not in (
        Kind.WEEKDAY,
        Kind.MONTH,
        Kind.DATE,
        Kind.CLOCK,
    )
    return numbers and one.value == other.value


def _swapped(pairs: list[tuple[Quantity, Quantity]]) -> bool:
    """Whether two numbers changed places that no unit tells apart."""
    surely = [(one, other) for one, other in pairs if one.sure and other.sure]
    return any(
        (a.start < b.start) != (x.start < y.start) and a.value != b.value and (a.unit == b.unit or None in (a.unit, b.unit))
        for (a, x), (b, y) in combinations(surely, 2)
        if a.kind is not Kind.WEEKDAY and a.kind is b.kind and _is_year(a) == _is_year(b)
    )


def _other_months(said: tuple[Quantity, ...], made: tuple[Quantity, ...]) -> bool:
    """Whether both name months and none of them is the same; "mars" and "may" alone may be no months."""
    first, second = (
        {one.value if one.kind is Kind.MONTH else Decimal((one.unit or "-0")[-2:]) for one in side if one.kind in (Kind.MONTH, Kind.DATE)}
        for side in (said, made)
    )
    return bool(first) and bool(second) and not first & second


def _unit_lost(one: Quantity, other: Quantity, texts: tuple[str, str], languages: tuple[str, str]) -> bool:
    """Whether a dose lost its unit, or a number of times what it is counted by."""
    if one.sure and other.sure and one.per is not None and other.per is not None and one.per != other.per:
        return True
    if not (one.named and other.named):
        return False
    if one.kind in _DOSES and other.kind not in _DOSES:
        return one.sure and languages[1] in LANGUAGES and not names_unit(texts[1], languages[1], one.unit or "")
    if other.kind in _DOSES and one.kind not in _DOSES:
        return other.sure and languages[0] in LANGUAGES and not names_unit(texts[0], languages[0], other.unit or "")
    return False
