"""Quantities as figures that are read alike in every language, to stand beside a translation in doubt."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from kiosk.quantities.finding import find
from kiosk.quantities.kinds import CLOCK, HALF_CLOCK, Kind, Quantity

_SYMBOLS: Final = frozenset(
    ("µg", "mg", "g", "kg", "ml", "cl", "dl", "l", "mm", "cm", "m", "km", "°C", "°F", "°", "%", "h", "min", "s")
)
"""Units written alike wherever families come from; any other one stands as it was said."""

_HOUR: Final = 60


def as_figures(text: str, language: str) -> tuple[str, ...]:
    """The quantities of `text`, in order, each once: "deux virgule cinq millilitres" -> "2,5 ml".

    What may be no number at all, as "un", is left out. Raises AssetError where the tables cannot be read.
    """
    return tuple(dict.fromkeys(_shown(quantity) for quantity in find(text, language) if quantity.sure))


def _shown(quantity: Quantity) -> str:
    if quantity.kind is Kind.WEEKDAY:
        return quantity.text
    if quantity.unit in (CLOCK, HALF_CLOCK):
        return f"{int(quantity.value) // _HOUR}:{int(quantity.value) % _HOUR:02d}"
    if quantity.kind in (Kind.DATE, Kind.MONTH):
        return _dated(quantity)
    number = _plain(quantity.value)
    if quantity.unit is None:
        return number
    if quantity.unit in _SYMBOLS:
        return f"{number} {quantity.unit}"
    return quantity.text if quantity.digits else f"{number} ({quantity.text})"


def _dated(quantity: Quantity) -> str:
    month = (quantity.unit or "").partition("month-")[2]
    return f"{int(quantity.value):02d}/{month}" if month else quantity.text


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")
