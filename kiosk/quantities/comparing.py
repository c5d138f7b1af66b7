"""Whether a translation says the same quantities as its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Final

from kiosk.quantities.finding import exact_for, find, names_unit
from kiosk.quantities.kinds import Kind, Quantity
from kiosk.quantities.lexicon import EVERY
from kiosk.quantities.likeness import alike, equal, exchanged, of_another_unit, swappable
from kiosk.quantities.tables import LANGUAGES, lexicon
from kiosk.types import Flag

_DOSES: Final = frozenset({Kind.MASS, Kind.VOLUME, Kind.ACTIVITY, Kind.PORTION, Kind.LENGTH})
"""Kinds whose unit must not get lost; "à 38" may well be "38 degrees", and "trois ans" "three".

Lengths are among them, and pounds are no money where the other side has none: of 22,911 good pairs of English and
French 0.29 % are doubted with it and 0.28 % without, and one of those more says feet for miles."""

_GIVEN: Final = frozenset({Kind.MASS, Kind.VOLUME, Kind.ACTIVITY, Kind.PORTION})
"""Kinds of what is given of a medicine: one of them that is nowhere on the other side is missed, though "une" in « une
cuillère à café » may be no number."""

Pair = tuple[Quantity, Quantity]
Same = Callable[[Quantity, Quantity], bool]


def same_quantities(source: str, translated: str, languages: tuple[str, str]) -> tuple[Flag, ...]:
    """`Flag.NUMBERS` where a number of one text has no equal in the other, `Flag.UNITS` where only its unit changed.

    `languages`: of the source and of the translation. Where one of them is not in `LANGUAGES` its number words cannot
    be read, and only what is written in digits is missed. What was measured stands in tests/bench/README.md,
    "Quantities". Raises AssetError.
    """
    with exact_for(source + translated):
        return _compared(source, translated, languages)


def _compared(source: str, translated: str, languages: tuple[str, str]) -> tuple[Flag, ...]:
    said, made = find(source, languages[0]), find(translated, languages[1])
    if not said and not made:
        return ()
    if not LANGUAGES.issuperset(languages):
        said, made = _digits_only(said), _digits_only(made)
    match = _Match(list(said), list(made))
    answered = match.pair(equal) + match.pair(alike)
    changed = match.pair(of_another_unit)
    swapped = _swapped(answered + changed)
    flags = []
    if match.unanswered() or match.other_times() or swapped or _other_months(said, made):
        flags.append(Flag.NUMBERS)
    # Of what nothing answers, that which surely is a number was doubted as one.
    lost = [(one, None) for one in match.said if not one.sure]
    gained = [(None, one) for one in match.made if not one.sure]
    if (
        (not swapped and any(_surely_measured(one, other) for one, other in changed))
        or _other_rates(said, made)
        or any(_other_rate(one, other) for one, other in answered)
        or any(_unit_lost(one, other, translated, languages) for one, other in [*answered, *lost])
        or any(_unit_lost(one, other, source, languages[::-1]) for other, one in [*answered, *gained])
    ):
        flags.append(Flag.UNITS)
    return tuple(flags)


def _digits_only(quantities: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """The same without what only words tell: one side has no month to its 12."""
    return tuple(
        replace(one, sure=one.sure and one.digits, kind=Kind.NUMBER if one.kind is Kind.DATE else one.kind)
        for one in quantities
    )


@dataclass(slots=True)
class _Match:
    """The quantities of both sides that nothing on the other side answers yet."""

    said: list[Quantity]
    made: list[Quantity]

    def pair(self, same: Same) -> list[Pair]:
        """Take out what is the `same` on both sides, first what surely is a number on both."""
        pairs = []
        for surely in (2, 1, 0):
            for one in tuple(self.said):
                fits = (other for other in self.made if one.sure + other.sure >= surely and same(one, other))
                if (other := next(fits, None)) is not None:
                    pairs.append((one, other))
                    self.said.remove(one)
                    self.made.remove(other)
        return pairs

    def unanswered(self) -> bool:
        """Whether a number is left that surely is one."""
        return any(one.sure for one in self.said + self.made)

    def other_times(self) -> bool:
        """Whether a time of day is left on both sides: "midi" may be none, but it is no "midnight"."""
        return all(any(one.kind is Kind.CLOCK for one in side) for side in (self.said, self.made))


def _swapped(pairs: list[Pair]) -> bool:
    """Whether two numbers changed places: "2 à 3 fois" and "3 to 2 times", "2 gouttes 3 fois" and "3 drops twice"."""
    surely = [(one, other) for one, other in pairs if one.sure and other.sure]
    # "14 days of COVID-19" and "19 days of COVID-14": what the one pair lost the other one has.
    if {_mark(one) for one, other in surely if _mark(other) is None}.intersection(
        _mark(other) for one, other in surely if _mark(one) is None and _mark(other) is not None
    ):
        return True
    return any(
        exchanged((one, other), (later, another))
        or ((one.start < later.start) != (other.start < another.start) and swappable(one, later))
        for (one, other), (later, another) in combinations(surely, 2)
    )


def _mark(quantity: Quantity) -> str | None:
    """What tells a number from others: its unit, or that it belongs to a name."""
    return "name" if quantity.in_name else quantity.unit


def _other_months(said: tuple[Quantity, ...], made: tuple[Quantity, ...]) -> bool:
    """Whether both name months and none of them is the same; "mars" alone may be a planet."""
    first, second = _months(said), _months(made)
    return bool(first) and bool(second) and first.isdisjoint(second)


def _months(quantities: tuple[Quantity, ...]) -> set[Decimal]:
    alone = {one.value for one in quantities if one.kind is Kind.MONTH}
    return alone | {Decimal(one.unit[-2:]) for one in quantities if one.kind is Kind.DATE and one.unit}


def _surely_measured(one: Quantity, other: Quantity) -> bool:
    """Whether the units of these two equal numbers tell: "une cuillère à café" does, though "une" may be no number."""
    if one.sure or other.sure:
        return True
    same = one.kind is other.kind or {one.kind, other.kind} <= _DOSES | {Kind.COUNT}
    return same and one.value == 1 and None not in (one.unit, other.unit) and one.named and other.named


def _unit_lost(one: Quantity, other: Quantity | None, text: str, languages: tuple[str, ...]) -> bool:
    """Whether `one`, a dose or an interval, is answered without its unit, or not at all, and `text` names none.

    `other` answers it. `languages`: of `one` and of `text`.
    """
    own, foreign = languages
    if one.unit is None or not (one.named and (one.kind in _DOSES or one.per == EVERY)):
        return False
    if other is not None and (other.kind in (*_DOSES, Kind.DURATION) or not other.named):
        return False
    # Where a unit alone may be one of it, too little is known: Arabic's drop is a point, too.
    given = one.kind in _GIVEN and one.value == 1 and not lexicon(own).unit_alone
    return (one.sure or given) and foreign in LANGUAGES and not names_unit(text, foreign, one.unit)


def _other_rate(one: Quantity, other: Quantity) -> bool:
    """ "Trois fois par jour" and "three times a week"."""
    return None not in (one.per, other.per) and one.per != other.per


def _other_rates(said: tuple[Quantity, ...], made: tuple[Quantity, ...]) -> bool:
    """Whether both tell how often and never alike: "tous les jours, 5 ml" and "5 ml a week"."""
    first, second = ({one.per for one in side} - {None, EVERY} for side in (said, made))
    return bool(first) and bool(second) and first.isdisjoint(second)
