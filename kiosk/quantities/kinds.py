"""What a quantity is, and the units there are."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

CLOCK: Final = "clock"
"""The unit of a time of day: minutes since midnight."""

HALF_CLOCK: Final = "half-clock"
"""The same where nothing tells the morning from the afternoon: minutes since midnight or noon."""


class Kind(StrEnum):
    """What a quantity measures or counts."""

    NUMBER = "number"
    ORDINAL = "ordinal"
    MASS = "mass"
    VOLUME = "volume"
    LENGTH = "length"
    TEMPERATURE = "temperature"
    ACTIVITY = "activity"
    """International units, as of vitamin D."""
    PORTION = "portion"
    """Drops and spoons: doses that a household measures."""
    COUNT = "count"
    """Tablets, sachets, feeds: things that are counted."""
    PERCENT = "percent"
    TIMES = "times"
    DURATION = "duration"
    """Ages too."""
    CLOCK = "clock"
    DATE = "date"
    """The day of a month: 12 with the unit "month-03" is the 12th of March."""
    MONTH = "month"
    WEEKDAY = "weekday"
    """1 is Monday."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by what it measures, and how many of the smallest one of its `family` it is worth."""

    kind: Kind
    family: str
    worth: Decimal


def _units(kind: Kind, family: str, **worth: str) -> dict[str, Unit]:
    return {name: Unit(kind, family, Decimal(number)) for name, number in worth.items()}


UNITS: Final = {
    **_units(Kind.MASS, "µg", **{"µg": "1"}, mg="1000", g="1000000", kg="1000000000"),
    **_units(Kind.MASS, "oz", oz="1", lb="16"),
    **_units(Kind.VOLUME, "ml", ml="1", cl="10", dl="100", l="1000"),
    **_units(Kind.LENGTH, "mm", mm="1", cm="10", m="1000", km="1000000"),
    **_units(Kind.LENGTH, "inch", inch="1", foot="12", mile="63360"),
    **_units(Kind.TEMPERATURE, "°C", **{"°C": "1", "°": "1"}),
    **_units(Kind.TEMPERATURE, "°F", **{"°F": "1"}),
    **_units(Kind.ACTIVITY, "IU", IU="1"),
    **_units(Kind.PORTION, "drop", drop="1"),
    **_units(Kind.PORTION, "teaspoon", teaspoon="1"),
    **_units(Kind.PORTION, "dessertspoon", dessertspoon="1"),
    **_units(Kind.PORTION, "tablespoon", tablespoon="1"),
    **_units(Kind.PORTION, "spoon", spoon="1"),
    **_units(Kind.COUNT, "count", tablet="1", sachet="1", suppository="1", dose="1", puff="1", feed="1"),
    **_units(Kind.PERCENT, "%", **{"%": "1"}),
    **_units(Kind.TIMES, "times", times="1"),
    **_units(Kind.DURATION, "s", s="1", min="60", h="3600", day="86400", week="604800"),
    **_units(Kind.DURATION, "month", month="1", year="12", decade="120"),
    **_units(Kind.CLOCK, "clock", **{CLOCK: "1", HALF_CLOCK: "1"}),
}
"""Every unit by its canonical name. Those of one family convert into one another; a teaspoon holds what it holds."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text with what it counts, such as 2.5 ml.

    `value` is in `unit`, None where none was named; a time of day is in minutes. `start` and `end` are the place in
    the text, in characters, and `text` what stands there. `per`: "day" for three times a day,
    "every" for every six hours. `sure` is False for
    what may be no number at all, such as "un", "neuf" or "second": it may answer a number of the other language, but
    nobody misses it. `digits`: written in digits. Not `named`: the unit may be no unit, as "livres" are books.
    `in_name`: letters stand right before the digits, as in "B12".
    """

    value: Decimal
    unit: str | None
    kind: Kind
    start: int
    end: int
    text: str
    sure: bool = True
    per: str | None = None
    digits: bool = False
    named: bool = True
    in_name: bool = False
